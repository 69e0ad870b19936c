"""The constants of control charts.

Source: c4 and what follows from it are exact (Montgomery, Statistical Quality Control,
appendix VI, explains them); d2 and d3 are the values that the R package qcc 3.0 uses.
"""

import numpy as np
from scipy.special import gammaln

MR_SIGMA = 1.128  # d2 of two values: mean moving range / standard deviation
MR_UPPER = 3.267  # D4 of two values: upper limit of a moving range / its mean
NATURAL_WIDTH = 2.66  # natural process limits: mean moving ranges from the centre (Wheeler)
T_POWER = 3.6  # makes waiting times nearly normal (Nelson 1994)
GEOMETRIC_MEDIAN = 0.693  # median / mean of waiting times, ln 2

_D2 = (
    1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336,
    3.407, 3.472, 3.532, 3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
)  # fmt: skip
_D3 = (
    0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378, 0.8078413,
    0.7970584, 0.7873230, 0.7784873, 0.7704257, 0.7630330, 0.7562217, 0.7499188, 0.7440627,
    0.7386021, 0.7334929, 0.7286980, 0.7241851, 0.7199267, 0.7158987, 0.7120802, 0.7084528,
)  # fmt: skip
LARGEST_RANGE = len(_D2) + 1


def c4(sizes):
    """Mean of the standard deviation of `sizes` normal values / sigma; NaN under two values."""
    n = np.where(np.asarray(sizes) > 1, sizes, np.nan).astype(float)
    return np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2))


def d2(sizes):
    """Mean of the range of `sizes` normal values / sigma; NaN outside 2 to 25 values."""
    return _looked_up(_D2, sizes)


def d3(sizes):
    """Standard deviation of the range of `sizes` normal values / sigma; NaN outside 2 to 25 values."""
    return _looked_up(_D3, sizes)


def _looked_up(table, sizes):
    sizes = np.asarray(sizes)
    known = (sizes >= 2) & (sizes <= LARGEST_RANGE)
    return np.where(known, np.asarray(table)[np.where(known, sizes - 2, 0).astype(int)], np.nan)
