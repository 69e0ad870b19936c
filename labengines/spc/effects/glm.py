"""Counts on exposure (Poisson, logarithm) and events among trials (binomial, log odds), with dispersion.

McCullagh & Nelder, Generalized Linear Models (1989): iterated weighted least squares; the quasi-likelihood
standard errors are those of the family times the root of Pearson's dispersion.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import expit, gammaln, xlog1py, xlogy

from labengines.spc.effects.least_squares import solve
from labengines.spc.errors import NotDetermined

STEPS = 60
CLOSE = 1e-9  # change of the linear predictor between two steps
FARTHEST = 500  # of the linear predictor from zero


class Fit(NamedTuple):
    """estimate (p,), covariance (p, p) at dispersion 1, fitted (n,) counts, dispersion, df, deviance, loglik."""

    estimate: np.ndarray
    covariance: np.ndarray
    fitted: np.ndarray
    dispersion: float
    df: int
    deviance: float
    loglik: float


class Poisson:
    """Counts with mean size * exp(predictor)."""

    @staticmethod
    def mean(predictor, size):
        """Expected counts (n,) from the linear predictor (n,)."""
        return size * np.exp(np.clip(predictor, -FARTHEST, FARTHEST))

    @staticmethod
    def variance(mean, _size):
        """Variance (n,) of counts with that mean."""
        return mean

    @staticmethod
    def first(counts, size):
        """Linear predictor (n,) to begin from."""
        return np.log((counts + 0.1) / size)

    @staticmethod
    def loglik(counts, mean, _size):
        """Log-likelihood of counts with that mean."""
        return float((xlogy(counts, mean) - mean - gammaln(counts + 1)).sum())


class Binomial:
    """Events among size trials, with log odds predictor."""

    @staticmethod
    def mean(predictor, size):
        """Expected counts (n,) from the linear predictor (n,)."""
        return size * expit(predictor)

    @staticmethod
    def variance(mean, size):
        """Variance (n,) of counts with that mean."""
        return mean * (1 - mean / size)

    @staticmethod
    def first(counts, size):
        """Linear predictor (n,) to begin from."""
        return np.log((counts + 0.5) / (size - counts + 0.5))

    @staticmethod
    def loglik(counts, mean, size):
        """Log-likelihood of counts with that mean."""
        ways = gammaln(size + 1) - gammaln(counts + 1) - gammaln(size - counts + 1)
        return float((ways + xlogy(counts, mean / size) + xlog1py(size - counts, -mean / size)).sum())


def fit(matrix, counts, family, *, size):
    """Fit of counts (n,) on matrix (n, p) of full rank; size (n,): exposure or trials, more than zero.

    Raises NotDetermined("values") where an estimate runs off (no events on one side of a change).
    """
    with np.errstate(all="ignore"):
        estimate, covariance = _climb(matrix, counts, family, size)
        mean = family.mean(matrix @ estimate, size)
        residuals = pearson_residuals(counts, mean, family, size)
        df = len(counts) - matrix.shape[1]
        loglik = family.loglik(counts, mean, size)
        deviance = 2 * (family.loglik(counts, counts, size) - loglik)
    return Fit(estimate, covariance, mean, float(residuals @ residuals) / df, df, deviance, loglik)


def pearson_residuals(counts, mean, family, size):
    """(counts - mean) / standard deviation, (n,)."""
    return (counts - mean) / np.sqrt(family.variance(mean, size))


def _climb(matrix, counts, family, size):
    """Newton's steps from the data themselves, shortened where one overshoots."""
    estimate = _step(matrix, family.first(counts, size), counts, family, size).estimate
    for _ in range(STEPS):
        predictor = matrix @ estimate
        solved = _step(matrix, predictor, counts, family, size)
        move = matrix @ (solved.estimate - estimate)
        if np.abs(move).max() < CLOSE * max(1, np.abs(predictor).max()):
            return solved.estimate, solved.inverse
        share = _share(predictor, move, lambda line: family.loglik(counts, family.mean(line, size), size))
        estimate = estimate + share * (solved.estimate - estimate)
    raise NotDetermined(field="values")


def _step(matrix, predictor, counts, family, size):
    mean = family.mean(predictor, size)
    variance = family.variance(mean, size)
    weight = np.sqrt(variance)
    target = weight * (predictor + (counts - mean) / variance)
    if not np.isfinite(target).all() or not (weight > 0).all():
        raise NotDetermined(field="values")
    return solve(matrix * weight[:, None], target)


def _share(predictor, move, height):
    """The largest of 1, 1/2, 1/4 ... of a move that does not lower the likelihood."""
    level = height(predictor)
    shares = 0.5 ** np.arange(20)
    return next(
        (share for share in shares if height(predictor + share * move) >= level - 1e-9 * abs(level)), 0
    )
