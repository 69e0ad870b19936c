"""After a restore: a vote whose box is lost is stopped, one in which nobody had voted goes on."""

import pytest

from qlabs.across.operate import restoring
from qlabs.base.core.models import Event
from qlabs.choose.ballots import actions, keys
from qlabs.choose.ballots.models import Ballot, SealedVote, State
from qlabs.choose.ballots.tests.factories import NOON, declared_ballot, entries, members, open_ballot

pytestmark = pytest.mark.django_db


def vote(entry):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice="", reason="", at=NOON)


def test_a_vote_in_which_somebody_had_voted_is_stopped():
    members(6)
    ballot = open_ballot()
    vote(entries(ballot)[0])
    SealedVote.objects.all().delete()
    assert [one.pk for one in restoring.stop_votes(at=NOON)] == [ballot.pk]
    ballot = Ballot.objects.get()
    assert (ballot.state, "restored from a back-up" in ballot.stopped_because) == (State.STOPPED, True)
    assert Event.objects.filter(what="ballots.stopped").count() == 1


def test_a_vote_in_which_nobody_had_voted_goes_on():
    members(6)
    open_ballot()
    assert restoring.stop_votes(at=NOON) == []
    assert Ballot.objects.get().state == State.OPEN


def test_a_vote_whose_box_the_secret_key_cannot_open_is_stopped(settings):
    members(6)
    open_ballot()
    settings.SECRET_KEY = "another"
    assert len(restoring.stop_votes(at=NOON)) == 1
    assert "key that opens" in Ballot.objects.get().stopped_because


def test_a_declared_vote_stays_as_it_is():
    members(12)
    ballot = open_ballot()
    for entry in entries(ballot):
        vote(entry)
    declared_ballot(ballot)
    assert restoring.stop_votes(at=NOON) == []
    assert Ballot.objects.get().state == State.DECLARED


def test_a_sealed_text_is_ours_or_not(settings):
    sealed = keys.seal("words")
    assert keys.is_ours(sealed)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert keys.is_ours(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert not keys.is_ours(sealed)
