"""Runs analysis: are points too often on one side, or do they cross too seldom?"""

from functools import cache

import numpy as np
from scipy.special import bdtr

from labengines.spc import boxes
from labengines.spc.stretches import sides, stretches
from labengines.spc.types.charts import Runs

METHODS = ("anhoej", "best-box", "cut-box")


def runs_analysis(values, centre, *, method="anhoej"):
    """Longest run and crossings of one phase.

    values: float (n,), the points that count, missing ones NaN. centre: number or (n,).
    method: "anhoej", or "best-box" or "cut-box", which hold for 10 to 100 useful points and
    are Anhoej's rules elsewhere. Points on the centre line neither add to a run nor end it.
    Returns Runs. No fewest number of points is asked for; under 10 the rules are weak.
    Source: Anhoej and Olesen (2014), Run charts revisited, PLOS ONE.
    """
    side = sides(values, centre)
    side = side[side != 0]
    useful = len(side)
    if not useful:
        return Runs(method, len(values), 0, None, None, None, None, signal=False)
    starts, stops, _ = stretches(side)
    longest, crossings = int((stops - starts).max()), len(starts) - 1
    longest_max, crossings_min = longest_run_max(useful), crossings_fewest(useful)
    signal = _signal(method, useful, crossings, longest)
    return Runs(method, len(values), useful, longest, longest_max, crossings, crossings_min, signal)


def longest_run_max(useful):
    """Longest run that chance explains among `useful` points: round(log2 n) + 3."""
    return round(np.log2(useful)) + 3


@cache
def crossings_fewest(useful):
    """Fewest crossings that chance explains: the 5 % quantile of a binomial law (n - 1, 1/2)."""
    if useful < 2:
        return 0
    return int(np.searchsorted(bdtr(np.arange(useful), useful - 1, 0.5), 0.05))


def _signal(method, useful, crossings, longest):
    if method != "anhoej" and boxes.FEWEST <= useful <= boxes.MOST:
        box = boxes.best_box if method == "best-box" else boxes.cut_box
        return box(useful, crossings, longest)
    return longest > longest_run_max(useful) or crossings < crossings_fewest(useful)
