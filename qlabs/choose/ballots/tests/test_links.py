import json

import pytest
from django.db.models import F
from django.urls import reverse

from qlabs.base.people import actions as people
from qlabs.base.people.models import Person
from qlabs.choose.ballots import links, queries
from qlabs.choose.ballots.models import RollEntry

from .factories import NOON, Voter, entries
from .reading import link_of, text

pytestmark = pytest.mark.django_db


def close_account(person):
    people.deactivate(person=person, by=None, at=NOON)


def change_address(person):
    change = people.change_email(person=person, email="new@example.org", by=None, at=NOON)
    people.answer_email_change(change=change, accept=True, at=NOON)


def renew(person):
    people.renew_links(person=person, by=person, at=NOON)


WAYS = pytest.mark.parametrize("act", [close_account, change_address, renew])


def test_the_link_of_a_closed_account_says_that_it_is_closed_and_whom_to_write_to(ballot, client, settings):
    settings.CONTACT_EMAIL = "help@labs.example.org"
    entry = entries(ballot)[0]
    old = link_of(entry)
    close_account(entry.person)
    answer = client.get(old)
    assert answer.status_code == 410
    assert "The account that this link is for is closed." in text(answer)
    assert "help@labs.example.org" in text(answer)
    assert "newest email" not in text(answer)


def test_an_account_that_is_opened_again_gets_new_links(ballot, mailoutbox):
    entry = entries(ballot)[0]
    close_account(entry.person)
    RollEntry.objects.update(invited=True)
    people.reactivate(person=entry.person, by=None, at=NOON)
    assert not RollEntry.objects.get(pk=entry.pk).invited


@pytest.mark.parametrize("act", [change_address, renew])
def test_an_old_link_leads_to_a_page_that_says_where_a_new_one_is(ballot, client, act):
    entry = entries(ballot)[0]
    old = link_of(entry)
    act(entry.person)
    answer = client.get(old)
    assert answer.status_code == 410
    assert "The newest email has the link to use." in text(answer)
    assert "Sign in" in text(answer)


@WAYS
def test_nothing_is_signed_by_an_old_link(ballot, client, act):
    entry = entries(ballot)[0]
    voter = Voter(entry, client)
    old = reverse("ballots:sign_by_link", args=[links.token(entry, ballot)])
    act(entry.person)
    answer = client.post(old, json.dumps(voter.request()), content_type="application/json")
    assert answer.status_code == 403
    assert queries.keys_signed(ballot) == 0


@WAYS
def test_nobody_votes_without_scripts_by_an_old_link(ballot, client, act):
    entry, option = entries(ballot)[0], ballot.options.first()
    old = link_of(entry)
    act(entry.person)
    answer = client.post(old, {"choice": option.public_id})
    assert (answer.status_code, queries.keys_signed(ballot)) == (410, 0)


@pytest.mark.parametrize("act", [change_address, renew])
def test_the_newest_link_votes(ballot, client, act):
    entry = entries(ballot)[0]
    act(entry.person)
    entry = RollEntry.objects.get(pk=entry.pk)
    assert client.get(link_of(entry)).status_code == 200
    assert Voter(entry, client).sign().status_code == 200


def test_a_closed_account_that_is_opened_again_keeps_no_old_link(ballot, client):
    entry = entries(ballot)[0]
    old = link_of(entry)
    close_account(entry.person)
    people.reactivate(person=entry.person, by=None, at=NOON)
    assert client.get(old).status_code == 410


def test_a_forged_link_of_a_renewed_person_stays_unknown(ballot, client):
    entry = entries(ballot)[0]
    Person.objects.filter(pk=entry.person_id).update(link_number=F("link_number") + 3)
    token = links.token(entry, ballot)
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    assert client.get(reverse("ballots:by_link", args=[forged])).status_code == 404


def test_a_vote_cast_before_the_account_was_closed_stays(ballot, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    voter = Voter(entry, client)
    assert voter.cast(option.public_id).status_code == 200
    close_account(entry.person)
    assert queries.keys_signed(ballot) == 1
