"""A line through values of which neighbours are alike: generalised least squares, AR(1), by REML.

Pinheiro & Bates, Mixed-Effects Models in S and S-PLUS (2000), section 5.3; the log-likelihood is the one that
nlme's gls prints. The correlation is found along a grid and then by Brent's method between its neighbours.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from labengines.spc.effects.least_squares import independent, solve

GRID = np.tanh(np.linspace(-3.8, 3.8, 39))  # -0.999 .. 0.999


class Fit(NamedTuple):
    """estimate (p,), covariance (p, p), rho, sigma, reml_loglik, df; at_bound: rho is at the grid's end."""

    estimate: np.ndarray
    covariance: np.ndarray
    rho: float
    sigma: float
    reml_loglik: float
    df: int
    at_bound: bool


def fit(matrix, values, *, position=None, rho=None):
    """Fit of values (n,) on matrix (n, p) of full rank.

    position: (n,) whole numbers, rising; rows that are k apart correlate by rho**k (None: 1, 2, 3 ...).
    rho: a fixed correlation, 0 for ordinary least squares; None to estimate it.
    Raises NotDetermined("values") where the columns explain the values entirely.
    """
    gaps = np.diff(np.arange(len(values)) if position is None else position)
    df = len(values) - matrix.shape[1]
    table = independent(matrix, values)
    found, at_bound = _lowest(lambda trial: _loss(table, gaps, trial, df)) if rho is None else (rho, False)
    whitened, log_spread = _whitened(np.column_stack([matrix, values]), gaps, found)
    solved = solve(whitened[:, :-1], whitened[:, -1])
    loss = df * np.log(solved.rss) + 2 * log_spread + solved.log_determinant
    reml_loglik = float(-0.5 * (loss + df * (np.log(2 * np.pi / df) + 1)))
    sigma = float(np.sqrt(solved.rss / df))
    return Fit(solved.estimate, sigma**2 * solved.inverse, found, sigma, reml_loglik, df, at_bound)


def _whitened(table, gaps, rho):
    """The rows made independent of each other, and half the logarithm of the correlations' determinant."""
    carried = rho**gaps
    spread = np.sqrt(1 - carried**2)
    later = (table[1:] - carried[:, None] * table[:-1]) / spread[:, None]
    return np.vstack([table[:1], later]), np.log(spread).sum()


def _loss(table, gaps, rho, df):
    """Minus twice the restricted log-likelihood, but for a constant, from the factor of the cross products."""
    whitened, log_spread = _whitened(table, gaps, rho)
    logs = np.log(np.diag(np.linalg.cholesky(whitened.T @ whitened)))
    return 2 * (df * logs[-1] + log_spread + logs[:-1].sum())


def _lowest(loss):
    """The correlation with the lowest loss, and whether it is at the end of the grid."""
    losses = [loss(rho) for rho in GRID]
    best = int(np.argmin(losses))
    if best in (0, len(GRID) - 1):
        return float(GRID[best]), True
    between = (GRID[best - 1], GRID[best + 1])
    found = minimize_scalar(loss, bounds=between, method="bounded", options={"xatol": 1e-10})
    return float(found.x), False
