"""A vote that cannot be right is stopped, whoever ends it: by the clock, by hand or at the declaration."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.choose.ballots import actions, watches
from qlabs.choose.ballots.models import Ballot, BallotFile, RollEntry, SealedVote, State

from .factories import LATER, NOON, closed_ballot, entries
from .reading import address, text

pytestmark = pytest.mark.django_db
UNMATCHED = "The votes in the ballot box do not match the list of voters."
CHANGED = "What was fixed when the vote opened was changed on the server."


@pytest.fixture
def second(lab):
    """Somebody else on the team."""
    return MembershipFactory(lab=lab, role=Role.RESEARCHER).person


@pytest.fixture
def impossible(ballot):
    """Six votes, and five keys that were signed."""
    for entry in entries(ballot):
        actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice="", reason="", at=NOON)
    RollEntry.objects.filter(pk=entries(ballot)[0].pk).update(has_key=False)
    return ballot


def assert_stopped(ballot, because):
    ballot.refresh_from_db()
    assert (ballot.state, ballot.stopped_because) == (State.STOPPED, because)
    assert Event.objects.filter(what="ballots.stopped", by=None).count() == 1


def test_by_the_clock_and_its_lead_is_told(impossible, lead, django_capture_on_commit_callbacks):
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        watches.close_in_time(at=LATER)
    assert_stopped(impossible, UNMATCHED)
    for row in DBTaskResult.objects.all():
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    [told] = [message.body for message in mail.outbox if message.to == [lead.email]]
    assert UNMATCHED in told


def test_a_line_of_the_box_that_does_not_open_stops_it_too(impossible):
    RollEntry.objects.update(has_key=True)
    SealedVote.objects.filter(pk=SealedVote.objects.first().pk).update(sealed=b"0" * 668)
    watches.close_in_time(at=LATER)
    assert_stopped(impossible, "A vote in the ballot box is damaged and cannot be opened.")


def test_when_a_second_member_agrees_to_close_it(impossible, lead, second, client_as):
    actions.ask_early_closing(ballot=impossible, reason="Done.", by=lead, at=NOON)
    page = client_as(second).post(address("agree", impossible), follow=True)
    assert page.status_code == 200
    assert UNMATCHED in text(page)
    assert_stopped(impossible, UNMATCHED)


def test_when_a_lead_closes_it_early_after_everybody_voted(impossible, lead, client_as):
    RollEntry.objects.update(has_key=True)
    Ballot.objects.filter(pk=impossible.pk).update(roll_size=5)
    page = client_as(lead).post(address("close", impossible), {"reason": "All have voted."}, follow=True)
    assert page.status_code == 200
    assert UNMATCHED in text(page)
    assert_stopped(impossible, UNMATCHED)


@pytest.mark.parametrize(("change", "because"), [("roll", CHANGED), ("votes", UNMATCHED)])
def test_when_a_lead_declares_it(ballot, lead, client_as, change, because):
    closed = closed_ballot(ballot)
    if change == "roll":
        RollEntry.objects.filter(pk=entries(ballot)[0].pk).delete()
    else:
        Ballot.objects.filter(pk=ballot.pk).update(roll_size=closed.keys_signed - 1)
    page = client_as(lead).post(address("declare", closed), follow=True)
    assert page.status_code == 200
    assert because in text(page)
    assert_stopped(closed, because)
    assert not BallotFile.objects.exists()
