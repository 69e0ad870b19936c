"""Least squares by QR on columns of equal length, and what a fit's covariance says of each term."""

from typing import NamedTuple

import numpy as np

from labengines.spc.errors import NotDetermined
from labengines.spc.intervals import quantile, two_sided
from labengines.spc.types.effects import Term

SMALLEST_PART = 1e-9  # of a column that must not be explained by those before it


class Solved(NamedTuple):
    """estimate (p,), inverse (p, p) of X'X, rss, and the logarithm of X'X's determinant."""

    estimate: np.ndarray
    inverse: np.ndarray
    rss: float
    log_determinant: float


def solve(matrix, values):
    """Solved for matrix (n, p) and values (n,). Raises NotDetermined for columns that repeat each other."""
    length = np.sqrt((matrix**2).sum(axis=0))
    q, r = np.linalg.qr(matrix / length)
    if np.abs(np.diag(r)).min() < SMALLEST_PART**2:
        raise NotDetermined(field="columns")
    inverse = np.linalg.inv(r) / length[:, None]
    turned = values @ q
    rest = values - q @ turned
    log_determinant = 2 * (np.log(np.abs(np.diag(r))).sum() + np.log(length).sum())
    return Solved(inverse @ turned, inverse @ inverse.T, float(rest @ rest), float(log_determinant))


def expect_determined(matrix, names):
    """Raise NotDetermined for the first column (its name) that is zero or repeats those before it."""
    length = np.sqrt((matrix**2).sum(axis=0))
    parts = np.abs(np.diag(np.linalg.qr(matrix / np.where(length > 0, length, 1), mode="r")))
    for column in np.flatnonzero(parts < SMALLEST_PART):
        raise NotDetermined(field=names[column])


def independent(matrix, values):
    """Columns at right angles that span the same as matrix, then what they leave of values, at length one.

    Cross products of these lose no digits. Raises NotDetermined("values") where nothing is left.
    """
    basis = np.linalg.qr(matrix / np.sqrt((matrix**2).sum(axis=0)))[0]
    rest = values - basis @ (values @ basis)
    length = np.sqrt(rest @ rest)
    if length <= 1e-10 * np.abs(values).max():
        raise NotDetermined(field="values")
    return np.column_stack([basis, rest / length])


def terms(names, estimate, covariance, *, level, df=None):
    """Tuple of Term, by Student's t on df degrees of freedom or (None) the normal distribution."""
    reach = quantile((1 + level) / 2, df)
    rows = zip(names, estimate, np.sqrt(np.diag(covariance)), strict=True)
    return tuple(_term(name, float(b), float(se), reach, df) for name, b, se in rows)


def _term(name, estimate, error, reach, df):
    statistic = estimate / error
    low, high = estimate - reach * error, estimate + reach * error
    return Term(name, estimate, error, statistic, two_sided(statistic, df), low, high, df)
