"""Making Data Count's rules and icons at their exact thresholds, and against a plain reading."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.spc.errors import UpstreamFails
from labengines.spc.making_data_count import (
    icons,
    kind_of_variation,
    refuse_gap_in_trend,
    shift,
    trend,
    two_in_three,
)
from labengines.spc.types.charts import (
    COMMON,
    CONCERN,
    HIGH,
    IMPROVEMENT,
    LOW,
    Icons,
)

NAN = float("nan")
half_steps = st.integers(-8, 8).map(lambda step: step / 2)
series = st.lists(half_steps, min_size=1, max_size=40).map(np.array)
sides_of = st.lists(st.sampled_from([-1, 0, 1]), min_size=0, max_size=30).map(
    lambda found: np.array(found, int)
)


# Making Data Count


@pytest.mark.parametrize(("length", "flagged"), [(6, 0), (7, 7), (8, 8)])
def test_a_shift_is_seven_on_one_side(length, flagged):
    side = np.array([-1] + [1] * length + [-1])
    assert np.flatnonzero(shift(side)).tolist() == list(range(1, flagged + 1))


def test_a_point_on_the_mean_breaks_a_shift():
    assert not shift(np.array([1, 1, 1, 0, 1, 1, 1, 1])).any()


@pytest.mark.parametrize(("steps", "flagged"), [(5, 0), (6, 7), (7, 8)])
def test_a_trend_is_six_steps_one_way(steps, flagged):
    values = np.array([9.0, *range(steps + 1), -1])
    assert np.flatnonzero(trend(values)).tolist() == list(range(1, flagged + 1))


def test_the_peak_between_two_trends_goes_with_the_step_that_leaves_it():
    values = np.array([0.0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0])
    assert trend(values).tolist() == [1] * 6 + [-1] * 7


def test_equal_neighbours_and_gaps_end_a_trend():
    assert not trend(np.array([0.0, 1, 2, 3, 3, 4, 5, 6])).any()
    assert not trend(np.array([0.0, 1, 2, NAN, 3, 4, 5, 6])).any()


@pytest.mark.parametrize(
    ("side", "close", "found"),
    [
        ([1, 1, 1], [1, 0, 1], [1, 0, 1]),
        ([1, 1, 1], [1, 0, 0], [0, 0, 0]),
        ([1, -1, 1], [1, 0, 1], [0, 0, 0]),
        ([1, 0, 1], [1, 0, 1], [0, 0, 0]),
        ([-1, -1, -1, -1], [0, 1, 1, 0], [0, -1, -1, 0]),
        ([1, 1], [1, 1], [0, 0]),
    ],
)
def test_two_in_three_marks_the_near_points_of_three_on_one_side(side, close, found):
    assert two_in_three(np.array(side), np.array(close, bool)).tolist() == found


@given(series)
def test_a_trend_is_what_a_plain_look_at_seven_points_finds(values):
    marked = np.zeros(len(values), bool)
    for start in range(len(values) - 6):
        steps = np.diff(values[start : start + 7])
        if (steps > 0).all() or (steps < 0).all():
            marked[start : start + 7] = True
    assert (trend(values) != 0).tolist() == marked.tolist()


@given(sides_of)
def test_a_shift_is_what_a_plain_look_at_seven_points_finds(side):
    marked = np.zeros(len(side), bool)
    for start in range(len(side) - 6):
        if abs(side[start : start + 7].sum()) == 7:
            marked[start : start + 7] = True
    assert (shift(side) != 0).tolist() == marked.tolist()


def test_the_package_stops_on_a_gap_among_steps_that_agree():
    with pytest.raises(UpstreamFails):
        refuse_gap_in_trend(np.array([1.0, 2, 3, NAN, 5, 6, 7]))
    refuse_gap_in_trend(np.array([1.0, 2, 1, NAN, 5, 6, 7]))
    refuse_gap_in_trend(np.array([1.0, 2, 3, 4, 5, 6, 7]))
    refuse_gap_in_trend(np.array([1.0, 2, 3, NAN, 5, 6]))


@pytest.mark.parametrize(
    ("side", "direction", "kind"),
    [
        (0, "increase", COMMON),
        (1, "increase", IMPROVEMENT),
        (-1, "increase", CONCERN),
        (1, "decrease", CONCERN),
        (-1, "decrease", IMPROVEMENT),
        (1, "neutral", HIGH),
        (-1, "neutral", LOW),
    ],
)
def test_a_signal_means_what_the_direction_makes_of_it(side, direction, kind):
    assert kind_of_variation(side, direction) == kind


@pytest.mark.parametrize(
    ("kind", "direction", "variation"),
    [
        (COMMON, "increase", "common_cause"),
        (IMPROVEMENT, "increase", "improvement_high"),
        (IMPROVEMENT, "decrease", "improvement_low"),
        (CONCERN, "increase", "concern_low"),
        (CONCERN, "decrease", "concern_high"),
        (HIGH, "neutral", "neutral_high"),
        (LOW, "neutral", "neutral_low"),
    ],
)
def test_the_variation_icon(kind, direction, variation):
    assert icons(kind, direction, target=None, lower=0.0, upper=1.0) == Icons(variation, None)


@pytest.mark.parametrize(
    ("direction", "target", "assurance"),
    [
        ("increase", 2.1, "fail"),
        ("increase", 2.0, "inconsistent"),
        ("increase", 1.0, "inconsistent"),
        ("increase", 0.9, "pass"),
        ("decrease", 2.1, "pass"),
        ("decrease", 0.9, "fail"),
        ("neutral", 2.1, None),
        ("increase", None, None),
    ],
)
def test_the_assurance_icon_compares_the_target_with_the_limits(direction, target, assurance):
    assert icons(COMMON, direction, target=target, lower=1.0, upper=2.0).assurance == assurance
