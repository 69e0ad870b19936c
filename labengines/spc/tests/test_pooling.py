"""One effect from several sites."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labengines.errors import EngineError
from labengines.spc.errors import (
    DifferentLengths,
    NotANumber,
    NotDetermined,
    OutOfRange,
    TooFewPoints,
    Unknown,
)
from labengines.spc.pooling import METHODS, combine
from labengines.spc.tests.effect_cases import reference

# Thirteen trials of BCG vaccine (Colditz et al., JAMA 1994;271:698-702): tuberculosis and none, vaccinated and not
BCG = np.array(
    [
        [4, 119, 11, 128],
        [6, 300, 29, 274],
        [3, 228, 11, 209],
        [62, 13536, 248, 12619],
        [33, 5036, 47, 5761],
        [180, 1361, 372, 1079],
        [8, 2537, 10, 619],
        [505, 87886, 499, 87892],
        [29, 7470, 45, 7232],
        [17, 1699, 65, 1600],
        [186, 50448, 141, 27197],
        [5, 2493, 3, 2338],
        [27, 16886, 29, 17825],
    ],
    dtype=float,
)
SITES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=2, max_size=9).filter(
    lambda sites: np.ptp([estimate for estimate, _ in sites]) > 0.05
)
COLUMNS = {"estimate": "estimate", "se": "se", "ci_low": "low", "ci_high": "high", "df": "df", "tau2": "tau2"}
COLUMNS |= {"Q": "q", "Qp": "q_p", "I2": "i2", "pi_low": "prediction_low", "pi_high": "prediction_high"}


def log_risk_ratios(table):
    a, b, c, d = table.T
    return np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_the_vaccine_trials_give_the_published_numbers():
    # Viechtbauer, J Stat Softw 2010;36(3), section 3: rma(yi, vi, data = dat) and its fixed-effects fit
    found = combine(*log_risk_ratios(BCG), method="reml", hartung_knapp=False)
    shown = [round(value, 4) for value in (found.estimate, found.se, found.low, found.high, found.tau2)]
    assert shown == [-0.7145, 0.1798, -1.0669, -0.3622, 0.3132]
    assert (round(found.i2, 2), round(found.q, 3), found.q_df) == (92.22, 152.233, 12)
    fixed = combine(*log_risk_ratios(BCG), method="fixed", hartung_knapp=False)
    assert [round(value, 4) for value in (fixed.estimate, fixed.se)] == [-0.4303, 0.0405]
    assert round(combine(*log_risk_ratios(BCG), method="dersimonian-laird").tau2, 4) == 0.3088


@pytest.mark.parametrize("name", ["FE", "DL", "PM", "REML", "DL_HKSJ", "PM_HKSJ", "REML_HKSJ"])
def test_simulated_sites_give_the_numbers_of_metafor(name):
    columns, expected = reference("meta-random-1")
    methods = {"FE": "fixed", "DL": "dersimonian-laird", "PM": "paule-mandel", "REML": "reml"}
    method, _, hartung_knapp = name.partition("_")
    found = combine(columns["yi"], columns["vi"], method=methods[method], hartung_knapp=bool(hartung_knapp))
    got = {field: getattr(found, COLUMNS[field]) for field in expected[name]}
    assert got == pytest.approx(expected[name], rel=1e-9, abs=1e-12)


def test_paule_mandels_variance_makes_the_spread_what_chance_gives():
    y, v = log_risk_ratios(BCG)
    tau2 = combine(y, v, method="paule-mandel").tau2
    w = 1 / (v + tau2)
    assert (w * (y - (w * y).sum() / w.sum()) ** 2).sum() == pytest.approx(12)


def test_no_other_variance_is_more_likely():
    y, v = log_risk_ratios(BCG)

    def likelihood(tau2):
        w = 1 / (v + tau2)
        return np.log(w).sum() - np.log(w.sum()) - (w * (y - (w * y).sum() / w.sum()) ** 2).sum()

    best = combine(y, v).tau2
    assert likelihood(best) > max(likelihood(best + away) for away in (-0.1, -1e-4, 1e-4, 0.1))


def test_sites_that_agree_have_no_variance_between_them():
    for method in METHODS:
        found = combine([0.1, 0.11, 0.09], [0.2, 0.3, 0.4], method=method)
        assert (found.tau2, found.i2) == (0, 0)
        assert "narrower_than_sites_allow" in {note.code for note in found.notes}


def test_the_next_site_is_less_certain_than_the_mean():
    found = combine(*log_risk_ratios(BCG))
    assert found.prediction_low < found.low < found.high < found.prediction_high
    assert math.isnan(combine(*log_risk_ratios(BCG), method="fixed").prediction_low)


def test_fewer_than_five_sites_are_noted():
    y, v = log_risk_ratios(BCG)
    codes = [{note.code for note in combine(y[:k], v[:k]).notes} for k in (4, 5)]
    assert ["few_sites" in found for found in codes] == [True, False]


def test_a_site_without_a_number_is_left_out_and_noted():
    found = combine([0.1, None, 0.4, 0.2], [0.1, 0.1, np.nan, 0.2])
    plain = combine([0.1, 0.2], [0.1, 0.2])
    assert (found.k, found.estimate, found.se) == (2, plain.estimate, plain.se)
    assert {note.code: note.params for note in found.notes}["sites_left_out"] == {"sites": 2}


@given(SITES, st.sampled_from(list(METHODS)), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_sites_is_irrelevant(sites, method, hartung_knapp, shuffler):
    options = {"method": method, "hartung_knapp": hartung_knapp}
    mixed = shuffler.sample(sites, len(sites))
    one, other = (combine(*zip(*rows, strict=True), **options) for rows in (sites, mixed))
    assert other.estimate == pytest.approx(one.estimate, abs=1e-6)
    assert other.se == pytest.approx(one.se, rel=1e-5)


@given(
    SITES, st.sampled_from(list(METHODS)), st.sampled_from([1e-4, 0.1, 1000]), st.sampled_from([-50, 0, 7])
)
@settings(max_examples=60, deadline=None)
def test_another_unit_or_zero_moves_the_estimate_with_it(sites, method, unit, zero):
    y, v = (np.array(column) for column in zip(*sites, strict=True))
    found, moved = combine(y, v, method=method), combine(unit * (y + zero), unit**2 * v, method=method)
    assert moved.estimate / unit - zero == pytest.approx(found.estimate, abs=1e-6)
    assert moved.tau2 / unit**2 == pytest.approx(found.tau2, rel=1e-5, abs=1e-9)
    assert moved.i2 == pytest.approx(found.i2, abs=1e-4)


@given(SITES, st.sampled_from(list(METHODS)))
@settings(max_examples=60, deadline=None)
def test_the_estimate_lies_among_the_sites_and_weights_sum_to_one(sites, method):
    y, v = zip(*sites, strict=True)
    found = combine(y, v, method=method)
    assert min(y) - 1e-9 <= found.estimate <= max(y) + 1e-9
    assert found.weights.sum() == pytest.approx(1)
    assert found.tau2 >= 0
    assert 0 <= found.i2 <= 100


@pytest.mark.parametrize(
    ("estimates", "variances", "options", "refusal"),
    [
        ([], [], {}, TooFewPoints),
        ([1], [1], {}, TooFewPoints),
        ([1, np.nan], [1, 1], {}, TooFewPoints),
        ([1, 2], [1], {}, DifferentLengths),
        ([1, 2], [1, 0], {}, OutOfRange),
        ([1, 2], [1, -1], {}, OutOfRange),
        ([1, "two"], [1, 1], {}, NotANumber),
        ([1, 1e308], [1, 1], {}, OutOfRange),
        ([1, 1], [1, 1], {}, NotDetermined),
        ([1, 2], [1, 1], {"method": "ml"}, Unknown),
        ([1, 2], [1, 1], {"level": 1}, OutOfRange),
    ],
)
def test_what_cannot_be_combined_is_refused(estimates, variances, options, refusal):
    with pytest.raises(refusal):
        combine(estimates, variances, **options)


@given(st.lists(st.tuples(st.floats(), st.floats()), min_size=2, max_size=6), st.sampled_from(list(METHODS)))
@settings(max_examples=200, deadline=None)
def test_any_numbers_give_finite_ones_or_a_refusal(sites, method):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = combine(*zip(*sites, strict=True), method=method)
        except EngineError:
            return
    assert np.isfinite([found.estimate, found.se, found.low, found.high, found.tau2, found.q, found.i2]).all()
