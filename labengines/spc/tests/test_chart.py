"""A chart as a whole: published figures, what stays the same under what, and what is refused."""

from datetime import date

import numpy as np
import pytest

from labengines.spc import chart
from labengines.spc.choices import DEVIATIONS
from labengines.spc.errors import (
    DifferentLengths,
    MissingColumn,
    NotANumber,
    OutOfRange,
    Repeated,
    TooFewPoints,
    Unknown,
)
from labengines.spc.types.notes import Note

DEVIATIONS_VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
TWELVE = [5, 7, 6, 8, 5, 6, 7, 8, 6, 5, 7, 6]


def lines(made):
    """Everything drawn, as one table."""
    return np.array([made.points.values, made.centre, *vars(made.limits).values()])


def said(made):
    """Everything that is told apart from numbers."""
    return [made.signals, made.point_types, made.runs, [note.code for note in made.notes]]


# Published figures


def test_limits_of_the_making_data_count_vignette_with_and_without_screening():
    # NHSRplotthedots, vignette "Deviations from Excel defaults": 4.60, 1.94, -0.72 and 6.95, 1.94, -3.06
    found = []
    for screening in (True, False):
        made = chart(DEVIATIONS_VIGNETTE, "i", preset="making-data-count", screening=screening)
        found.append(
            [round(float(line[0]), 2) for line in (made.limits.upper, made.centre, made.limits.lower)]
        )
    assert found == [[4.60, 1.94, -0.72], [6.95, 1.94, -3.06]]


def test_the_two_standard_individuals_charts_differ_in_the_third_digit():
    widths = {
        preset: float(chart(TWELVE, "i", preset=preset).limits.upper[0] - np.mean(TWELVE))
        for preset in ("qicharts2", "making-data-count")
    }
    ranges = np.abs(np.diff(TWELVE)).mean()
    assert widths == pytest.approx({"qicharts2": 3 * ranges / 1.128, "making-data-count": 2.66 * ranges})


def test_a_proportion_chart_worked_by_hand():
    made = chart([2, 4, 6], "p", [20, 40, 40])
    assert made.centre.tolist() == pytest.approx([0.12, 0.12, 0.12])
    half = [3 * (0.12 * 0.88 / n) ** 0.5 for n in (20, 40, 40)]
    assert made.limits.upper.tolist() == pytest.approx([0.12 + h for h in half])
    assert made.limits.lower.tolist() == [0, 0, 0]


def test_a_chart_of_subgroups_worked_by_hand():
    made = chart([[4, 6], [5, 9], [7, 7]], "xbar")
    mean_sd = (2**0.5 + 8**0.5 + 0) / 3
    half = 3 * mean_sd / (0.7978845608028654 * 2**0.5)
    assert made.points.values.tolist() == [5, 7, 7]
    assert [made.limits.lower[0], made.centre[0], made.limits.upper[0]] == pytest.approx(
        [19 / 3 - half, 19 / 3, 19 / 3 + half]
    )


# Choices


def test_a_chart_remembers_every_choice_and_can_be_made_again():
    values = [3.0, 5, 4, 6, 30, 5, 4, 6, 5, 4]
    choices = {"phases": [5], "exclude": [5], "target": 6, "direction": "decrease", "screening": False}
    made = chart(values, "i", multiply=10, floor=True, **choices)
    again = {name: value for name, value in vars(made.options).items() if name != "kind"}
    repeated = chart(values, made.options.kind, **again)
    assert np.array_equal(lines(repeated), lines(made), equal_nan=True)
    assert said(repeated) == said(made)
    assert made.options == repeated.options


def test_phases_by_number_by_label_and_by_period_are_the_same_phases():
    days = [date(2024, month, 1) for month in range(1, 11)]
    values = [1, 2, 1, 2, 9, 8, 9, 8, 9, 8]
    ways = [{"phases": [4]}, {"phases": ["a"] * 4 + ["b"] * 6}, {"rebase": [date(2024, 5, 1)]}]
    made = [chart(values, "i", subgroups=days, **way) for way in ways]
    assert [one.points.phase.tolist() for one in made] == [[1] * 4 + [2] * 6] * 3


