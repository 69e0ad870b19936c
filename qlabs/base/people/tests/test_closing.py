"""Closing an account: what is asked before, who is told, and what the person finds afterwards."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from qlabs.base.people import actions, letters, links
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, PersonFactory
from qlabs.base.people.tests.signing_in import ask

pytestmark = pytest.mark.django_db(transaction=True)
CONTACT = "help@labs.example.org"


@pytest.fixture(autouse=True)
def _contact(settings):
    settings.CONTACT_EMAIL = CONTACT


@pytest.fixture
def morag():
    return PersonFactory(name="Morag", email="morag@example.org")


def close(person):
    return actions.deactivate(person=person, by=None, at=JOINED)


def test_an_operator_is_asked_before_an_account_is_closed(client_as, morag):
    client, page = client_as(PersonFactory(operator=True)), reverse("people:close", args=[morag.pk])
    asked = client.get(page).content.decode()
    assert "Close the account of Morag?" in asked
    assert "They get an email that says so." in asked
    assert Person.objects.get(pk=morag.pk).is_active
    assert "The account of Morag is closed." in client.post(page, follow=True).content.decode()
    assert not Person.objects.get(pk=morag.pk).is_active


def test_the_page_of_a_person_only_leads_to_the_question(client_as, morag):
    page = client_as(PersonFactory(operator=True)).get(reverse("people:person", args=[morag.pk]))
    assert f'href="{reverse("people:close", args=[morag.pk])}"' in page.content.decode()
    assert f'action="{reverse("people:close", args=[morag.pk])}"' not in page.content.decode()


def test_the_person_is_told_by_email_whom_to_write_to(morag, mailoutbox):
    close(morag)
    call_command("work", "--once")
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["morag@example.org"], "Your account at Q Labs is closed")
    assert CONTACT in mail.body


def test_nobody_is_told_of_a_closing_that_was_undone_or_invented(mailoutbox):
    undone, invented = PersonFactory(), PersonFactory(is_active=False, is_invented=True)
    for person in (undone, invented):
        letters.account_closed.call(person.pk)
    assert mailoutbox == []


def test_who_asks_to_sign_in_to_a_closed_account_is_told_that_it_is_closed(client, morag, mailoutbox):
    Person.objects.filter(pk=morag.pk).update(is_active=False)
    ask(client, morag.email)
    call_command("work", "--once")
    [mail] = mailoutbox
    assert mail.subject == "Your account at Q Labs is closed"
    assert "do not know" not in mail.body


def test_the_invitation_of_a_closed_account_says_so_and_does_not_send_her_to_sign_in(client):
    invitation = InvitationFactory()
    old = reverse("people:join", args=[links.token(invitation)])
    close(invitation.person)
    for path in (old, f"{old}no-thanks/"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "The account that this link is for is closed." in answer.content.decode()
        assert CONTACT in answer.content.decode()
        assert 'nhsuk-button" href="/account/login/' not in answer.content.decode()
