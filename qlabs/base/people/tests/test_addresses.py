from datetime import timedelta

import pytest
from django.urls import reverse

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.people import actions, addresses, letters, links, queries
from qlabs.base.people.models import AddressChange, Person
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db
TWO_WEEKS = timedelta(days=14)


@pytest.fixture(autouse=True)
def _then(clock):
    clock.move_to(JOINED)


@pytest.fixture
def on_a_roll(monkeypatch):
    """While a vote is open that the person may vote in."""
    monkeypatch.setattr(addresses, "_held", [lambda person: JOINED + timedelta(days=3)])


@pytest.fixture
def operator():
    return PersonFactory(operator=True)


@pytest.fixture
def person():
    return PersonFactory(name="Morag", email="old@x.org")


@pytest.fixture
def change(person, operator):
    """Asks for another address, and sends what goes out for it."""

    def ask(email="new@x.org"):
        asked = actions.change_email(person=person, email=email, by=operator, at=JOINED)
        letters.address_change.call(asked.pk)
        return asked

    return ask


def answer(change, *, accept, at=JOINED):
    actions.answer_email_change(change=change, accept=accept, at=at)
    letters.address_change.call(change.pk)


def told(mailoutbox):
    return [(mail.to[0], mail.subject) for mail in mailoutbox]


def happened():
    return list(Event.objects.values_list("what", flat=True))


def test_a_change_is_written_to_both_addresses_at_once_and_then_forgotten(change, person, mailoutbox):
    change()
    assert told(mailoutbox) == [
        ("old@x.org", "Your email address here was changed"),
        ("new@x.org", "Your email address here was changed"),
    ]
    person.refresh_from_db()
    assert (person.email, person.link_number) == ("new@x.org", 1)
    assert AddressChange.objects.values_list("old", "new").get() == ("", "")


def test_the_new_address_does_not_learn_the_whole_old_one(change, mailoutbox):
    change()
    assert ["old@x.org" in mail.body for mail in mailoutbox] == [True, False]


def test_while_a_vote_is_open_the_person_is_asked_at_both_addresses(on_a_roll, change, person, mailoutbox):
    change()
    person.refresh_from_db()
    assert person.email == "old@x.org"
    assert [to for to, _subject in told(mailoutbox)] == ["old@x.org", "new@x.org"]
    assert all("nothing changes until you say so" in mail.body for mail in mailoutbox)
    assert happened() == ["people.email_change_asked"]


def test_email_and_page_say_to_answer_before_the_vote_ends(on_a_roll, change, client, mailoutbox):
    asked = change()
    page = client.get(reverse("people:answer_address", args=[links.address_token(asked, "old")]))
    told_in = [mail.body for mail in mailoutbox] + [page.content.decode()]
    assert all("by Sunday 4 September 2016" in words for words in told_in)


def test_who_has_answered_is_told_from_which_address(on_a_roll, change, mailoutbox):
    asked = change()
    mailoutbox.clear()
    answer(asked, accept=True)
    [_old, new] = mailoutbox
    assert "***" not in new.body.replace("o***", "")
    assert "was changed from o" in new.body


@pytest.mark.parametrize("side", ["old", "new"])
def test_either_address_confirms_by_its_own_link(on_a_roll, change, person, client, mailoutbox, side):
    asked = change()
    address = reverse("people:answer_address", args=[links.address_token(asked, side)])
    [mail] = [mail for mail in mailoutbox if mail.to == [getattr(asked, side)]]
    assert address in mail.body
    assert client.get(address).status_code == 200
    person.refresh_from_db()
    assert person.email == "old@x.org"
    assert "Your address is changed" in client.post(address, {"yes": "1"}).content.decode()
    person.refresh_from_db()
    assert (person.email, person.link_number) == ("new@x.org", 1)


def test_no_keeps_the_address_and_tells_both(on_a_roll, change, person, mailoutbox):
    asked = change()
    mailoutbox.clear()
    answer(asked, accept=False)
    person.refresh_from_db()
    assert (person.email, person.link_number) == ("old@x.org", 0)
    assert [to for to, _subject in told(mailoutbox)] == ["old@x.org", "new@x.org"]
    assert happened() == ["people.email_change_asked", "people.email_change_refused"]


def test_an_answer_counts_once_and_for_two_weeks(on_a_roll, change):
    asked = change()
    with pytest.raises(Conflict):
        answer(asked, accept=True, at=JOINED + TWO_WEEKS)
    answer(asked, accept=False)
    with pytest.raises(Conflict):
        answer(asked, accept=True)


def test_an_answer_comes_too_late_when_somebody_else_took_the_address(on_a_roll, change):
    asked = change()
    PersonFactory(email="new@x.org")
    with pytest.raises(Conflict):
        answer(asked, accept=True)


def test_a_second_wish_replaces_the_first(on_a_roll, change, client):
    first = change()
    second = change("newer@x.org")
    address = reverse("people:answer_address", args=[links.address_token(first, "old")])
    assert "stays as it was" in client.post(address, {"yes": "1"}).content.decode()
    assert queries.open_address_change(first.person) == second


@pytest.mark.parametrize("token", ["x", "1-x", "-", "9" * 30 + "-x"])
def test_a_made_up_link_answers_nothing(on_a_roll, change, client, token):
    change()
    address = reverse("people:answer_address", args=[token])
    assert (client.get(address).status_code, client.post(address, {"yes": "1"}).status_code) == (404, 404)


def test_an_operator_takes_a_change_back(on_a_roll, change, operator, client_as):
    asked = change()
    page = reverse("people:person", args=[asked.person_id])
    assert "waits for their answer" in client_as(operator).get(page).content.decode()
    client_as(operator).post(reverse("people:withdraw_address", args=[asked.person_id]))
    assert queries.open_address_change(asked.person) is None


def test_the_operators_page_says_that_the_person_is_asked(on_a_roll, person, operator, client_as):
    page = reverse("people:person", args=[person.pk])
    answer = client_as(operator).post(page, {"email": "new@x.org"}, follow=True)
    assert "so they have to confirm first" in answer.content.decode()


def test_links_are_renewed_by_the_person_and_by_an_operator(person, operator, client_as):
    client_as(person).post(reverse("people:renew_my_links"))
    client_as(operator).post(reverse("people:renew_links", args=[person.pk]))
    assert Person.objects.get(pk=person.pk).link_number == 2
    assert happened() == ["people.links_renewed"] * 2


def test_an_old_invitation_says_that_a_newer_link_took_its_place(client):
    invitation = InvitationFactory()
    old = reverse("people:join", args=[links.token(invitation)])
    actions.renew_links(person=invitation.person, by=None, at=JOINED)
    answer = client.get(old)
    assert answer.status_code == 410
    assert "A newer link took its place" in answer.content.decode()
