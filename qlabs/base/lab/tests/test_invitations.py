"""A lead invites people to the lab: one, or many at once, and never learns who is here already."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qlabs.base.lab.models import Membership
from qlabs.base.people import actions as people
from qlabs.base.people.models import Invitation, Person
from qlabs.base.people.tests.factories import PersonFactory

from .factories import LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TEAM, PAGE, LIST = (f"/labs/asthma/{name}/" for name in ("team", "invitations", "invitations/list"))


@pytest.fixture
def lead():
    return PersonFactory(name="Tracy Webb")


@pytest.fixture
def lab(lead):
    return LabFactory(slug="asthma", title="Asthma", lead=lead)


@pytest.fixture
def web(client_as, lead, lab):
    return client_as(lead)


def invite(client, email, name="Gwen Guest", role="contributor"):
    return client.post(TEAM, {"email": email, "role": role, "name": name}, follow=True)


def addresses():
    return sorted(Invitation.objects.values_list("email", flat=True))


def without_numbers(answer):
    return re.sub(r"/invitations/\d+/|csrf\S+ value=\S+|\bid=\S+", "", answer.content.decode())


def test_who_is_invited_has_the_role_only_once_she_accepts(web, lab):
    invite(web, "g@example.org")
    assert lab.memberships.count() == 1
    people.accept_invitation(invitation=Invitation.objects.get(), at=timezone.now())
    assert lab.memberships.filter(role="contributor", person__email="g@example.org").exists()


@pytest.mark.parametrize("kind", ["member", "guest", "closed", "operator"])
def test_a_lead_cannot_tell_whether_somebody_is_here(web, lab, kind):
    known = PersonFactory(
        name="Known Name", email="known@example.org", member=kind == "member", operator=kind == "operator",
        is_active=kind != "closed",
    )  # fmt: skip
    pages = {}
    for email in (known.email, "never@example.org"):
        answers = [invite(web, email), web.get(TEAM), web.get(PAGE), web.get(f"{PAGE}?q={email}")]
        answers += [invite(web, email), web.get(PAGE)]
        pages[email] = [without_numbers(answer).replace(email, "x@example.org") for answer in answers]
        Invitation.objects.all().delete()
    assert pages[known.email] == pages["never@example.org"]
    assert "Known Name" not in str(pages)


def test_a_missing_name_is_said_beside_its_field_whoever_it_is(web):
    PersonFactory(email="known@example.org")
    for email in ("known@example.org", "never@example.org"):
        page = invite(web, email, name="").content.decode()
        assert '<a href="#id_name">Enter a name, so that we can greet this person</a>' in page
    assert Invitation.objects.count() == 0


def test_a_no_is_shown_to_the_inviter_and_said_beside_the_address(web, lab):
    invite(web, "g@example.org")
    people.decline_invitation(invitation=Invitation.objects.get(), at=timezone.now())
    assert "Said no thanks" in web.get(PAGE).content.decode()
    page = invite(web, "G@example.org").content.decode()
    assert re.search(r'<a href="#id_email">This person said no thanks on [^<]+</a>', page)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "pasted",
    [
        "Ann Reed, a@x.org\nBob Jones <b@x.org>\n\n",
        "a@x.org;Ann Reed\r\nBob Jones\tb@x.org",
        "Name,Email\nAnn Reed,a@x.org\nBob Jones,b@x.org",
        "Ann Reed, A@X.org\nAnn Again, a@x.org\nBob Jones, b@x.org",
    ],
)
def test_many_are_invited_from_what_was_pasted(web, pasted):
    web.post(LIST, {"role": "follower", "people": pasted})
    found = Invitation.objects.order_by("email").values_list("email", "name", "role", "purpose")
    assert list(found) == [
        ("a@x.org", "Ann Reed", "follower", "lab"),
        ("b@x.org", "Bob Jones", "follower", "lab"),
    ]
    assert (Membership.objects.count(), Person.objects.exclude(joined_at=None).count()) == (1, 0)


def test_many_are_invited_from_a_file(web):
    file = SimpleUploadedFile("guests.csv", b"Name;Email\nAnn;a@x.org\n")
    page = web.post(LIST, {"role": "contributor", "file": file}, follow=True).content.decode()
    assert ("We sent 1 invitation." in page, addresses()) == (True, ["a@x.org"])


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"people": "Ann, a@x.org"}, "Select a role"),
        ({"role": "lead", "people": "Ann, a@x.org"}, "Select one of the options shown"),
        ({"role": "follower"}, "Enter the people to invite, or select a file"),
        ({"role": "follower", "people": "Ann, a@x.org\nBob"}, "Line 2: Email is missing"),
        ({"role": "follower", "people": "a@x.org"}, "Line 1: Name is missing"),
        ({"role": "follower", "people": "Ann a@x"}, "Line 1: Email is not an email address"),
        ({"role": "follower", "people": "Bob\nAnn, a@x.org"}, "Line 1: Email is missing"),
        ({"role": "follower", "people": "Email\na@x.org"}, "No column is headed “Name”"),
        ({"role": "follower", "people": "\x00, a@x.org"}, "Remove the characters that cannot be shown"),
        (
            {"role": "follower", "people": "\n".join(f"N, n{number}@x.org" for number in range(301))},
            "Invite at most 300 people at once.",
        ),
        (
            {"role": "follower", "file": SimpleUploadedFile("x.xlsx", b"PK")},
            "The file is not an Excel workbook",
        ),
    ],
)
def test_a_list_that_cannot_be_used_invites_nobody_and_loses_nothing(web, posted, words):
    page = web.post(LIST, posted).content.decode()
    assert words in page
    assert addresses() == []
    if "Line 2" in words:
        assert "Ann, a@x.org" in page


def test_a_lead_reminds_after_a_week_and_cancels(web, lab, clock):
    invite(web, "g@example.org")
    pk = Invitation.objects.get().pk
    assert web.post(f"{PAGE}{pk}/remind/").status_code == 409
    clock.shift(7 * 24 * 3600)
    assert "Remind" in web.get(PAGE).content.decode()
    assert (
        "A reminder goes to Gwen Guest now." in web.post(f"{PAGE}{pk}/remind/", follow=True).content.decode()
    )
    page = web.post(f"{PAGE}{pk}/cancel/", follow=True).content.decode()
    assert ("The invitation of Gwen Guest is cancelled." in page, addresses()) == (True, [])


def test_reminding_everyone_reminds_this_lab_alone(web, lab, clock):
    for where in (lab, LabFactory()):
        people.invite_guest(lab=where, email="g@x.org", name="G", role="coach", by=None, at=timezone.now())
    clock.shift(7 * 24 * 3600)
    page = web.post(f"{PAGE}remind/", follow=True).content.decode()
    assert "A reminder goes to 1 person." in page
    assert list(Invitation.objects.exclude(reminded_at=None).values_list("lab", flat=True)) == [lab.pk]


@pytest.mark.parametrize("role", ["researcher", "contributor", "follower"])
def test_only_leads_and_operators_see_invitations(client_as, lab, role):
    person = MembershipFactory(lab=lab, role=role).person
    assert [client_as(person).get(path).status_code for path in (PAGE, LIST)] == [403, 403]
    assert [client_as(PersonFactory(operator=True)).get(path).status_code for path in (PAGE, LIST)] == [
        200,
        200,
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_many_are_invited(web, lab, count, django_assert_max_num_queries):
    rows = [{"name": "N", "email": f"n{number}@x.org"} for number in range(count)]
    people.invite_list(lab=lab, rows=rows, role="follower", by=None, at=timezone.now())
    with django_assert_max_num_queries(11):
        web.get(PAGE)
