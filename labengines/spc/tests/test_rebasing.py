"""Suggested new medians: reference answers, runs at their exact length, and what must hold for any series."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.spc import errors
from labengines.spc.rebasing import rebase
from labengines.spc.tests.effect_cases import reference
from labengines.spc.types.rebasing import Level, Rebasing, Suggestion

BASE = [4, 6, 5]
series = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=40).filter(
    lambda rows: any(value is not None for value in rows[:3])
)


def short(values, **options):
    return rebase(values, first=3, run=3, **options)


def spans(found):
    return [(level.median, level.start, level.end, level.extends_to) for level in found.levels]


def test_two_steps_equal_runcharter():
    given_, expected = reference("rebase-two-steps")

    levels = rebase(given_["y"], dates=given_["date"], direction="below").levels

    medians = expected["medians"]
    assert [level.median for level in levels] == medians["median"]
    assert [level.start_date for level in levels] == medians["start_date"]
    assert [level.end_date for level in levels] == medians["end_date"]
    assert [level.extends_to_date for level in levels] == medians["extend_to"]


def test_a_suggestion_says_why():
    dates = [date(2024, month, 1) for month in range(1, 8)]

    found = short([*BASE, 5, 8, 9, 7], dates=dates)

    first = Level(5.0, 1, 3, 5, dates[0], dates[2], dates[4])
    second = Level(8.0, 5, 7, 7, dates[4], dates[6], dates[6])
    assert found == Rebasing(first, (Suggestion(second, "above", 5.0, 3),), 3, 3, "both")
    assert found.suggestions[0].reason == (
        "3 points in a row, points 5 to 7, are above the median of 5; their own median is 8."
    )


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([8, 8], [(5, 1, 3, 5)]),  # a run one too short
        ([8, 8, 4, 8, 8], [(5, 1, 3, 8)]),  # broken by the other side
        (
            [8, None, 8, 5, 7],
            [(5, 1, 3, 4), (8, 4, 8, 8)],
        ),  # neither a gap nor a point on the median breaks it
        ([8, 8, 8, 8, 8], [(5, 1, 3, 4), (8, 4, 6, 8)]),  # the rest of a run is judged by the new median
        ([8, 9, 7, 1, 1, 2], [(5, 1, 3, 4), (8, 4, 6, 7), (1, 7, 9, 9)]),
    ],
)
def test_runs_at_their_exact_length(later, expected):
    assert spans(short([*BASE, *later])) == expected


def test_only_the_wanted_side_is_looked_at():
    values = [*BASE, 8, 9, 8, 1, 1, 1]

    assert [one.side for one in short(values).suggestions] == ["above", "below"]
    assert [one.side for one in short(values, direction="above").suggestions] == ["above"]
    assert [(one.side, one.replaces) for one in short(values, direction="below").suggestions] == [
        ("below", 5)
    ]


def test_dates_give_the_order():
    values, dates = [*BASE, 8, 9, 7], list(range(6))

    assert short(values[::-1], dates=dates[::-1]) == short(values, dates=dates)


@given(series)
def test_turning_a_series_over_turns_its_suggestions_over(values):
    over = short([None if value is None else -value for value in values])

    assert [(-median, *places) for median, *places in spans(over)] == spans(short(values))


@given(series)
def test_levels_follow_each_other(values):
    levels = short(values).levels

    for one, other in pairwise(levels):
        assert one.start <= one.end < other.start == one.extends_to
    assert levels[-1].extends_to == len(values)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: rebase([]), errors.TooFewPoints),
        (lambda: rebase([1] * 12), errors.TooFewPoints),
        (lambda: rebase([None] * 30), errors.TooFewPoints),
        (lambda: rebase([1] * 30, run=0), errors.OutOfRange),
        (lambda: rebase([1] * 30, first=2.5), errors.OutOfRange),
        (lambda: rebase([1] * 30, direction="up"), errors.Unknown),
        (lambda: rebase(["x"] * 30), errors.NotANumber),
        (lambda: rebase([1] * 30, dates=[1] * 30), errors.Repeated),
        (lambda: rebase([1] * 30, dates=[1]), errors.DifferentLengths),
        (lambda: rebase([1] * 14, dates=[None, *range(13)]), errors.NotDetermined),
    ],
)
def test_what_cannot_be_judged_is_refused(call, error):
    with pytest.raises(error):
        call()
