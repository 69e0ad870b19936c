"""Sites that differ in level: a mixed model with a random intercept, by REML, on plain sums over sites.

Laird & Ware, Biometrics 1982;38:963-974; Hussey & Hughes, Contemp Clin Trials 2007;28:182-191 for staggered starts.
The likelihood is a function of one number only, site variance over residual variance, and is searched along a
ladder and then by Brent's method. Numbers are those of lme4.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from labengines.spc.effects.least_squares import independent, solve
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

    Raises NotDetermined("values") where hardly anything is left to differ within sites.
    """
    df = len(values) - matrix.shape[1]
    ratio = _lowest(_loss(independent(matrix, values), site, df))
    rows = whitened(np.column_stack([matrix, values]), site, ratio)
    solved = solve(rows[:, :-1], rows[:, -1])
    sigma2 = solved.rss / df
    loss = df * np.log(solved.rss) + _log_determinant(site, ratio) + solved.log_determinant
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


def _log_determinant(site, ratio):
    """Of the rows' covariance over sigma squared."""
    return np.log1p(ratio * np.bincount(site)).sum()


def _loss(table, site, df):
    """Minus twice the restricted log-likelihood but for a constant, as a function of the ratio."""
    sizes = np.bincount(site)
    average = means(table, site)
    apart = table - average[site]
    within = apart.T @ apart

    def loss(ratio):
        """The loss at one ratio of the two variances."""
        between = (average.T * (sizes / (1 + ratio * sizes))) @ average
        logs = np.log(np.diag(np.linalg.cholesky(within + between)))
        return 2 * (df * logs[-1] + logs[:-1].sum()) + _log_determinant(site, ratio)

    return loss


def _lowest(loss):
    losses = [loss(ratio) for ratio in LADDER]
    best = int(np.argmin(losses))
    if best == len(LADDER) - 1:
        raise NotDetermined(field="values")
    bounds = (LADDER[max(best - 1, 0)], LADDER[best + 1])
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10 * bounds[1]})
    return float(found.x) if found.fun < losses[best] else float(LADDER[best])
