"""The decision about a change, at each of its edges."""

import numpy as np
import pytest

from labengines.spc import verdict
from labengines.spc.errors import OutOfRange, TooFewPoints, Unknown
from labengines.spc.false_alarms import AFTER, ALIKE, BEFORE, SHARES, chance

CALM = [50, 54, 47, 52, 49, 53, 46, 51, 55, 48, 50, 52]  # twelve points, no signal, mean 50.58
AROUND = [49, 53, 48, 54, 47, 52]


def decided(after, **declared):
    made = verdict([*CALM, *after], "i", change=len(CALM) + 1, direction="decrease", **declared)
    return made.outcome, made.points


@pytest.mark.parametrize(
    ("after", "outcome", "points"),
    [
        ([49] * 8, "improved", (13, 20)),
        ([49] * 7 + [52], "no evidence of change", None),
        ([52] * 8, "worse", (13, 20)),
        ([49] * 7, "too early", None),
        ([49] * 7 + [None], "too early", None),
        ([52] + [49] * 4 + [None] + [49] * 4, "improved", (14, 22)),
        ([52] * 8 + [49] * 8, "improved", (21, 28)),
        ([*AROUND, *AROUND], "no evidence of change", None),
        ([], "too early", None),
    ],
)
def test_eight_points_in_a_row_after_the_change_decide(after, outcome, points):
    if after:
        assert decided(after) == (outcome, points)
    else:
        with pytest.raises(OutOfRange):
            decided(after)


def test_points_on_the_frozen_centre_line_are_skipped():
    centre = sum(CALM) / len(CALM)
    assert decided([49, 49, 49, centre, 49, 49, 49, 49]) == ("no evidence of change", None)
    assert decided([49, 49, 49, centre, 49, 49, 49, 49, 49]) == ("improved", (13, 21))


def test_the_centre_line_stays_that_of_the_baseline():
    made = verdict([*CALM, *[40] * 12], "i", change=13, direction="decrease")
    assert np.unique(made.chart.centre).tolist() == [pytest.approx(sum(CALM) / 12)]


def test_a_run_that_began_before_the_change_does_not_count():
    values = [*CALM, 49, 49, 49, *[49] * 7, 53]
    made = verdict(values, "i", change=16, direction="decrease", baseline=12)
    assert (made.outcome, made.points) == ("no evidence of change", None)


def test_a_baseline_with_a_point_outside_or_with_signalling_runs_gives_no_verdict():
    outside = verdict([*CALM[:-1], 90, *[40] * 8], "i", change=13, direction="decrease")
    runs = verdict([*[49, 48] * 4, *[52, 53] * 4, *[40] * 8], "i", change=17, direction="decrease")
    assert (outside.outcome, outside.reasons, outside.baseline_runs) == ("baseline unstable", (12,), False)
    assert (runs.outcome, runs.reasons, runs.baseline_runs) == ("baseline unstable", (), True)


def test_both_ways_is_said_and_the_later_run_decides():
    made = verdict([*CALM, *[53] * 8, *[48] * 8], "i", change=13, direction="decrease")
    assert (made.outcome, made.both_ways) == ("improved", True)


def test_no_evidence_waits_for_the_follow_up_that_was_declared():
    after = [*AROUND, *AROUND[:3]]
    assert decided(after)[0] == "no evidence of change"
    assert decided(after, follow_up=12)[0] == "too early"


def test_signals_of_the_runs_decide_only_if_declared():
    after = [
        49,
        48,
        52,
        49,
        48,
        49,
        47,
        48,
        49,
        48,
        49,
        52,
        49,
        48,
        49,
        48,
    ]  # 2 crossings of 4 expected at least
    shape = [49] * 7 + [52] + [49] * 7 + [52]
    assert decided(shape) == ("no evidence of change", None)
    assert decided(shape, with_runs=True)[0] == "improved"
    assert decided(after)[0] == "improved"


def test_the_size_is_given_with_twelve_points_on_each_side():
    few = verdict([*CALM, *[44, 47] * 5], "i", change=13, direction="decrease")
    enough = verdict([*CALM, *[44, 47] * 6], "i", change=13, direction="decrease")
    assert few.effect is None
    assert [term.name for term in enough.effect.terms] == ["level", "after", "time"]