def test_a_rebase_between_two_periods_counts_from_the_next_one_and_says_so():
    days = ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"]
    made = chart([1, 2, 3, 4], "i", subgroups=days, rebase=["2024-02-15"])
    assert made.points.phase.tolist() == [1, 1, 2, 2]
    assert Note("rebase_moved", {"asked": "2024-02-15", "used": "2024-03-01"}) in made.notes
    upstream = chart([1, 2, 3, 4], "i", subgroups=days, rebase=["2024-02-15"], deviations=())
    assert upstream.points.phase.tolist() == [1, 1, 1, 1]


def test_periods_that_are_names_keep_the_order_given_and_have_no_runs():
    names, values = ["c", "a", "b"] * 4, [1, 5, 9] * 4
    made = chart(values, "run", subgroups=names, levels=["a", "b", "c"])
    assert made.points.x == ("a", "b", "c")
    assert chart(values, "run", subgroups=names).points.x == ("c", "a", "b")
    assert made.runs[0].signal is False


def test_a_baseline_without_variation_has_no_limits_and_says_so():
    made = chart([5] * 14, "i", screening=False)
    assert np.isnan(made.limits.upper).all()
    assert made.notes == (Note("no_variation", {"phase": 1}),)
    upstream = chart([5] * 14, "i", screening=False, deviations=())
    assert upstream.limits.upper.tolist() == [5] * 14


def test_screening_that_leaves_no_spread_is_given_up_and_says_so():
    values = [1.0] * 10 + [2.0] * 10
    made, upstream = chart(values, "i"), chart(values, "i", deviations=())
    assert made.notes == (Note("screening_given_up", {"phase": 1}),)
    assert made.limits.upper[0] == pytest.approx(1.5 + 3 / 19 / 1.128)
    assert upstream.limits.upper[0] == 1.5
    assert len(upstream.signals) == 20


@pytest.mark.parametrize(
    ("points", "trial", "upstream"), [(11, True, True), (12, False, True), (13, False, False)]
)
def test_limits_on_few_points_are_trial_limits(points, trial, upstream):
    values = [*TWELVE, 6][:points]
    ours, theirs = (chart(values, "i", deviations=names) for names in (tuple(DEVIATIONS), ()))
    assert [any(note.code == "trial_limits" for note in made.notes) for made in (ours, theirs)] == [
        trial,
        upstream,
    ]


def test_trial_limits_count_the_points_that_they_rest_on():
    made = chart([*TWELVE, *TWELVE], "i", baseline=12, exclude=[3])
    assert [note for note in made.notes if note.code == "trial_limits"] == [
        Note("trial_limits", {"phase": 1, "points": 11})
    ]


def test_the_width_of_i_prime_comes_from_the_baseline():
    values, sizes = (
        [30, 41, 28, 35, 44, 39, 31, 90, 12, 95, 10, 80],
        [10, 12, 9, 11, 13, 12, 10, 10, 10, 10, 10, 10],
    )
    ours = chart(values, "ip", sizes, baseline=7, screening=False)
    alone = chart(values[:7], "ip", sizes[:7], screening=False)
    upstream = chart(values, "ip", sizes, baseline=7, screening=False, deviations=())
    assert ours.limits.upper[:7].tolist() == pytest.approx(alone.limits.upper.tolist())
    assert upstream.limits.upper[0] > 1.5 * ours.limits.upper[0]


def test_rules_can_be_asked_for_together():
    made = chart(
        [*TWELVE, 6, 6, 7, 7.5, 8, 8.5, 9, 30], "i", rules=("outside", "ihi", "nelson", "western-electric")
    )
    assert made.rules_at[-1] == ("outside", "trend", "we-1", "nelson-1", "nelson-3")
    assert made.names[-1].rule == "outside"


