"""Each rule at its exact threshold, and against a slow and plain reading of the same rule."""

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
from labengines.spc.run_rules import number_of_runs, runs_expected, shifts, trends
from labengines.spc.runs import crossings_fewest, longest_run_max, runs_analysis
from labengines.spc.spread import mean_range
from labengines.spc.stretches import long_ones, stretches
from labengines.spc.types.charts import (
    COMMON,
    CONCERN,
    HIGH,
    IMPROVEMENT,
    LOW,
    Icons,
    RunCount,
    Runs,
)
from labengines.spc.zones import NELSON, WESTERN_ELECTRIC, zone_rules

NAN = float("nan")
half_steps = st.integers(-8, 8).map(lambda step: step / 2)
series = st.lists(half_steps, min_size=1, max_size=40).map(np.array)
gappy = st.lists(st.one_of(half_steps, st.just(NAN)), min_size=1, max_size=40).map(np.array)
sides_of = st.lists(st.sampled_from([-1, 0, 1]), min_size=0, max_size=30).map(
    lambda found: np.array(found, int)
)


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


# Western Electric and Nelson


def met(values, rule):
    """Numbers of the points at which a rule is met, in standard deviations about 0."""
    return (np.flatnonzero(zone_rules(np.array(values, float), 0.0, 1.0)[rule]) + 1).tolist()


@pytest.mark.parametrize(
    ("rule", "values", "points"),
    [
        ("we-1", [3, 3.01, -3, -3.01], [2, 4]),
        ("we-2", [2.1, 0, 2.1, 2.1], [3, 4]),
        ("we-2", [2.1, 0, 2, 2.1], []),
        ("we-2", [2.1, -2.1, 0], []),
        ("we-2", [2.1, 2.1, 0, 0], []),
        ("we-3", [1.1, 1.1, 0, 1.1, 1.1, 1.1], [5, 6]),
        ("we-3", [1.1, 1.1, 0, 0, 1.1, 1.1], []),
        ("we-3", [1.1, 1.1, 1.1, 1.1, 1], []),
        ("we-4", [1] * 8 + [-1], [8]),
        ("we-4", [1] * 7 + [0] + [1] * 8, [16]),
        ("nelson-2", [-1] * 10, [9, 10]),
        ("nelson-2", [-1] * 8, []),
        ("nelson-3", [0, 1, 2, 3, 4, 5, 6], [6, 7]),
        ("nelson-3", [0, 1, 2, 3, 4, 4], []),
        ("nelson-3", [5, 4, 3, 2, 1, 0], [6]),
        ("nelson-4", [1, -1] * 7 + [1], [14, 15]),
        ("nelson-4", [1, -1] * 6 + [1], []),
        ("nelson-7", [1, -1, 0] * 5, [15]),
        ("nelson-7", [1, -1, 0] * 4 + [1, -1, 1.01], []),
        ("nelson-8", [1.1] * 7 + [-1.1], [8]),
        ("nelson-8", [1.1] * 8, []),
        ("nelson-8", [1.1] * 3 + [1] + [-1.1] * 4, []),
    ],
)
def test_zone_rules_mark_the_point_that_completes_the_pattern(rule, values, points):
    assert met(values, rule) == points


@given(gappy)
def test_nelson_1_5_and_6_are_the_western_electric_rules(values):
    found = zone_rules(values, 0.0, 1.0)
    for ours, theirs in (("we-1", "nelson-1"), ("we-2", "nelson-5"), ("we-3", "nelson-6")):
        assert found[ours].tolist() == found[theirs].tolist()


def plainly(values, rule):
    """A slow reading of a zone rule in standard deviations about 0: the points that complete it."""
    x, n = np.asarray(values, float), len(values)
    window = {"we-2": 3, "we-3": 5, "we-4": 8, "nelson-2": 9, "nelson-3": 6, "nelson-4": 14, "nelson-7": 15}
    size = window.get(rule, 8)
    found = []
    for last in range(size - 1, n):
        w = x[last - size + 1 : last + 1]
        steps = np.diff(w)
        zones = {"we-2": (2, 2), "we-3": (1, 4)}
        holds = {
            "we-4": lambda w=w: (w > 0).all() or (w < 0).all(),
            "nelson-2": lambda w=w: (w > 0).all() or (w < 0).all(),
            "nelson-3": lambda steps=steps: (steps > 0).all() or (steps < 0).all(),
            "nelson-4": lambda steps=steps: (steps[1:] * steps[:-1] < 0).all(),
            "nelson-7": lambda w=w: (np.abs(w) <= 1).all(),
            "nelson-8": lambda w=w: (np.abs(w) > 1).all() and (w > 1).any() and (w < -1).any(),
        }
        if rule in zones:
            far, most = zones[rule]
            ok = any(side * w[-1] > far and (side * w > far).sum() >= most for side in (1, -1))
        else:
            ok = holds[rule]()
        if ok:
            found.append(last + 1)
    return found


@given(
    gappy,
    st.sampled_from(sorted({*WESTERN_ELECTRIC, *NELSON} - {"we-1", "nelson-1", "nelson-5", "nelson-6"})),
)
def test_zone_rules_find_what_a_plain_reading_finds(values, rule):
    assert met(values, rule) == plainly(values, rule)


# What the rules stand on


def test_stretches_of_nothing_are_none():
    assert [len(found) for found in stretches(np.array([]))] == [0, 0, 0]


@given(sides_of)
def test_stretches_put_together_are_the_whole(codes):
    starts, stops, found = stretches(codes)
    rebuilt = [
        code for start, stop, code in zip(starts, stops, found, strict=True) for _ in range(start, stop)
    ]
    assert rebuilt == codes.tolist()
    assert (found[1:] != found[:-1]).all()


def test_long_stretches_of_zero_do_not_count():
    assert long_ones(np.array([0, 0, 0, 1, 1, 1, -1, -1]), 3) == [(3, 6, 1)]


@pytest.mark.parametrize(
    ("ranges", "choices", "mean"),
    [
        ([1, 1, 1, 1, 20], {"screening": False}, (4.8, False)),
        ([1, 1, 1, 1, 20], {"screening": True}, (1.0, False)),
        ([0, 0, 0, 0, 5], {"screening": True}, (1.0, True)),
        ([0, 0, 0, 0, 5], {"screening": True, "fall_back": False}, (0.0, False)),
        ([1, 1, 1, 3], {"screening": True, "limit": 2.0}, (1.0, False)),
        ([1, 1, 1, 3], {"screening": True, "limit": 2.0, "keep_limit": True}, (1.5, False)),
        ([1, NAN, 3], {"screening": False}, (2.0, False)),
    ],
)
def test_screening_leaves_out_ranges_at_or_over_the_limit_once(ranges, choices, mean):
    assert mean_range(np.array(ranges, float), **choices) == mean
