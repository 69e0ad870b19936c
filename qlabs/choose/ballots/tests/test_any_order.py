"""Whatever people do in whatever order: votes never outnumber keys, keys never voters, and the last word counts."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, queries
from qlabs.choose.ballots.errors import VoteRefused
from qlabs.choose.ballots.models import Ballot, RollEntry, State
from qlabs.choose.ballots.states import FEWEST_VOTES

from .factories import LATER, NOON, box_lines, entries, members, open_ballot

VOTERS = 6
acts = st.lists(
    st.tuples(
        st.sampled_from(["vote", "vote", "vote", "other device", "close"]),
        st.integers(0, VOTERS - 1),
        st.integers(0, 3),
        st.sampled_from(["", "Because."]),
    ),
    max_size=24,
)


def step(ballot, kind, entry, choice, reason):
    """Do one thing; True if it was taken."""
    if kind == "close":
        actions.close_ballot(ballot=ballot, at=LATER)
        return False
    device = b"own" if kind == "vote" else b"two"
    seed = device + entry.pk.to_bytes(13, "big")
    try:
        actions.vote_for(entry=entry, seed=seed, choice=choice, reason=reason, at=NOON)
    except VoteRefused:
        return False
    return True


class AnyOrder(TestCase):
    """Each example in a transaction of its own, undone afterwards."""

    @settings(max_examples=25, deadline=None)
    @given(acts)
    def test_the_result_is_what_each_voter_said_last_or_none_if_few_did(self, acts):
        members(VOTERS, nation="wales")
        ballot = open_ballot(reason_prompt="Why?")
        said = play(ballot, acts)
        actions.close_ballot(ballot=ballot, at=LATER)
        if len(said) < FEWEST_VOTES:
            assert Ballot.objects.get().state == State.VOID
            return
        declared = actions.declare(ballot=Ballot.objects.get(), by=PersonFactory(), at=LATER)
        counted = Counter(said.values())
        options = [option.public_id for option in ballot.options.all()]
        assert declared.result["tallies"] == {option: counted[option] for option in options}
        assert (declared.result["blanks"], declared.result["cast"]) == (counted[""], len(said))
        assert len(queries.receipts(declared)) == len(said)


def play(ballot, acts):
    """Do all acts, checking after each; {voter: the last choice that was taken}."""
    people, options = entries(ballot), ["", *(option.public_id for option in ballot.options.all())]
    said, device, is_closed = {}, {}, False
    for kind, who, choice, reason in acts:
        taken = step(ballot, kind, people[who], options[choice], reason)
        is_closed = is_closed or kind == "close"
        assert taken == (not is_closed and device.get(who, kind) == kind)
        if taken:
            said[who], device[who] = options[choice], kind
        keys = len({line.public_key for line in box_lines("choice")})
        assert keys <= RollEntry.objects.filter(has_key=True).count() <= VOTERS
    return said
