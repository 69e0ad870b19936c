"""Funnels as Fingertips shows them: reference answers, labels at their limits, the table's axis."""

import numpy as np
import pytest
from scipy import stats

from labengines.spc import errors
from labengines.spc.fingertips import fingertips_table, significance
from labengines.spc.funnels import funnel
from labengines.spc.tests.effect_cases import reference


def test_ratios_equal_the_package():
    """The package finds expected events by halving, so to about 1 in 20,000."""
    given_, expected = reference("funnel-phe-ratio-random")

    table = fingertips_table(given_["numerator"], given_["denominator"], kind="ratio")
    found = funnel(given_["numerator"], given_["denominator"], kind="ratio", method="ohid", flag_at=95)

    assert set(table) == set(expected["limits"])
    for name, column in expected["limits"].items():
        np.testing.assert_allclose(table[name], column, rtol=1e-4)
    assert list(found.significance) == expected["significance"]
    assert (found.flagged != 0).tolist() == [label != "Not significant" for label in expected["significance"]]


def test_a_proportion_is_labelled_by_the_wilson_score_around_the_target():
    """1,000 cases at 10 %: standard error 9.487, so 81.41 to 118.59 and 70.68 to 129.32 events."""
    events = np.array([70, 71, 81, 82, 118, 119, 129, 130], dtype=float)

    labels = significance(events, np.full(8, 1000.0), kind="proportion", target=0.1)

    assert labels == (
        "Low (0.001)",
        "Low (0.025)",
        "Low (0.025)",
        "Not significant",
        "Not significant",
        "High (0.025)",
        "High (0.025)",
        "High (0.001)",
    )


def test_a_ratio_is_labelled_by_its_own_interval():
    """Exact 95 % interval of 9 events: 4.115 to 17.085; of none: 0 to 3.689. Byar's of 100: 81.36 to 121.63."""
    events = np.array([9, 9, 0, 0, 100, 100, 100, np.nan], dtype=float)
    expected = np.array([17.08, 17.09, 3.68, 3.69, 81.3, 81.4, 121.7, 5])

    labels = significance(events, expected, kind="ratio", target=1)

    assert labels == (
        "Not significant",
        "Low (0.025)",
        "Not significant",
        "Low (0.025)",
        "High (0.025)",
        "Not significant",
        "Low (0.025)",
        "",
    )


def test_intervals_are_exact_below_ten_events_and_byars_from_ten():
    """Lower ends: of 9 events 4.115 exactly, 4.107 by Byar; of 10 events 4.795 exactly, 4.787 by Byar."""
    labels = significance(np.array([9.0, 10.0]), np.array([4.112, 4.792]), kind="ratio", target=1)

    assert labels == ("High (0.025)", "Not significant")


def test_limits_at_a_unit_lie_on_the_drawn_line():
    events = np.array([3.0, 12.0, 60.0])
    found = funnel([1, 1, 1], stats.chi2.isf(0.025, 2 * (events + 1)) / 2, kind="ratio", method="ohid")

    np.testing.assert_allclose(found.limits.l95 * found.denominators, events, rtol=1e-7)


def test_a_rate_is_per_year_and_per_multiplier():
    table = fingertips_table([30, 60], [1000, 3000], kind="rate", multiplier=1000, years=3)

    average = 90 / 4000
    assert table["baseline"][0] == pytest.approx(22.5)
    people = stats.chi2.isf(0.025, 2 * (table["Events"] + 1)) / 2 / average / 3
    np.testing.assert_allclose(table["lower_2s_population_1_year"], people)
    np.testing.assert_allclose(table["lower_2s_limit"], table["Events"] / (people * 3) * 1000)
    assert (table["Events"][0], table["Events"][-1], len(table["Events"])) == (1, 100, 100)


def test_counts_are_shown_as_what_exceeds_one():
    isr, count = (
        fingertips_table([5, 6], [5, 6], kind="ratio", ratio_type=name) for name in ("isr", "count")
    )

    np.testing.assert_allclose(isr["upper_3s_limit"] / 100 - 1, count["upper_3s_limit"])


def test_a_proportion_ends_at_one_whatever_it_is_multiplied_by():
    ours, theirs = (
        fingertips_table([2, 20], [5, 50], kind="proportion", multiplier=1, upstream=up)
        for up in (False, True)
    )

    assert (ours["upper_3s_limit"][0], round(theirs["upper_3s_limit"][0], 3)) == (1, 1.914)


def test_the_axis_starts_near_the_smallest_unit_where_all_are_alike():
    table = fingertips_table([50, 60], [1000, 1900], kind="proportion")

    assert (table["Population"][0], table["Population"][-1]) == (900, 2000)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: fingertips_table([1], [2], kind="ratio-of-counts"), errors.Unknown),
        (lambda: fingertips_table([1], [2], kind="ratio", ratio_type="smr"), errors.Unknown),
        (lambda: fingertips_table([1], [-2], kind="ratio"), errors.OutOfRange),
        (lambda: fingertips_table([-1], [2], kind="ratio"), errors.OutOfRange),
        (lambda: fingertips_table([0], [2], kind="rate"), errors.NotDetermined),
        (lambda: fingertips_table([], [], kind="ratio"), errors.NotDetermined),
        (lambda: fingertips_table(["x"], [1], kind="ratio"), errors.NotANumber),
    ],
)
def test_what_has_no_lines_is_refused(call, error):
    with pytest.raises(error):
        call()
