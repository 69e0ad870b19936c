"""The size of an effect at one site."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labengines.errors import EngineError
from labengines.spc.effects import effect
from labengines.spc.errors import (
    DifferentLengths,
    MissingColumn,
    NotANumber,
    NotDetermined,
    OutOfRange,
    Repeated,
    TooFewPoints,
    Unknown,
)
from labengines.spc.tests.effect_cases import monthly_counts, reference

SERIES = st.lists(st.floats(-50, 50), min_size=14, max_size=30).filter(lambda rows: np.ptp(rows[2:]) > 1)


def numbers(found):
    return [(term.estimate, term.standard_error, term.p, term.low, term.high) for term in found.terms]


def test_continuous_values_give_the_numbers_of_nlme():
    columns, expected = reference("its-random-gls-1")
    found = effect(columns["y"], time=columns["time"], after=columns["post"])
    order = [expected["term"].index(name) for name in ("(Intercept)", "post", "t")]
    fields = ("estimate", "std_error", "p_value_t", "t_ci_low", "t_ci_high")
    assert numbers(found) == [pytest.approx(tuple(expected[f][i] for f in fields), rel=1e-5) for i in order]
    assert (found.model, found.points_before, found.points_after, found.df) == ("gls-ar1", 24, 24, 45)
    assert (found.ratio, found.dispersion, found.notes) == (None, None, ())
    assert found.facts["measure"] == "step"
    assert not found.facts["excludes_no_change"]


def test_a_drop_in_counts_is_a_rate_ratio_below_one():
    found = effect(**monthly_counts(before=200, after=200, ratio=0.7), kind="count")
    assert found.ratio.estimate == pytest.approx(0.7, abs=0.04)
    assert found.ratio.low < 0.7 < found.ratio.high < 1
    assert found.facts["excludes_no_change"]
    assert found.dispersion == pytest.approx(1, abs=0.2)
    assert found.fitted[-1] / found.without[-1] == pytest.approx(found.ratio.estimate)


def test_a_share_gives_an_odds_ratio():
    rng = np.random.default_rng(8)
    after, trials = np.repeat([0, 1], 300), rng.integers(20, 80, 600)
    found = effect(
        rng.binomial(trials, np.where(after, 0.5, 0.2)), after=after, kind="proportion", denominators=trials
    )
    assert found.model == "quasi-binomial"
    assert found.ratio.estimate == pytest.approx(4, rel=0.1)
    assert np.all((found.observed >= 0) & (found.observed <= 1))


def test_quasi_errors_are_those_of_the_family_times_the_root_of_dispersion():
    months = monthly_counts()
    doubled = {**months, "values": months["values"] * 4, "denominators": months["denominators"] * 4}
    one, four = effect(**months, kind="count"), effect(**doubled, kind="count")
    assert four.dispersion == pytest.approx(4 * one.dispersion)
    assert numbers(four) == [pytest.approx(row) for row in numbers(one)]


def test_a_change_of_slope_is_told_from_the_step():
    time = np.arange(1.0, 61)
    noise = np.random.default_rng(4).normal(0, 0.01, 60)
    values = 10 + 0.5 * time + np.where(time > 40, 3 + 0.25 * (time - 41), 0) + noise
    found = effect(values, change=41, slope_change=True)
    assert found.step.estimate == pytest.approx(3, abs=0.05)
    assert found.slope_change.estimate == pytest.approx(0.25, abs=0.01)
    assert found.without == pytest.approx(10 + 0.5 * time, abs=0.05)
    assert found.fitted == pytest.approx(values, abs=0.05)
    assert effect(values, change=41).slope_change is None


def test_a_season_is_taken_out_of_the_step():
    time = np.arange(1.0, 49)
    values = 20 + 5 * np.cos(2 * np.pi * time / 12) + np.random.default_rng(4).normal(0, 0.1, 48)
    found = effect(values, change=31, season={"period": 12, "pairs": 1})
    assert found.step.estimate == pytest.approx(0, abs=0.2)
    assert [term.name for term in found.terms][3:] == ["sine 1", "cosine 1"]
    assert found.step.standard_error < effect(values, change=31).step.standard_error / 5


def test_the_reference_distribution_changes_intervals_not_estimates():
    months = monthly_counts()
    normal, student = effect(**months, kind="count"), effect(**months, kind="count", reference="t")
    assert normal.step.df is None
    assert student.step.df == student.df == 33
    assert student.step.estimate == normal.step.estimate
    assert student.ratio.high > normal.ratio.high


def test_a_short_side_and_alike_neighbours_are_noted():
    rng = np.random.default_rng(3)
    walk = np.cumsum(rng.normal(size=40))
    notes = {note.code: note.params for note in effect(walk, change=32).notes}
    assert notes["few_points"] == {"before": 31, "after": 9, "advised": 12}
    assert notes["neighbours_alike"]["rho"] > 0.3
    assert "few_points" in {note.code for note in effect(walk, change=12).notes}
    assert "few_points" not in {note.code for note in effect(walk, change=13).notes}


def test_counts_more_regular_than_chance_are_noted():
    found = effect([10, 11] * 15, change=16, kind="count")
    assert "less_spread_than_chance" in {note.code for note in found.notes}


def test_a_missing_month_is_left_out_and_still_spans_time():
    columns, _ = reference("its-random-gls-1")
    values = np.array(columns["y"])
    gappy = values.copy()
    gappy[[5, 30]] = np.nan
    found = effect(gappy, after=columns["post"])
    assert (found.points_before, found.points_after) == (23, 23)
    assert list(found.time) == [t for t in range(1, 49) if t not in (6, 31)]
    closed_up = effect(np.delete(values, [5, 30]), time=found.time, change=24)
    assert found.rho != pytest.approx(closed_up.rho, abs=1e-3)


def test_change_counts_in_order_of_time_and_missing_rows_too():
    rows = [3.0, None, 5.0, 4.0, 9.0, 8.0, 10.0, 8.5]
    by_number = effect(rows[::-1], time=list(range(8, 0, -1)), change=5)
    by_column = effect(rows, after=[0, 0, 0, 0, 1, 1, 1, 1])
    assert numbers(by_number) == [pytest.approx(row) for row in numbers(by_column)]


@given(SERIES, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_is_irrelevant_and_input_unchanged(rows, shuffler):
    values, time = np.array(rows), np.arange(len(rows), dtype=float)
    order = np.array(shuffler.sample(range(len(rows)), len(rows)))
    after = (time >= 7).astype(float)
    kept = values.copy()
    found = effect(values, time=time, after=after)
    other = effect(values[order], time=time[order], after=after[order])
    assert np.array_equal(values, kept)
    assert numbers(other) == numbers(found)


@given(SERIES, st.sampled_from([1e-6, 0.01, 100, 1e6]))
@settings(max_examples=25, deadline=None)
def test_a_larger_unit_scales_the_effect_and_leaves_p(rows, unit):
    found, scaled = effect(rows, change=8), effect(np.array(rows) * unit, change=8)
    scale = found.step.standard_error
    assert scaled.rho == pytest.approx(found.rho, abs=1e-5)
    assert scaled.step.estimate / unit == pytest.approx(found.step.estimate, abs=1e-3 * scale)
    assert scaled.step.standard_error / unit == pytest.approx(scale, rel=1e-3)


@given(st.lists(st.integers(0, 40), min_size=14, max_size=30), st.sampled_from([0.01, 12, 1000]))
@settings(max_examples=25, deadline=None)
def test_another_unit_of_exposure_leaves_the_ratio(counts, unit):
    counts = np.array(counts) + 1
    exposure = np.linspace(1, 3, len(counts))
    found = effect(counts, change=8, kind="count", denominators=exposure)
    other = effect(counts, change=8, kind="count", denominators=exposure * unit)
    assert other.ratio.estimate == pytest.approx(found.ratio.estimate, rel=1e-7)
    assert other.ratio.high == pytest.approx(found.ratio.high, rel=1e-7)


def test_results_are_closed_against_writing():
    found = effect(**monthly_counts(), kind="count")
    for array in (found.time, found.observed, found.fitted, found.without):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


GOOD = {"values": [3.0, 5, 4, 6, 5, 3, 9, 8, 10, 9, 11, 8], "change": 7}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"values": []}, TooFewPoints),
        ({"values": [1.0]}, TooFewPoints),
        ({"values": [np.nan] * 12}, TooFewPoints),
        ({"values": ["many"] * 12}, NotANumber),
        ({"values": [5.0] * 12}, NotDetermined),
        ({"values": [1e308] * 12}, OutOfRange),
        ({"change": None}, Unknown),
        ({"after": [0] * 6 + [1] * 6}, Unknown),
        ({"change": None, "after": [0] * 6 + [2] * 6}, OutOfRange),
        ({"change": None, "after": [0, 1] * 6}, OutOfRange),
        ({"change": None, "after": [0] * 12}, TooFewPoints),
        ({"change": None, "after": [0] * 5}, DifferentLengths),
        ({"change": 1}, OutOfRange),
        ({"change": 6.5}, OutOfRange),
        ({"change": 40}, TooFewPoints),
        ({"time": [1, 1, *range(3, 13)]}, Repeated),
        ({"kind": "ratio"}, Unknown),
        ({"correlation": "ar2"}, Unknown),
        ({"reference": "chi2"}, Unknown),
        ({"level": 95}, OutOfRange),
        ({"level": None}, OutOfRange),
        ({"season": 12}, Unknown),
        ({"season": {"period": 0, "pairs": 1}}, OutOfRange),
        ({"season": {"period": 12, "pairs": 0}}, OutOfRange),
        ({"season": {"period": 2, "pairs": 1}}, OutOfRange),
        ({"season": {"period": 12, "pairs": 6}}, OutOfRange),
        ({"season": {"period": 12, "pairs": 5}}, TooFewPoints),
        ({"denominators": [1] * 12}, Unknown),
        ({"kind": "proportion"}, MissingColumn),
        ({"kind": "proportion", "denominators": [5] * 12}, OutOfRange),
        ({"kind": "count", "denominators": [0] * 12}, OutOfRange),
        ({"kind": "count", "values": [-1.0] * 12}, OutOfRange),
        ({"kind": "count", "values": [0] * 12}, NotDetermined),
        ({"kind": "count", "values": [4] * 6 + [0] * 6}, NotDetermined),
    ],
)
def test_what_cannot_be_answered_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        effect(**{**GOOD, **wrong})


ANY = st.one_of(st.none(), st.integers(-3, 9), st.floats(0, 1e3), st.floats())


@given(
    st.one_of(
        st.lists(ANY, max_size=16), st.lists(st.floats(0, 1e99), min_size=8), st.lists(st.text(max_size=2))
    ),
    st.integers(2, 12),
    st.sampled_from(["ar1", None]),
    st.sampled_from(["continuous", "count"]),
)
@settings(max_examples=200, deadline=None)
def test_any_rows_give_finite_numbers_or_a_refusal(rows, change, correlation, kind):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = effect(rows, change=change, kind=kind, correlation=correlation)
        except EngineError:
            return
    assert np.isfinite(numbers(found)).all()
