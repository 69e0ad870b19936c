"""Somebody is taken off the list of voters before anyone has voted: a result stays possible, and she is told."""

import json
from datetime import timedelta

import pytest
from django.core import mail

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.choose.ballots import actions, letters, queries, watches
from qlabs.choose.ballots.models import Correction, RollEntry

from .factories import NOON, cast, declared_ballot, entries
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db


def take_off(entry, by):
    return actions.correct_roll(entry=entry, reason="Is on the list twice.", by=by, at=NOON)


def test_a_roll_never_shrinks_below_the_fewest_votes_for_a_result(ballot, lead):
    take_off(entries(ballot)[0], lead)
    with pytest.raises(Conflict, match="at least 5 votes"):
        take_off(entries(ballot)[0], lead)
    assert RollEntry.objects.filter(ballot=ballot).count() == 5
    assert Correction.objects.count() == 1


def test_nobody_is_offered_for_taking_off_where_nobody_can_be(ballot, lead, client_as):
    take_off(entries(ballot)[0], lead)
    page = text(client_as(lead).get(address("roll", ballot)))
    assert "Take off" not in page
    assert "1 person was taken off the list before anyone had voted." in page


def test_whoever_is_taken_off_gets_one_email_with_the_reason_and_whom_to_write_to(ballot, lead, settings):
    entry = entries(ballot)[0]
    take_off(entry, lead)
    for _more in range(2):
        letters.taken_off.call(Correction.objects.get().pk)
    [message] = mail.outbox
    assert (message.to, message.subject) == (
        [entry.person.email], f"You were taken off the list of voters: {ballot.question}",
    )  # fmt: skip
    assert "Is on the list twice." in message.body
    assert settings.CONTACT_EMAIL in message.body
    assert "/vote/" not in message.body


def test_an_email_that_could_not_go_is_sent_when_its_task_is_tried_again(ballot, lead, monkeypatch):
    def broken(**_letter):
        raise ConnectionRefusedError

    take_off(entries(ballot)[0], lead)
    with monkeypatch.context() as patch, pytest.raises(ConnectionRefusedError):
        patch.setattr(letters, "send", broken)
        letters.taken_off.call(Correction.objects.get().pk)
    letters.taken_off.call(Correction.objects.get().pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("name", ["by_link", "done_by_link"])
@pytest.mark.parametrize("renewed", [False, True])
def test_the_link_of_somebody_taken_off_says_so(ballot, lead, client, name, renewed):
    entry = entries(ballot)[0]
    link = link_of(entry, name)
    take_off(entry, lead)
    if renewed:
        entry.person.link_number += 1
        entry.person.save()
    answer = client.get(link)
    assert answer.status_code == 410
    assert "taken off the list of voters" in text(answer)


def test_a_made_up_link_of_somebody_taken_off_tells_nothing(ballot, lead, client, settings):
    entry = entries(ballot)[0]
    link = link_of(entry)
    take_off(entry, lead)
    settings.SECRET_KEY = "another secret of fifty signs, made for this one test"
    assert client.get(link).status_code == 404


def test_the_ballot_file_and_the_log_tell_how_many_were_taken_off(ballot, lead):
    take_off(entries(ballot)[0], lead)
    assert Event.objects.get(what="ballots.roll_corrected").facts["corrections"] == 1
    ballot.refresh_from_db()
    roll = json.loads(queries.file_of(declared_ballot(ballot)))["roll"]
    assert (roll["size"], roll["corrections"]) == (5, 1)


def test_whether_anybody_has_voted_is_no_answer_to_asking(ballot, lead, client):
    """Before the first vote and after it a lead reads the same, until the hour is over."""
    first, second, *others = entries(ballot)
    silent = actions.ask_correction(entry=first, reason="Twice.", by=lead, at=NOON)
    cast(others[0], None, client=client)
    voted = actions.ask_correction(entry=second, reason="Twice.", by=lead, at=NOON)
    assert (silent.refused_at, voted.refused_at) == (None, None)
    watches.count_hourly(at=NOON + timedelta(hours=1))
    assert [one.refused_at is None for one in queries.corrections_asked(ballot)] == [False, False]
    assert RollEntry.objects.filter(ballot=ballot).count() == 6


def test_nobody_is_asked_for_twice(ballot, lead):
    actions.ask_correction(entry=entries(ballot)[0], reason="Twice.", by=lead, at=NOON)
    with pytest.raises(Conflict, match="asked for already"):
        actions.ask_correction(entry=entries(ballot)[0], reason="Again.", by=lead, at=NOON)