def test_a_chart_tells_itself_in_a_few_lines():
    assert str(chart([5, 7, 6, 8, 5, 6, 7, 8, 6, 5, 7, 16, 6], "i")) == (
        "i chart (qicharts2): 13 points, 1 phase, 1 points signal\n"
        "  points 1-13: centre 7.07692, limits 1.03244 to 13.1214, 1 outside, "
        "longest run 3 (at most 7), crossings 6 (at least 3)"
    )


def test_columns_hold_plain_values_with_none_for_missing():
    columns = chart([1, None, 3], "run", subgroups=["2024-01", "2024-02", "2024-03"]).columns()
    assert columns["values"] == [1.0, None, 3.0]
    assert columns["x"] == ["2024-01", "2024-02", "2024-03"]
    assert columns["lower"] == [None, None, None]
    assert columns["point_type"] == ["common_cause"] * 3


# What is refused


@pytest.mark.parametrize(
    ("arguments", "choices", "refusal", "params"),
    [
        (([], "i"), {}, TooFewPoints, {"points": 0, "needed": 1}),
        (([1, "2"], "i"), {}, NotANumber, {"field": "values", "row": 2, "value": "2"}),
        (
            ([1, 1e308], "i"),
            {},
            OutOfRange,
            {"field": "values", "row": 2, "value": 1e308, "allowed": "up to 1e+100"},
        ),
        (([1, 2], "z"), {}, Unknown, None),
        (([1, 2], "p"), {}, MissingColumn, {"field": "denominators", "kind": "p"}),
        (([1, 2], "xbar"), {}, MissingColumn, {"field": "subgroups", "kind": "xbar"}),
        (([1, 2], "p", [5]), {}, DifferentLengths, {"field": "denominators", "length": 1, "expected": 2}),
        (
            ([1, 2], "p", [5, 0]),
            {},
            OutOfRange,
            {"field": "denominators", "row": 2, "value": 0.0, "allowed": "more than 0"},
        ),
        (
            ([1, 9], "p", [5, 5]),
            {},
            OutOfRange,
            {"field": "values", "row": 2, "value": 9.0, "allowed": "at most the denominator, 5"},
        ),
        (
            ([1, -2], "c"),
            {},
            OutOfRange,
            {"field": "values", "row": 2, "value": -2.0, "allowed": "at least 0"},
        ),
        (
            ([1, 0], "t"),
            {},
            OutOfRange,
            {"field": "values", "row": 2, "value": 0.0, "allowed": "more than 0"},
        ),
        (([1, 2], "i"), {"preset": "excel"}, Unknown, None),
        (([1, 2], "i"), {"rules": "hunch"}, Unknown, None),
        (([1, 2], "i"), {"direction": "sideways"}, Unknown, None),
        (([1, 2], "i"), {"baseline": 2, "preset": "making-data-count"}, OutOfRange, None),
        (([1, 2], "i"), {"baseline": 0}, OutOfRange, None),
        (([1, 2], "i"), {"multiply": 0}, OutOfRange, None),
        (([1, 2], "i"), {"exclude": ["first"]}, NotANumber, None),
        (([1, 2], "i"), {"phases": [0.5]}, OutOfRange, None),
        (([1, 2], "i"), {"centre": [1, 2, 3]}, DifferentLengths, None),
        (([1, 2], "i"), {"target": "high"}, NotANumber, None),
        (([1, 2], "i", None, [1, date(2024, 1, 1)]), {}, NotANumber, None),
        (
            ([1, 2], "i", None, ["2024-01-01", "2024-01-01"]),
            {"preset": "making-data-count"},
            Repeated,
            {"field": "subgroups", "value": "2024-01-01"},
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_row(arguments, choices, refusal, params):
    with pytest.raises(refusal) as refused:
        chart(*arguments, **choices)
    if params is not None:
        assert refused.value.params == params
