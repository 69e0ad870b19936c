"""What mutation testing showed that other tests of the rules leave open; see docs/spc-mutation.md."""

import hashlib
from collections import Counter
from itertools import accumulate, combinations, groupby

import numpy as np
import pytest

from labengines.spc import boxes, making_data_count, run_rules, runs, zones
from labengines.spc.errors import UpstreamFails
from labengines.spc.spread import mean_range, moving_deviations, moving_ranges
from labengines.spc.stretches import directions, long_ones, sides, stretches
from labengines.spc.types.charts import Limits, RunCount

NAN = float("nan")
# of the four tables, compared with the bounds that qicharts2 0.8.1 returns for 10 to 100 points
DIGEST = "8ca4fa3f038dcd234e70fb3e45b03db1a015465b1a1cac1bbd311f012a3426d7"


def in_runs(*lengths):
    """Values on both sides of 0 in runs of these lengths, the first above."""
    return np.repeat([(-1.0) ** place for place in range(len(lengths))], lengths)


# Best box and cut box

# for each number of useful points: {crossings: longest run that does not signal; 0 where every run does}
BEST = {
    12: {2: 0, 3: 6, 4: 6},
    24: {5: 0, 6: 7, 7: 7},
    26: {8: 0, 9: 9, 10: 9, 11: 9},
    28: {8: 0, 9: 8, 10: 8, 11: 8},
}
CUT = {
    12: {2: 0, 3: 6, 4: 6},
    24: {5: 0, 6: 6, 7: 7},
    26: {8: 0, 9: 7, 10: 9, 11: 9},
    28: {8: 0, 9: 7, 10: 7, 11: 8},
}


@pytest.mark.parametrize(("box", "inside"), [(boxes.best_box, BEST), (boxes.cut_box, CUT)])
def test_a_box_signals_just_outside_of_it(box, inside):
    for useful, rows in inside.items():
        found = {
            crossings: max((run for run in range(1, 13) if not box(useful, crossings, run)), default=0)
            for crossings in rows
        }
        assert found == rows


def test_the_tables_of_the_boxes_are_the_published_ones():
    tables = (boxes.CROSSINGS, boxes.LONGEST, boxes.CUT_CROSSINGS, boxes.CUT_LONGEST)
    assert [len(table) for table in tables] == [91] * 4
    assert hashlib.sha256(repr(tables).encode()).hexdigest() == DIGEST


@pytest.mark.parametrize(
    ("lengths", "signals"),
    [
        ((3, 3, 3), {"anhoej": False, "best-box": False, "cut-box": False}),  # 9 points: as Anhoej
        ((6, 2, 2), {"anhoej": False, "best-box": False, "cut-box": True}),  # 10
        ((7, 3, 3, 3, 3, 3, 2), {"anhoej": True, "best-box": False, "cut-box": True}),  # 24
        ((10,) + (3,) * 8 + (2,) * 33, {"anhoej": False, "best-box": False, "cut-box": True}),  # 100
        (
            (10,) + (3,) * 7 + (2,) * 35,
            {"anhoej": False, "best-box": False, "cut-box": False},
        ),  # 101: as Anhoej
    ],
)
def test_each_method_has_limits_of_its_own_from_10_to_100_points(lengths, signals):
    found = {method: runs.runs_analysis(in_runs(*lengths), 0.0, method=method).signal for method in signals}
    assert found == signals


def test_the_methods_are_named():
    assert runs.METHODS == ("anhoej", "best-box", "cut-box")


# The number of runs