def test_counts_and_shares_get_their_own_model():
    n = [100] * 24
    p = verdict([*CALM, *[30, 33] * 6], "p", n, change=13, direction="decrease")
    u = verdict([*CALM, *[30, 33] * 6], "u", n, change=13, direction="decrease")
    assert [made.effect.model for made in (p, u)] == ["quasi-binomial", "quasi-poisson"]


def test_a_change_is_named_by_its_period():
    months = [f"2024-{month:02}" for month in range(1, 13)] + [f"2025-{month:02}" for month in range(1, 9)]
    made = verdict([*CALM, *[49] * 8], "i", subgroups=months, change="2025-01", direction="decrease")
    assert (made.outcome, made.points) == ("improved", (13, 20))


@pytest.mark.parametrize(
    ("declared", "refusal"),
    [
        ({"change": 12}, TooFewPoints),
        ({"change": 1}, OutOfRange),
        ({"change": 99}, OutOfRange),
        ({"change": "May"}, OutOfRange),
        ({"change": 14, "baseline": 15}, OutOfRange),
        ({"change": 13, "follow_up": 7}, OutOfRange),
        ({"change": 13, "looks": 0}, OutOfRange),
        ({"change": 13, "direction": "neutral"}, Unknown),
    ],
)
def test_what_was_not_declared_properly_is_refused(declared, refusal):
    with pytest.raises(refusal):
        verdict([*CALM, *[49] * 9], "i", **({"direction": "decrease"} | declared))


def test_the_caution_gives_the_rate_of_false_alarms_for_these_numbers_of_points():
    made = verdict([*CALM, *AROUND, *AROUND], "i", change=13, direction="decrease")
    assert made.caution == (
        "This rule calls about 3% of unchanged processes improved, "
        "and about 7% if neighbouring points are alike (correlation 0.3)."
    )


def test_several_measures_and_looks_raise_the_chance_of_a_mistake():
    made = verdict([*CALM, *AROUND, *AROUND], "i", change=13, direction="decrease", measures=3, looks=2)
    assert made.any_false_alarm == pytest.approx(1 - (1 - made.false_alarm) ** 6)
    assert made.caution.endswith(
        "With 3 measures looked at 2 times, the chance of at least one such mistake is up to 15%."
    )


def test_neighbours_that_are_alike_are_warned_of():
    drifting = [50, 51, 53, 54, 52, 50, 48, 47, 48, 50, 52, 51, 49, 48, 50, 52]
    made = verdict([*drifting, *AROUND, *AROUND], "i", change=17, direction="decrease")
    assert made.alike
    assert "Here they are alike" in made.caution


def test_cells_of_the_table_of_false_alarms_are_given_as_they_are():
    found = [[chance(b, a, alike=alike) for a in AFTER] for alike in ALIKE for b in BEFORE]
    assert found == [pytest.approx(list(row)) for alike in ALIKE for row in SHARES[alike, False]]


def test_between_and_beyond_the_cells_the_table_is_interpolated_and_held():
    between = chance(15, 10, alike=0.0)
    assert chance(12, 12, alike=0.0) > between > chance(18, 8, alike=0.0)
    assert chance(500, 500, alike=0.0) == chance(48, 60, alike=0.0)


def test_the_table_of_false_alarms_is_what_the_rule_does():
    rng = np.random.default_rng(7)
    values = rng.normal(size=(700, 23))  # eleven points after, for which no size is estimated
    values[:, 1:] *= np.sqrt(1 - 0.3**2)
    for point in range(1, 23):
        values[:, point] += 0.3 * values[:, point - 1]
    outcomes = [verdict(row, "i", change=13, direction="increase").outcome for row in values]
    stable = len(outcomes) - outcomes.count("baseline unstable")
    expected = chance(12, 11, alike=0.3)
    margin = 4 * (expected * (1 - expected) / stable) ** 0.5
    assert abs(outcomes.count("improved") / stable - expected) < margin
