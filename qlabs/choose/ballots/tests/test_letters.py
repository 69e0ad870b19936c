import re
from datetime import timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, letters, links, watches
from qlabs.choose.ballots.models import RollEntry

from .factories import (
    CLOSES,
    LATER,
    NOON,
    OPENED,
    BallotFactory,
    closed_ballot,
    enough_votes,
    entries,
    kept_keys,
    members,
)

pytestmark = pytest.mark.django_db
MORNING = OPENED + timedelta(days=1)


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Do something and run the tasks it left: the letters that went out, as (address, subject)."""

    def run(act):
        mail.outbox.clear()
        before = set(DBTaskResult.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            result = act()
        for row in DBTaskResult.objects.exclude(pk__in=before):
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        return result, sorted((message.to[0], message.subject) for message in mail.outbox)

    return run


@pytest.fixture
def opened(post):
    members(5)
    draft = BallotFactory(what_next="A workshop in April.")
    return post(lambda: actions.open_ballot(ballot=draft, by=PersonFactory(), at=OPENED, make_keys=kept_keys))


def vote(entry):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice="", reason="", at=NOON)


def to(some, subject):
    return sorted((entry.person.email, f"{subject}: Which theme should the lab work on?") for entry in some)


def test_everybody_on_the_roll_is_invited_with_a_link_of_their_own(opened, settings):
    ballot, sent = opened
    assert sent == to(entries(ballot), "Your vote")
    entry = RollEntry.objects.get(person__email=mail.outbox[0].to[0])
    [link] = re.findall(r"http\S+/vote/\S+", mail.outbox[0].body)
    assert link == f"{settings.SITE_URL}/vote/{links.token(entry, ballot)}/#keys={ballot.check_code}"


def test_a_vote_that_could_not_open_tells_its_leads_once(post):
    draft = BallotFactory(opens_at=OPENED, choices=["Only one"])
    lead = MembershipFactory(lab=draft.lab, role=Role.LEAD).person
    MembershipFactory(lab=draft.lab, role=Role.COACH)
    members(1)

    def watch():
        return post(lambda: watches.open_in_time(at=NOON, make_keys=kept_keys))[1]

    assert watch() == [(lead.email, "A vote could not open: Which theme should the lab work on?")]
    assert "A vote needs at least two options. Add them first." in mail.outbox[0].body
    assert watch() == []
    letters.held_up.call(draft.pk, lead.pk, "Another reason.")
    assert mail.outbox == []


def test_an_invitation_that_runs_again_is_not_sent_again(opened):
    ballot, _sent = opened
    mail.outbox.clear()
    letters.invite.call([entry.pk for entry in entries(ballot)])
    assert mail.outbox == []


def test_a_letter_that_could_not_go_is_sent_when_the_task_is_tried_again(opened, monkeypatch):
    ballot, _sent = opened
    RollEntry.objects.update(invited=False)
    mail.outbox.clear()
    send, calls = letters.send, []

    def broken_once(**letter):
        calls.append(letter)
        if len(calls) == 2:
            raise ConnectionRefusedError
        send(**letter)

    monkeypatch.setattr(letters, "send", broken_once)
    pks = [entry.pk for entry in entries(ballot)]
    with pytest.raises(ConnectionRefusedError):
        letters.invite.call(pks)
    letters.invite.call(pks)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        entry.person.email for entry in entries(ballot)
    )


def test_a_reminder_goes_only_to_those_who_have_not_voted(opened, post):
    ballot, _sent = opened
    vote(entries(ballot)[0])
    _result, sent = post(lambda: actions.remind(ballot=ballot, by=PersonFactory(), at=NOON))
    assert sent == to(entries(ballot)[1:], "There is still time to vote")
    later = NOON + timedelta(days=8)
    _result, sent = post(lambda: actions.remind(ballot=ballot, by=PersonFactory(), at=later))
    assert sent == to(entries(ballot)[1:], "There is still time to vote")


def test_a_vote_in_her_name_is_told_the_next_morning_and_once(opened, post):
    ballot, _sent = opened
    _result, sent = post(lambda: vote(entries(ballot)[0]))
    assert sent == []
    _result, sent = post(lambda: watches.tell_daily(at=NOON))
    assert sent == []
    _result, sent = post(lambda: watches.tell_daily(at=MORNING - timedelta(hours=4)))
    assert sent == []
    _result, sent = post(lambda: watches.tell_daily(at=MORNING))
    assert sent == to(entries(ballot)[:1], "A vote was cast or begun in your name")
    _result, sent = post(lambda: watches.tell_daily(at=MORNING + timedelta(days=1)))
    assert sent == []


def test_those_who_voted_last_are_told_after_the_close(opened, post):
    ballot, _sent = opened
    closed_ballot(ballot)
    _result, sent = post(lambda: watches.tell_daily(at=LATER + timedelta(days=1)))
    assert sent == to(entries(ballot), "A vote was cast or begun in your name")


def test_every_voter_hears_the_result_once_with_what_happens_next(opened, post):
    ballot, _sent = opened
    vote(entries(ballot)[0])
    closed = closed_ballot(ballot)
    _result, sent = post(lambda: actions.declare(ballot=closed, by=PersonFactory(), at=LATER))
    assert sent == to(entries(ballot), "The result")
    assert "5 of 5 people who could vote did so (100.0%)." in mail.outbox[0].body
    assert "A workshop in April." in mail.outbox[0].body


def test_a_ballot_closes_at_its_time_without_anybody(opened, post):
    ballot, _sent = opened
    enough_votes(ballot)
    watches.close_in_time(at=CLOSES - timedelta(seconds=1))
    ballot.refresh_from_db()
    assert ballot.state == "open"
    watches.close_in_time(at=CLOSES)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.closed_at, ballot.scrubbed_at) == ("closed", CLOSES, CLOSES)


def test_no_letter_names_a_choice(opened, post):
    ballot, _sent = opened
    option = ballot.options.first()
    entry = entries(ballot)[0]
    actions.vote_for(entry=entry, seed=b"s" * 16, choice=option.public_id, reason="", at=NOON)
    _result, sent = post(lambda: watches.tell_daily(at=MORNING))
    assert len(sent) == 1
    assert option.title not in mail.outbox[0].body
