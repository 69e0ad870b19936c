"""After a restore no vote that was open goes on, for nobody can know who voted after the back-up was made."""

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from qlabs.across.operate import restoring
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import Ballot, SealedVote, State
from qlabs.choose.ballots.tests.factories import (
    NOON,
    BallotFactory,
    Voter,
    closed_ballot,
    declared_ballot,
    entries,
    members,
    open_ballot,
)
from qlabs.choose.ballots.tests.reading import link_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def as_it_was_backed_up(act):
    """What `act` tells, and the database as it stood before."""
    with transaction.atomic():
        told = act()
        transaction.set_rollback(True)
    return told


def stopped():
    return [ballot.pk for ballot in restoring.stop_votes(at=NOON)]


def test_who_voted_after_the_back_up_has_no_second_vote(client):
    members(6)
    ballot = open_ballot()
    voter = Voter(entries(ballot)[0], client)
    body = as_it_was_backed_up(lambda: voter.vote(""))
    assert stopped() == [ballot.pk]
    assert voter.post(body).json()["error"] == "closed"
    assert Voter(voter.entry, client).sign().json()["error"] == "closed"
    assert not SealedVote.objects.exists()


@pytest.mark.parametrize("voted", [0, 1])
def test_a_vote_that_was_open_is_stopped_whatever_the_restored_roll_says(voted, client):
    members(6)
    ballot = open_ballot()
    for entry in entries(ballot)[:voted]:
        Voter(entry, client).cast("")
    SealedVote.objects.all().delete()
    assert stopped() == [ballot.pk]
    ballot.refresh_from_db()
    assert (ballot.state, "restored from a back-up" in ballot.stopped_because) == (State.STOPPED, True)
    assert Event.objects.filter(what="ballots.stopped").count() == 1


def test_its_voters_and_leads_are_told_why(django_capture_on_commit_callbacks):
    members(6)
    ballot = open_ballot()
    lead = MembershipFactory(lab=ballot.lab, role=Role.LEAD).person
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        stopped()
    for row in DBTaskResult.objects.all():
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    assert {message.to[0] for message in mail.outbox} == {lead.email, *ballot_addresses(ballot)}
    assert all("restored from a back-up" in message.body for message in mail.outbox)


def ballot_addresses(ballot):
    return [entry.person.email for entry in entries(ballot)]


def test_nobody_is_told_that_no_vote_was_cast_in_her_name(client, client_as):
    members(6)
    ballot = open_ballot()
    voter = entries(ballot)[0]
    stopped()
    for state in (State.STOPPED, State.VOID):
        pages = [client.get(link_of(voter, "done_by_link")), client_as(voter.person).get("/account/votes/")]
        assert all("No vote was cast" not in text(page) for page in pages)
        assert "Not known, because the vote was stopped" in text(pages[1])
        if state == State.STOPPED:
            actions.void_ballot(ballot=ballot, by=voter.person, at=NOON)


def test_drafts_and_votes_that_were_closed_or_declared_stay_as_they_are():
    members(12)
    ballots = [BallotFactory(), closed_ballot(open_ballot()), declared_ballot(open_ballot())]
    assert stopped() == []
    states = [Ballot.objects.get(pk=ballot.pk).state for ballot in ballots]
    assert states == [State.DRAFT, State.CLOSED, State.DECLARED]
