"""What an analyst would write: one series after another in NumPy, nothing of ours."""

import numpy as np
from scipy.stats import binom

from . import LONGEST, made

SERIES = made()
MOST_IN_A_ROW = [0] + [round(np.log2(useful)) + 3 for useful in range(1, LONGEST + 1)]
FEWEST_CROSSINGS = [0] + [int(binom.ppf(0.05, useful - 1, 0.5)) for useful in range(1, LONGEST + 1)]


def act():
    found = [reckoned(values) for values in SERIES]
    return sum(runs for _, _, runs, _ in found), sum(outside > 0 for _, _, _, outside in found)


def reckoned(values):
    """(lower limit, upper limit, whether the runs signal, points outside)."""
    centre = values.mean()
    ranges = np.abs(np.diff(values))
    reach = 3 * ranges[ranges < 3.267 * ranges.mean()].mean() / 1.128
    sides = np.sign(values - centre)
    sides = sides[sides != 0]
    turns = np.flatnonzero(np.diff(sides))
    longest = np.diff(np.concatenate(([-1], turns, [len(sides) - 1]))).max()
    useful = len(sides)
    runs = longest > MOST_IN_A_ROW[useful] or len(turns) < FEWEST_CROSSINGS[useful]
    return centre - reach, centre + reach, bool(runs), int((np.abs(values - centre) > reach).sum())
