"""An address or a name with characters that nobody sees is the same address or name, wherever it is typed."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.forms.sign_in import SignInForm
from qlabs.base.people.models import Invitation, Person
from qlabs.base.people.transfer import read_guests, read_members, sheet_of_lines

from .factories import PersonFactory

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "\u200bSi\u00adân\u00a0Thomas\u202c", "\ufeffSian\u200b@Example.org\u00a0"
KNOWN = ("Siân Thomas", "sian@example.org")


def invited():
    return Invitation.objects.values_list("name", "email", "person__name", "person__email").get()


def test_in_a_pasted_list():
    sheet = sheet_of_lines(f"{NAME}, {ADDRESS}")
    assert (
        read_members(sheet).rows
        == read_guests(sheet).rows
        == [dict(zip(("name", "email"), KNOWN, strict=True))]
    )


def test_in_an_invitation_to_the_community(client_as):
    client_as(PersonFactory(operator=True)).post(reverse("people:invite"), {"name": NAME, "email": ADDRESS})
    assert invited() == KNOWN + KNOWN


def test_in_an_invitation_to_a_lab(client_as):
    lead = MembershipFactory(role="lead", lab=LabFactory()).person
    lab = lead.memberships.get().lab
    client_as(lead).post(
        reverse("lab:team", args=[lab.slug]), {"name": NAME, "email": ADDRESS, "role": "coach"}
    )
    assert invited() == KNOWN + KNOWN


def test_in_a_profile(client_as):
    person = PersonFactory(member=True)
    client_as(person).post(reverse("people:profile"), {"name": NAME})
    person.refresh_from_db()
    assert person.name == "Siân Thomas"


def test_on_the_sign_in_page(rf):
    form = SignInForm({"login": ADDRESS}, request=rf.post("/"))
    form.request.session = {}
    assert form.is_valid()
    assert form.cleaned_data["login"] == "sian@example.org"


def test_for_a_new_operator(capsys):
    call_command("add_operator", ADDRESS, NAME)
    assert Person.objects.values_list("name", "email").get() == KNOWN


def test_for_another_address(client_as):
    person = PersonFactory(member=True)
    client_as(PersonFactory(operator=True)).post(
        reverse("people:person", args=[person.pk]), {"email": ADDRESS}
    )
    person.refresh_from_db()
    assert person.email == "sian@example.org"
