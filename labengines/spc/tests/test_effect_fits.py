"""The fits themselves, against numbers that were printed elsewhere or follow by hand."""

import numpy as np
import pytest

from labengines.spc.effects import glm, gls, least_squares
from labengines.spc.errors import NotDetermined
from labengines.spc.tests.effect_cases import reference


def printed(value):
    return pytest.approx(value, abs=0.5 * 10 ** -len(str(value).split(".")[1]))


def test_poisson_gives_the_numbers_of_dobsons_trial():
    # Dobson, An Introduction to Generalized Linear Models (1990), p. 93; as printed by R's example(glm)
    counts = np.array([18.0, 17, 15, 20, 10, 20, 25, 13, 12])
    outcome, treatment = np.tile([1, 2, 3], 3), np.repeat([1, 2, 3], 3)
    dummies = [outcome == 2, outcome == 3, treatment == 2, treatment == 3]
    matrix = np.column_stack([np.ones(9), *dummies]).astype(float)
    fit = glm.fit(matrix, counts, glm.Poisson, size=np.ones(9))
    assert list(fit.estimate[:3]) == [printed(3.045), printed(-0.4543), printed(-0.2930)]
    assert list(np.sqrt(np.diag(fit.covariance))[:3]) == [printed(0.1709), printed(0.2022), printed(0.1927)]
    assert (fit.deviance, fit.dispersion, fit.df) == (printed(5.1291), printed(1.2933), 4)
    assert 2 * 5 - 2 * fit.loglik == printed(56.76)  # Akaike's criterion


def test_binomial_gives_the_log_odds_ratio_of_a_fourfold_table():
    matrix = np.column_stack([np.ones(4), [0, 0, 1, 1]]).astype(float)
    fit = glm.fit(matrix, np.array([10.0, 20, 5, 10]), glm.Binomial, size=np.array([50.0, 50, 60, 40]))
    assert fit.estimate[1] == pytest.approx(np.log(15 * 70 / (85 * 30)))
    assert np.sqrt(fit.covariance[1, 1]) == pytest.approx(np.sqrt(1 / 15 + 1 / 85 + 1 / 30 + 1 / 70))


def test_a_poisson_fit_reproduces_the_totals_on_both_sides():
    rng = np.random.default_rng(5)
    counts, size, after = rng.poisson(3, 30).astype(float), rng.uniform(1, 9, 30), np.repeat([0.0, 1], 15)
    fit = glm.fit(np.column_stack([np.ones(30), after]), counts, glm.Poisson, size=size)
    assert [fit.fitted[after == side].sum() for side in (0, 1)] == pytest.approx(
        [counts[:15].sum(), counts[15:].sum()]
    )


def test_an_estimate_that_runs_off_is_refused():
    matrix = np.column_stack([np.ones(8), np.repeat([0.0, 1], 4)])
    with pytest.raises(NotDetermined):
        glm.fit(matrix, np.array([3.0, 4, 2, 5, 0, 0, 0, 0]), glm.Poisson, size=np.ones(8))
    with pytest.raises(NotDetermined):
        glm.fit(matrix, np.array([3.0, 4, 2, 5, 9, 9, 9, 9]), glm.Binomial, size=np.full(8, 9.0))


def test_ar1_gives_the_numbers_of_nlme():
    columns, expected = reference("its-random-gls-1")
    y, post, time = (np.array(columns[name], dtype=float) for name in ("y", "post", "time"))
    fit = gls.fit(np.column_stack([np.ones_like(y), post, time]), y)
    assert fit.estimate == pytest.approx(expected["estimate"], rel=1e-5)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(expected["std_error"], rel=1e-5)
    found = (fit.rho, fit.sigma, fit.reml_loglik, fit.df)
    assert found == pytest.approx(
        [expected[name] for name in ("rho", "sigma", "reml_loglik", "df_t")], rel=1e-5
    )


def test_without_correlation_it_is_least_squares():
    rng = np.random.default_rng(2)
    matrix, values = np.column_stack([np.ones(20), np.arange(20.0)]), rng.normal(size=20)
    fit = gls.fit(matrix, values, rho=0.0)
    estimate, rss = np.linalg.lstsq(matrix, values)[:2]
    assert fit.estimate == pytest.approx(estimate)
    assert fit.sigma == pytest.approx(np.sqrt(rss[0] / 18))


def test_no_other_correlation_is_more_likely():
    columns, _ = reference("its-random-gls-1")
    y = np.array(columns["y"])
    matrix = np.column_stack([np.ones_like(y), np.arange(len(y))])
    best = gls.fit(matrix, y)
    others = [gls.fit(matrix, y, rho=best.rho + away).reml_loglik for away in (-0.1, -1e-3, 1e-3, 0.1)]
    assert max(others) < best.reml_loglik


def test_a_gap_weakens_the_correlation_as_often_as_rows_are_missing():
    rng = np.random.default_rng(3)
    values, position = rng.normal(size=12), np.delete(np.arange(15), [4, 5, 9])
    matrix, rho = np.column_stack([np.ones(12), position]), 0.6
    correlation = rho ** np.abs(position[:, None] - position)
    inverse = np.linalg.inv(correlation)
    expected = np.linalg.solve(matrix.T @ inverse @ matrix, matrix.T @ inverse @ values)
    assert gls.fit(matrix, values, position=position, rho=rho).estimate == pytest.approx(expected)


def test_values_on_a_line_leave_nothing_to_estimate():
    matrix = np.column_stack([np.ones(9), np.arange(9.0)])
    for values in (np.arange(9.0) * 2 + 1, np.zeros(9), np.full(9, 7.0)):
        with pytest.raises(NotDetermined):
            gls.fit(matrix, values)


def test_a_column_that_repeats_others_is_named():
    matrix = np.column_stack([np.ones(6), np.arange(6.0), 3 - np.arange(6.0)])
    with pytest.raises(NotDetermined) as refusal:
        least_squares.expect_determined(matrix, ("level", "time", "remaining"))
    assert refusal.value.params == {"field": "remaining"}
