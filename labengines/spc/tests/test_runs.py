"""Anhoej's and IHI's rules at their exact thresholds, and against a slow and plain reading."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.spc.run_rules import number_of_runs, runs_expected, shifts, trends
from labengines.spc.runs import crossings_fewest, longest_run_max, runs_analysis
from labengines.spc.types.charts import (
    RunCount,
    Runs,
)

NAN = float("nan")
half_steps = st.integers(-8, 8).map(lambda step: step / 2)
gappy = st.lists(st.one_of(half_steps, st.just(NAN)), min_size=1, max_size=40).map(np.array)


def ups_and_downs(*lengths):
    """Values on both sides of 0 in runs of these lengths, the first above."""
    return np.concatenate(
        [np.full(length, 1.0 if place % 2 == 0 else -1.0) for place, length in enumerate(lengths)]
    )


# Anhoej's rules


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [
        (1, 3, 0),
        (2, 4, 0),
        (10, 6, 2),
        (12, 7, 3),
        (15, 7, 4),
        (20, 7, 6),
        (24, 8, 8),
        (30, 8, 10),
        (36, 8, 13),
        (40, 8, 14),
        (50, 9, 19),
        (60, 9, 23),
        (100, 10, 41),
    ],
)
def test_limits_of_the_runs_are_the_published_ones(useful, longest, crossings):
    assert (longest_run_max(useful), crossings_fewest(useful)) == (longest, crossings)


def test_a_longest_run_at_its_limit_is_no_signal():
    values = ups_and_downs(8, 2, 2, 2, 2, 2, 2, 2, 1, 1)
    assert runs_analysis(values, 0.0) == Runs("anhoej", 24, 24, 8, 8, 9, 8, signal=False)


def test_a_longest_run_over_its_limit_is_a_signal():
    values = ups_and_downs(9, 2, 2, 2, 2, 2, 2, 1, 1, 1)
    assert runs_analysis(values, 0.0) == Runs("anhoej", 24, 24, 9, 8, 9, 8, signal=True)


def test_crossings_at_their_limit_are_no_signal_and_below_it_are_one():
    at, below = ups_and_downs(3, 3, 3, 3, 3, 3, 2, 2, 2), ups_and_downs(3, 3, 3, 3, 3, 3, 3, 3)
    assert runs_analysis(at, 0.0) == Runs("anhoej", 24, 24, 3, 8, 8, 8, signal=False)
    assert runs_analysis(below, 0.0) == Runs("anhoej", 24, 24, 3, 8, 7, 8, signal=True)


def test_points_on_the_line_and_missing_ones_neither_add_to_a_run_nor_end_it():
    values = np.array([1, 0, 1, NAN, 1, -1, 0, -1])
    assert runs_analysis(values, 0.0) == Runs("anhoej", 8, 5, 3, 5, 1, 0, signal=False)


def test_without_a_point_off_the_line_there_is_nothing_to_say():
    assert runs_analysis(np.array([2.0, 2.0, NAN]), 2.0) == Runs(
        "anhoej", 3, 0, None, None, None, None, signal=False
    )


@given(gappy)
def test_runs_are_those_of_a_plain_count(values):
    signs = [np.sign(value) for value in values if not np.isnan(value) and value != 0]
    found = runs_analysis(values, 0.0)
    longest, crossings, current = 0, 0, 0
    for place, sign in enumerate(signs):
        same = place and sign == signs[place - 1]
        crossings += bool(place) and not same
        current = current + 1 if same else 1
        longest = max(longest, current)
    assert found.useful == len(signs)
    if signs:
        assert (found.longest, found.crossings) == (longest, crossings)


BOXES = [
    # useful 24: best box at least 9 crossings? see the table; corners cut where both are at their bound
    (ups_and_downs(7, 7), "best-box", True),
    (ups_and_downs(*[1] * 14), "best-box", False),
    (ups_and_downs(*[1] * 14), "cut-box", False),
    (ups_and_downs(*[1] * 9), "best-box", False),
]


@pytest.mark.parametrize(("values", "method", "signal"), BOXES)
def test_boxes_signal_outside_of_them(values, method, signal):
    assert runs_analysis(values, 0.0, method=method).signal is signal


# The run chart rules of IHI


def test_a_shift_takes_six_points_and_skips_those_on_the_median():
    five, six = [1, 1, 0, 1, 1, NAN, 1, -1], [1, 1, 0, 1, 1, NAN, 1, 1, -1]
    assert shifts(np.array(five, float), 0.0) == []
    [(places, side)] = shifts(np.array(six, float), 0.0)
    assert (places.tolist(), side) == ([0, 1, 3, 4, 6, 7], 1)


def test_a_shift_below_is_told_from_one_above():
    [(places, side)] = shifts(-ups_and_downs(6, 1), 0.0)
    assert (places.tolist(), side) == ([0, 1, 2, 3, 4, 5], -1)


def test_a_trend_takes_five_points_and_ignores_a_repeat():
    four, five = np.array([9.0, 1, 2, 3, 4, 0]), np.array([9.0, 1, 2, 2, 3, NAN, 4, 5, 0])
    assert trends(four) == []
    [(places, side)] = trends(five)
    assert (places.tolist(), side) == ([1, 2, 4, 6, 7], 1)


def test_a_falling_trend_is_told_from_a_rising_one():
    [(places, side)] = trends(np.array([5.0, 4, 3, 2, 1]))
    assert (places.tolist(), side) == ([0, 1, 2, 3, 4], -1)


def test_a_series_without_values_has_no_trend():
    assert trends(np.array([NAN, NAN])) == []


@pytest.mark.parametrize(
    ("useful", "bounds"), [(9, (None, None)), (10, (3, 9)), (11, (4, 9)), (27, (10, 19))]
)
def test_bounds_of_the_number_of_runs_are_exact(useful, bounds):
    assert runs_expected(useful) == bounds


@pytest.mark.parametrize(
    ("lengths", "runs", "verdict"),
    [
        ((5, 5), 2, "few"),
        ((5, 4, 1), 3, "expected"),
        ((1,) * 8 + (2,), 9, "expected"),
        ((1,) * 10, 10, "many"),
    ],
)
def test_few_and_many_runs_lie_outside_the_bounds(lengths, runs, verdict):
    assert number_of_runs(ups_and_downs(*lengths), 0.0) == RunCount(10, runs, 3, 9, verdict)


def test_the_number_of_runs_is_not_judged_under_ten_points():
    assert number_of_runs(ups_and_downs(9), 0.0) == RunCount(9, 1, None, None, "expected")
