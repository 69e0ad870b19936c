"""Equal shares that grow: passing over steps that change nothing must not change the end."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labengines.voting.ballots import poll
from labengines.voting.shares import Shares

OPTIONS = tuple("abcde")
profiles = st.dictionaries(
    st.sets(st.sampled_from(OPTIONS), min_size=1).map(lambda marks: tuple(sorted(marks))),
    st.integers(1, 6),
    min_size=1,
    max_size=8,
)
prices = st.lists(st.integers(1, 60), min_size=5, max_size=5)


def begun(profile, costs, budget, satisfaction, tie_break):
    """Shares of a poll after their first run, and how many of its options somebody wants and the budget pays."""
    ready = poll(profile, form="chosen", options=OPTIONS, seats=1, tie_break=tie_break)
    shares = Shares(ready, costs, satisfaction=satisfaction)
    shares.run(Fraction(budget, ready.marked))
    support = shares.purses.support
    return shares, sum(bool(n) and cost <= budget for n, cost in zip(support, costs, strict=True))


def grown_slowly(shares, step, limit, wanted):
    """What the last step ends in that costs no more than the limit, every step taken."""
    kept = (shares.winners, shares.stages)
    while not shares.tied and len(shares.winners) < wanted:
        shares.run(shares.share + step)
        if shares.spent > limit:
            return kept
        kept = (shares.winners, shares.stages)
    return kept


@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
@pytest.mark.parametrize("tie_break", [None, sorted])
@given(profile=profiles, costs=prices, budget=st.integers(1, 120), step=st.sampled_from((1, Fraction(1, 7))))
@settings(max_examples=60, deadline=None)
def test_growing_ends_where_taking_every_step_ends(satisfaction, tie_break, profile, costs, budget, step):
    shares, wanted = begun(profile, costs, budget, satisfaction, tie_break)
    slow, _ = begun(profile, costs, budget, satisfaction, tie_break)

    shares.grow(step, limit=budget, wanted=wanted)

    assert (shares.winners, shares.stages) == grown_slowly(slow, step, budget, wanted)


def test_steps_that_change_nothing_are_passed_over(monkeypatch):
    runs = []
    run = Shares.run
    monkeypatch.setattr(Shares, "run", lambda shares, share: runs.append(share) or run(shares, share))
    # with 90,000 for ten voters a is paid; b has one supporter, who lacks 1,002 until 1,002 steps are taken
    shares, wanted = begun({("a",): 9, ("b",): 1}, [80_000, 10_002, 0, 0, 0], 90_000, "cost", None)

    shares.grow(1, limit=100_000, wanted=wanted)

    assert (shares.winners, runs) == ((0, 1), [9_000, 10_002])


def test_a_tie_that_the_next_step_would_end_is_not_passed_over():
    # after b is paid, a costs its two supporters 2 each; so does c, whose third supporter has only 1 left
    shares, _ = begun({("a", "c"): 2, ("b", "c"): 1}, [4, 1, 5, 0, 0], 6, "cardinality", sorted)

    assert (shares.winners, shares.until) == ((1, 0), 2)


@given(profile=profiles, costs=prices, budget=st.integers(1, 120))
@settings(max_examples=100, deadline=None)
def test_what_is_left_and_what_was_paid_is_what_there_was(profile, costs, budget):
    shares, _ = begun(profile, costs, budget, "cost", sorted)

    left = sum(n * value for n, value in zip(shares.purses.numbers, shares.purses.values, strict=True))

    assert min(shares.purses.values) >= 0
    assert Fraction(left, shares.purses.unit) + shares.spent == budget
