"""Counting: the published vote of 2017, ties, and what must hold for any vote."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.voting import Result, Stage, commitment, count, errors, lot

OPTIONS = ("empower", "theme-2", "theme-3", "theme-4", "theme-5")
# Voters of each group, and those who chose the winner; 149 of 447 voted.
GROUPS_2017 = {
    "patients_carers": (20, 12),
    "qi_managers": (86, 36),
    "clinicians": (25, 7),
    "others": (18, 6),
}

votes_of = st.dictionaries(st.sampled_from([*OPTIONS, ""]), st.integers(0, 50))


def test_the_published_vote_of_2017():
    winner = sum(chose for _, chose in GROUPS_2017.values())
    others = {"theme-2": 30, "theme-3": 25, "theme-4": 20, "theme-5": 13}

    result = count({"empower": winner, **others}, options=OPTIONS, roll=447)

    tallies = (("empower", 61), *others.items())
    assert result == Result(
        rule="plurality",
        seats=1,
        stages=(Stage("count", tallies, elected=("empower",), why=(("empower", "most"),)),),
        tallies=tallies,
        blanks=0,
        roll=447,
        winners=("empower",),
        ties=(),
        decided_by="votes",
        marked=149,
    )
    assert (result.valid, result.cast) == (149, 149)
    assert f"{61 / result.valid:.1%} {result.turnout:.1%}" == "40.9% 33.3%"
    assert result.joint_first == ()


@pytest.mark.parametrize(
    ("ballots", "tallies", "blanks"),
    [
        (["a", None, "", "a", "b"], (("a", 2), ("b", 1)), 2),
        ({"a": 2, None: 1, "": 1, "b": 1}, (("a", 2), ("b", 1)), 2),
        ([], (("a", 0), ("b", 0)), 0),
    ],
)
def test_no_choice_is_a_blank_ballot(ballots, tallies, blanks):
    result = count(ballots, options=("a", "b"))

    assert (result.tallies, result.blanks, result.turnout) == (tallies, blanks, None)


def test_nobody_wins_when_nobody_chose():
    result = count({"": 3}, options=("a", "b"), tie_break=lot(b"seed"))

    assert (result.winners, result.ties, result.decided_by) == ((), (), "open")


def test_a_tie_is_left_open_for_a_run_off():
    result = count({"a": 5, "b": 5, "c": 1}, options=("a", "b", "c"))

    assert (result.winners, result.ties, result.decided_by) == ((), ("a", "b"), "open")
    assert result.joint_first == ("a", "b")


def test_a_published_lot_decides_a_tie_as_anyone_can_repeat():
    seed = bytes(32)
    # sha256sum of the seed and "a" begins 41a0, with "b" 7ec8.
    result = count({"a": 5, "b": 5, "c": 1}, options=("b", "a", "c"), tie_break=lot(seed))

    assert (result.winners, result.ties, result.decided_by) == (("a",), ("b", "a"), "lot")
    assert commitment(seed) == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"


def test_several_seats_keep_the_sure_and_draw_the_rest():
    ballots = {"a": 9, "b": 5, "c": 5, "d": 5}

    result = count(ballots, options="abcd", seats=2, tie_break=lambda tied: tied[::-1])

    assert (result.winners, result.ties, result.decided_by) == (("a", "d"), ("b", "c", "d"), "lot")
    assert count(ballots, options="abcd", seats=4).winners == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ballots": {"z": 1}}, errors.UnknownOption),
        ({"ballots": {"a": -1}}, errors.NegativeCount),
        ({"ballots": {"a": 1.5}}, errors.NegativeCount),
        ({"ballots": {"a": 6}}, errors.MoreBallotsThanRoll),
        ({"options": ("a", "a")}, errors.OptionTwice),
        ({"options": ("a", "")}, errors.OptionTwice),
        ({"seats": 3}, errors.UnknownRule),
        ({"rule": "guess"}, errors.UnknownRule),
        ({"tie_break": lambda tied: tied[:1]}, errors.UnknownOption),
    ],
)
def test_what_cannot_be_counted_is_refused(change, error):
    question = {"ballots": {"a": 2, "b": 2}, "options": ("a", "b"), "roll": 5, **change}

    with pytest.raises(error):
        count(**question)


@given(st.lists(st.sampled_from([*OPTIONS, "", None])), st.randoms())
def test_the_order_of_ballots_does_not_matter(ballots, random):
    shuffled = random.sample(ballots, len(ballots))

    assert count(shuffled, options=OPTIONS) == count(ballots, options=OPTIONS)


@given(votes_of)
def test_counting_changes_nothing_it_is_given(votes):
    before = copy.deepcopy(votes)

    count(votes, options=OPTIONS, tie_break=lot(b"x"))

    assert votes == before


@given(votes_of)
def test_one_more_vote_for_the_winner_keeps_it_winning(votes):
    for winner in count(votes, options=OPTIONS, tie_break=lot(b"x")).winners:
        more = {**votes, winner: votes[winner] + 1}
        assert count(more, options=OPTIONS, tie_break=lot(b"x")).winners == (winner,)


@given(votes_of, st.integers(1, 5))
def test_every_ballot_is_counted_once(votes, seats):
    result = count(votes, options=OPTIONS, seats=seats, tie_break=lot(b"x"))

    assert {**dict(result.tallies), "": result.blanks} == dict.fromkeys([*OPTIONS, ""], 0) | votes
    assert len(result.winners) == min(seats, sum(n > 0 for _, n in result.tallies))


def test_a_million_ballots_are_counted_by_kind():
    ballots = ["empower", "theme-2", "", "theme-3"] * 250_000

    result = count(ballots, options=OPTIONS, roll=1_000_000)

    assert (result.cast, result.blanks, result.joint_first) == (
        1_000_000,
        250_000,
        ("empower", "theme-2", "theme-3"),
    )