@pytest.mark.parametrize("useful", [10, 11, 12, 13, 14])
def test_bounds_of_the_number_of_runs_leave_a_fortieth_of_all_orders_on_each_side(useful):
    orders = combinations(range(useful), useful // 2)
    seen = Counter(len(list(groupby(place in above for place in range(useful)))) for above in orders)
    counts = [seen[number] for number in range(1, useful + 1)]
    below, above = (list(accumulate(side)) for side in (counts, counts[::-1]))
    fewest = 1 + sum(count <= sum(counts) / 40 for count in below)
    most = useful - sum(count <= sum(counts) / 40 for count in above)
    assert run_rules.runs_expected(useful) == (fewest, most)


def test_the_upper_bound_counts_from_the_other_end():
    assert run_rules.runs_expected(39) == (14, 26)  # 39 is the one number up to 400 where it shows


def test_without_a_point_off_the_line_there_is_no_run():
    assert run_rules.number_of_runs(np.array([0.0, NAN]), 0.0) == RunCount(0, 0, None, None, "expected")


# Making Data Count


def test_the_four_rules_each_under_its_name():
    values = [2.5, 2.9, 3.1, 0.5, -2.5, -1, -2.1, -3.1, -2, -1, -1, -0.9, 0, NAN, 1, 2, 2.1, 2.2, 2.3, 2.4, 3]
    lines = [np.full(len(values), line) for line in (-3.0, -2.0, 2.0, 3.0)]
    found = making_data_count.four_rules(np.array(values), np.zeros(len(values)), Limits(*lines))
    assert {rule: marks.tolist() for rule, marks in found.items()} == {
        "outside": [0, 0, 1, 0, 0, 0, 0, -1] + [0] * 13,
        "trend": [0] * 14 + [1] * 7,
        "two-in-three": [1, 1, 0, 0, -1, 0, -1] + [0] * 9 + [1] * 5,
        "shift": [0] * 4 + [-1] * 8 + [0] * 2 + [1] * 7,
    }
    assert tuple(found) == making_data_count.PRECEDENCE


def test_only_a_point_beyond_a_limit_is_outside():
    values = np.array([3, 3.1, -3, -3.1, NAN])
    assert making_data_count.beyond(values, -3.0, 3.0).tolist() == [0, 1, 0, -1, 0]


def test_a_shift_that_ends_a_series_is_marked_to_the_end():
    assert making_data_count.shift(np.array([0, *[-1] * 7])).tolist() == [0, *[-1] * 7]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([9, 0, 1, 2, 3, 4, 5, 6, 5], [0] + [1] * 7 + [0]),  # the end of a trend, before a step back
        ([0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12], [1] * 14),  # a repeat between two trends
        ([6, 5, 4, 3, 2, 1, 0], [-1] * 7),
        ([0, 1, 2], [0, 0, 0]),
    ],
)
def test_each_point_of_a_trend_has_the_direction_of_its_step(values, found):
    assert making_data_count.trend(np.array(values, float)).tolist() == found


@pytest.mark.parametrize("side", [[1, 0, 1, 1], [1, 1, 0, 1], [-1, -1, 0, -1], [-1, 0, -1, -1]])
def test_two_in_three_looks_at_three_points_and_no_more(side):
    assert making_data_count.two_in_three(np.array(side), np.ones(4, bool)).tolist() == [0] * 4


@pytest.mark.parametrize("values", [[1, 2, 3, NAN, 5, 6, 7], [9, 1, 8, 7, 6, NAN, 4, 3, 2, 9, 1]])
def test_a_refused_gap_says_whose_fault_it_is(values):
    with pytest.raises(UpstreamFails) as refusal:
        making_data_count.refuse_gap_in_trend(np.array(values, float))
    assert refusal.value.params == {
        "package": "NHSRplotthedots 0.2.2",
        "reason": "a missing value inside a trend",
    }


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 2, NAN, 5, 6, 7],
        [7, 6, 6, NAN, 3, 2, 1],
        [9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1],
        [1, 2, 3, NAN, 5, 6, 5, 4, 5],
    ],
)
def test_a_gap_among_steps_that_differ_is_not_refused(values):
    making_data_count.refuse_gap_in_trend(np.array(values, float))


# Western Electric and Nelson


def test_the_rules_of_a_set_are_named():
    assert zones.WESTERN_ELECTRIC == ("we-1", "we-2", "we-3", "we-4")
    assert tuple(f"nelson-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8)) == zones.NELSON


def patterns(values, *, centre=0.0, sigma=1.0):
    found = zones.zone_rules(np.array(values, float), centre, sigma)
    return {rule: marks.tolist() for rule, marks in found.items() if marks.any()}


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([3, 3.1], {"we-1": [0, 1], "nelson-1": [0, 1]}),
        ([2.5, 0, 2.5], {"we-2": [0, 0, 1], "nelson-5": [0, 0, 1]}),
        ([1.5, 1.5, 1, 1.5, 1.5], {"we-3": [0, 0, 0, 0, 1], "nelson-6": [0, 0, 0, 0, 1]}),
        ([0.5] * 9, {"we-4": [0] * 7 + [1, 1], "nelson-2": [0] * 8 + [1]}),
        ([-0.5, -0.4, -0.3, 0.3, 0.4, 0.5, 0.2], {"nelson-3": [0] * 5 + [1, 0]}),
        ([-0.5, 0.5] * 7, {"nelson-4": [0] * 13 + [1]}),
        ([0.1, -1, 1, 0, 0] * 2 + [0.1, -1, 1, 0, 0.5], {"nelson-7": [0] * 14 + [1]}),
        ([1.5, -1.5] * 2 + [1.5, 1.5, -1.5, 1.5], {"nelson-8": [0] * 7 + [1]}),
    ],
)
def test_a_rule_marks_the_side_of_its_last_point_in_any_unit(side, values, found):
    values = np.array(values)
    expected = {rule: [side * mark for mark in marks] for rule, marks in found.items()}
    assert patterns(side * values) == expected
    assert patterns(100 + side * values / 4, centre=100.0, sigma=0.25) == expected


