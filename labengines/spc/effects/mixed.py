"""Sites that differ in level: a mixed model with a random intercept, by REML, on plain sums over sites.

Laird & Ware, Biometrics 1982;38:963-974; Hussey & Hughes, Contemp Clin Trials 2007;28:182-191 for staggered starts.
The likelihood is a function of one number only, site variance over residual variance, and is searched along a
ladder and then by Brent's method. Numbers are those of lme4.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from labengines.spc.effects.least_squares import solve
from labengines.spc.errors import NotDetermined

LADDER = np.concatenate([[0.0], np.geomspace(1e-6, 1e6, 61)])  # ratios tried first


class Fit(NamedTuple):
    """estimate (p,), covariance (p, p), ratio of variances, sigma of rows, reml_loglik."""

    estimate: np.ndarray
    covariance: np.ndarray
    ratio: float
    sigma: float
    reml_loglik: float


def fit(matrix, values, site):
    """Fit of values (n,) on matrix (n, p) of full rank; site (n,): 0 .. sites - 1, each at least once.

    Raises NotDetermined("values") where nothing is left to differ within sites.
    """
    df = len(values) - matrix.shape[1]
    table = np.column_stack([matrix, values])
    ratio = _lowest(lambda trial: _loss(table, site, trial, df))
    solved, log_determinant = _solved(table, site, ratio)
    if solved.rss <= 1e-20 * (values @ values):
        raise NotDetermined(field="values")
    sigma2 = solved.rss / df
    loss = df * np.log(solved.rss) + log_determinant + solved.log_determinant
    loglik = float(-0.5 * (loss + df * (np.log(2 * np.pi / df) + 1)))
    return Fit(solved.estimate, sigma2 * solved.inverse, ratio, float(np.sqrt(sigma2)), loglik)


def whitened(table, site, ratio):
    """The rows of table (n, c) with the likeness within sites taken out, so that least squares fit."""
    sizes = np.bincount(site)
    kept = (1 - 1 / np.sqrt(1 + ratio * sizes))[site]
    return table - kept[:, None] * means(table, site)[site]


def means(table, site):
    """The mean row of each site, (sites, c)."""
    sums = np.stack([np.bincount(site, weights=column) for column in table.T], axis=1)
    return sums / np.bincount(site)[:, None]


def _solved(table, site, ratio):
    """Solved at one ratio, and the logarithm of the determinant of the rows' covariance over sigma squared."""
    rows = whitened(table, site, ratio)
    return solve(rows[:, :-1], rows[:, -1]), np.log1p(ratio * np.bincount(site)).sum()


def _loss(table, site, ratio, df):
    solved, log_determinant = _solved(table, site, ratio)
    return df * np.log(max(solved.rss, np.finfo(float).tiny)) + log_determinant + solved.log_determinant


def _lowest(loss):
    losses = [loss(ratio) for ratio in LADDER]
    best = int(np.argmin(losses))
    bounds = (LADDER[max(best - 1, 0)], LADDER[min(best + 1, len(LADDER) - 1)])
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10 * bounds[1]})
    return float(found.x) if found.fun < losses[best] else float(LADDER[best])
