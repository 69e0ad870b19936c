"""Ending later than announced: before the time is reached, with a reason, told to everybody, and never sooner."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.choose.ballots import actions, queries, watches
from qlabs.choose.ballots.errors import Closed
from qlabs.choose.ballots.models import Ballot, Extension, State

from .factories import CLOSES, NOON, cast, declared_ballot, enough_votes, entries
from .reading import address, text

pytestmark = pytest.mark.django_db
DAY, WHY = timedelta(days=1), "The post was late."
NEW_END = CLOSES + 7 * DAY
FORM = {
    "ends_at-day": "1", "ends_at-month": "3", "ends_at-year": "2017", "ends_at-time": "5pm", "reason": WHY,
}  # fmt: skip


def extend(ballot, lead, ends_at=NEW_END, at=NOON):
    return actions.extend(ballot=ballot, ends_at=ends_at, reason=WHY, by=lead, at=at)


def vote(entry, at):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice="", reason="", at=at)


def now(ballot):
    return Ballot.objects.get(pk=ballot.pk)


def test_the_vote_takes_votes_until_the_new_time_and_then_closes(ballot, lead):
    enough_votes(ballot)
    extend(ballot, lead)
    watches.close_in_time(at=CLOSES)
    vote(entries(ballot)[0], CLOSES + DAY)
    with pytest.raises(Closed):
        vote(entries(ballot)[1], NEW_END)
    watches.close_in_time(at=NEW_END)
    assert (now(ballot).state, now(ballot).closes_at, now(ballot).closed_at) == (
        State.CLOSED,
        CLOSES,
        NEW_END,
    )
    assert Event.objects.latest("pk").facts["early"] is False


def test_everybody_on_the_roll_is_told_the_same(ballot, lead, django_capture_on_commit_callbacks):
    vote(entries(ballot)[0], NOON)
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        extend(ballot, lead)
    for row in DBTaskResult.objects.exclude(pk__in=before):
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    assert {one.to[0] for one in mail.outbox} == {entry.person.email for entry in entries(ballot)} | {
        lead.email
    }
    for one in mail.outbox:
        assert "It now closes on Wednesday 1 March 2017, 5pm UK time." in one.body
        assert f"The reason: {WHY}" in one.body


@pytest.mark.parametrize("ends_at", [NOON - DAY, CLOSES - DAY, CLOSES])
def test_a_vote_is_never_shortened_by_it(ballot, lead, ends_at):
    with pytest.raises(Conflict, match="Choose a later time"):
        extend(ballot, lead, ends_at)


def test_once_its_time_is_reached_it_is_too_late(ballot, lead):
    with pytest.raises(Conflict, match="not open any more"):
        extend(ballot, lead, at=CLOSES)


def test_voters_are_told_at_most_one_new_time_a_day(ballot, lead):
    extend(ballot, lead)
    with pytest.raises(Conflict, match="just been told a new closing time"):
        extend(ballot, lead, NEW_END + DAY, at=NOON + DAY - timedelta(minutes=1))
    extend(ballot, lead, NEW_END + DAY, at=NOON + DAY)
    assert [one.ended_before for one in queries.extensions_of(now(ballot))] == [CLOSES, NEW_END]


def test_it_and_an_early_closing_do_not_mix(ballot, lead):
    extend(ballot, lead)
    asked = actions.ask_early_closing(ballot=ballot, reason="All have voted.", by=lead, at=NOON + 2 * DAY)
    with pytest.raises(Conflict, match="Withdraw that first"):
        extend(ballot, lead, NEW_END + DAY, at=NOON + 2 * DAY)
    actions.withdraw_early_closing(asked=asked, by=lead, at=NOON + 2 * DAY)
    assert now(ballot).ends_at == NEW_END


@pytest.mark.parametrize(
    "change",
    [
        {"extended_to": NEW_END, "ends_at": NEW_END},
        {"extended_to": NEW_END},
        {"ends_at": NEW_END},
        {"closes_at": NEW_END, "ends_at": NEW_END},
    ],
)
def test_the_database_refuses_to_extend_untold(ballot, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"extended_to": CLOSES + DAY, "ends_at": CLOSES + DAY},
        {"extended_to": None, "ends_at": CLOSES},
        {"extended_to": NEW_END + DAY, "ends_at": NEW_END + DAY},
        {"ends_at": CLOSES},
    ],
)
def test_the_database_refuses_to_shorten_what_was_told(ballot, lead, change):
    extend(ballot, lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**change)


def test_the_database_refuses_an_extension_without_a_reason_or_after_the_end(ballot, lead):
    facts = {
        "ballot": ballot,
        "by": lead,
        "ended_before": CLOSES,
        "ends_at": NEW_END,
        "at": NOON,
        "reason": WHY,
    }
    for wrong in ({"reason": ""}, {"at": CLOSES}, {"ends_at": CLOSES}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(**facts | wrong)


def test_pages_and_the_file_say_what_voters_were_told(ballot, lead, client_as, client):
    client_as(lead)
    assert client.post(address("extend", ballot), {}).status_code == 200
    assert client.post(address("extend", ballot), FORM).status_code == 302
    again = client.post(address("extend", ballot), FORM)
    assert again.status_code == 409
    assert WHY in text(again)
    told = (
        "On Wednesday 1 February 2017, midday the lab team extended this vote: from Wednesday 22 February 2017, 5pm "
        f"to Wednesday 1 March 2017, 5pm. The reason: {WHY}"
    )
    assert told in text(client.get(address("status", ballot)))
    cast(entries(ballot)[0], None, client=client)
    client_as(entries(ballot)[0].person)
    assert told in text(client.get(address("ballot", ballot)))
    declared = declared_ballot(ballot, at=NEW_END)
    assert told in text(client.get(address("ballot", ballot)))
    assert json.loads(bytes(declared.file.content))["ballot"]["to_close"] == {
        "announced": "2017-02-22T17:00:00+00:00",
        "extended": [
            {"said": "2017-02-01T12:00:00+00:00", "to": "2017-03-01T17:00:00+00:00", "reason": WHY},
        ],
    }
    assert "The lab team extended the vote" in text(client.get("/labs/asthma/story/"))


def test_what_was_frozen_stays_what_it_was(ballot, lead):
    extend(ballot, lead)
    assert queries.frozen_sha256(now(ballot)) == ballot.frozen_sha256