@pytest.mark.parametrize(
    ("values", "points"),
    [([1.5, -1.5] * 2 + [1.5], []), ([1.5] * 8 + [-1.5], [9]), ([1.5, -1.5] * 4 + [0], [8])],
)
def test_both_sides_are_seen_in_eight_points_and_no_others(values, points):
    marks = zones.zone_rules(np.array(values), 0.0, 1.0)["nelson-8"]
    assert (np.flatnonzero(marks) + 1).tolist() == points


def test_a_calm_stretch_that_ends_on_the_line_is_marked_as_high():
    assert patterns([0.5, -0.5, 0] * 5) == {"nelson-7": [0] * 14 + [1]}


@pytest.mark.parametrize("length", [1, 2, 3])
def test_short_series_meet_no_rule_and_keep_their_length(length):
    found = zones.zone_rules(np.zeros(length), 0.0, 1.0)
    assert {rule: marks.tolist() for rule, marks in found.items()} == {
        rule: [0] * length for rule in (*zones.WESTERN_ELECTRIC, *zones.NELSON)
    }


def test_all_marks_are_whole_numbers():
    values, side = np.arange(9.0), np.ones(9, int)
    marks = [
        *zones.zone_rules(values, 4.0, 1.0).values(),
        *zones.zone_rules(values[:2], 4.0, 1.0).values(),
        making_data_count.shift(side),
        making_data_count.trend(values),
        making_data_count.trend(values[:3]),
        making_data_count.two_in_three(side, side == 1),
        making_data_count.beyond(values, 1.0, 2.0),
        sides(values, 4.0),
        directions(values),
        *stretches(np.array([], int)),
        *stretches(side),
    ]
    assert {found.dtype for found in marks} == {np.dtype(int)}


# What the rules stand on


def test_sides_and_directions_of_missing_values_are_none():
    values = np.array([1.0, 3, 3, NAN, 2, 1])
    assert sides(values, 2.0).tolist() == [-1, 1, 1, 0, 0, -1]
    assert directions(values).tolist() == [1, 0, 0, 0, -1]


def test_stretches_begin_and_stop_where_the_codes_change():
    starts, stops, codes = stretches([2, 2, 0, 1, 1, 1])
    assert [found.tolist() for found in (starts, stops, codes)] == [[0, 2, 3], [2, 3, 6], [2, 0, 1]]


def test_long_stretches_are_told_in_plain_numbers():
    found = long_ones(np.array([1, 1, 0, 0, -1, -1, -1]), 2)
    assert found == [(0, 2, 1), (4, 7, -1)]
    assert {type(number) for one in found for number in one} == {int}


def test_moving_ranges_and_deviations():
    values, sizes = np.array([1.0, 4, 2, NAN]), np.array([2.0, 4, 4, 4])
    assert moving_ranges(values).tolist()[:2] == [3, 2]
    assert np.isnan(moving_ranges(values)[2])
    root = np.sqrt(np.pi / 2)
    assert moving_deviations(values, sizes)[:2] == pytest.approx([root * 3 / 0.75**0.5, root * 2 / 0.5**0.5])
    assert moving_deviations(np.array([1.0, 4]), np.array([0.0, 4])).tolist() == [0.0]
    assert np.isnan(moving_deviations(np.array([1.0, 4]), np.array([-1.0, 2]))[0])


def test_screening_never_gives_up_where_there_is_no_spread_at_all():
    mean, gave_up = mean_range(np.zeros(3), screening=True)
    assert (np.isnan(mean), gave_up) == (True, False)


@pytest.mark.parametrize("screening", [True, False])
def test_without_a_range_there_is_no_mean(screening):
    mean, gave_up = mean_range(np.array([NAN]), screening=screening)
    assert (np.isnan(mean), gave_up) == (True, False)


def test_screening_uses_the_limit_of_nelson_unless_told_otherwise():
    at, under = (np.array([*[1.0] * 9, last]) for last in (4.3671, 4.3669))
    assert mean_range(at, screening=True) == (1.0, False)
    assert mean_range(under, screening=True) != (1.0, False)
