"""Real transactions side by side, and the files after the close."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, queries
from qlabs.choose.ballots.models import Ballot, RollEntry, SealedVote

from .factories import LATER, NOON, Voter, entries, members, open_ballot

pytestmark = pytest.mark.django_db(transaction=True)
several = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's test database has one connection; journeys race on a file"
)


def at_once(*acts):
    """Run each in a thread of its own, starting together; what each returned."""
    results, gate = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        gate.wait()
        try:
            results[place] = act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@several
def test_two_devices_of_one_voter_at_once_leave_one_key_and_one_vote(clock):
    members(1)
    ballot = open_ballot()
    entry, *_others = entries(ballot)
    devices = [Voter(entry, Client()) for _ in range(6)]
    answers = at_once(*(device.sign for device in devices))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


@several
def test_one_vote_sent_eight_times_at_once_is_one_vote(clock):
    members(1)
    ballot = open_ballot()
    voter = Voter(entries(ballot)[0], Client())
    vote = voter.vote("")
    answers = at_once(*(lambda: voter.post(vote) for _ in range(8)))
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"counter": 1})] * 8
    assert SealedVote.objects.count() == len(vote["lines"])


@several
def test_two_people_with_one_key_at_once_leave_it_with_one_of_them(clock):
    members(2)
    ballot = open_ballot()
    people = [Voter(entry, Client(), seed=b"k" * 16) for entry in entries(ballot)[:2]]
    answers = at_once(*(person.sign for person in people))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert {answer.json().get("error") for answer in answers} == {None, "key-of-another"}
    assert RollEntry.objects.filter(has_key=True).count() == 1


@several
def test_two_different_changes_at_once_leave_one_of_them(clock):
    members(1)
    ballot = open_ballot()
    voter = Voter(entries(ballot)[0], Client())
    held = voter.credentials()
    options = ballot.options.values_list("public_id", flat=True)
    votes = [voter.vote(choice, held=held) for choice in ("", *options)]
    answers = at_once(*(lambda vote=vote: voter.post(vote) for vote in votes))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert SealedVote.objects.count() == len(held)


@several
def test_closing_while_people_vote_loses_nothing_that_was_acknowledged(clock):
    members(13)
    ballot, lead, other = open_ballot(), PersonFactory(), PersonFactory()
    early, late = entries(ballot)[:5], entries(ballot)[5:-1]  # the last has not begun to vote
    for entry in early:
        Voter(entry, Client()).cast("")
    voters = [Voter(entry, Client()) for entry in late]
    votes = [voter.vote("") for voter in voters]
    asked = actions.ask_early_closing(ballot=ballot, reason="Test.", by=lead, at=NOON)
    casts = [
        lambda voter=voter, vote=vote: voter.post(vote) for voter, vote in zip(voters, votes, strict=True)
    ]

    def close():
        actions.agree_early_closing(asked=asked, by=other, at=NOON)
        actions.close_ballot(ballot=ballot, at=NOON)

    *answers, _closed = at_once(*casts, close)
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {200, 403}
    ballot = Ballot.objects.get()
    actions.scrub(ballot=ballot, at=LATER)
    assert actions.declare(ballot=ballot, by=lead, at=LATER).result["cast"] == 5 + statuses.count(200)


def test_the_files_are_rewritten_for_real(clock):
    members(5)
    ballot = open_ballot()
    for entry in reversed(entries(ballot)):
        Voter(entry, Client()).cast("")
    actions.close_ballot(ballot=ballot, at=LATER)
    ballot.refresh_from_db()
    actions.scrub(ballot=ballot, at=LATER)
    assert Ballot.objects.get().scrubbed_at == LATER
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM ballots_countedvote")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT person_id FROM ballots_rollentry ORDER BY ctid")
            found = [row[0] for row in cursor.fetchall()]
        assert found == sorted(RollEntry.objects.values_list("person_id", flat=True))
    assert actions.declare(ballot=ballot, by=PersonFactory(), at=LATER).result["cast"] == 5
    assert len(queries.receipts(Ballot.objects.get())) == 5
