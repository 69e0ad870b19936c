"""The run chart rules of the Institute for Healthcare Improvement: shift, trend, number of runs.

Source: Perla, Provost and Murray (2011), The run chart: a simple analytical tool for learning
from variation in healthcare processes, BMJ Quality & Safety. Bounds on the number of runs are
the exact 2.5 % tails of its distribution (Swed and Eisenhart 1943, n1 = n // 2), since public
copies of the printed table differ from each other.
"""

from functools import cache
from math import comb

import numpy as np

from labengines.spc.stretches import directions, long_ones, sides, stretches
from labengines.spc.types.charts import RunCount

TAIL = 0.025


def shifts(values, centre, *, length=6):
    """Each run of `length` or more points on one side of the centre line.

    values: float (n,). Points on the line and missing ones neither count nor end a run.
    Returns [(places of its points from 0, +1 above or -1 below), ...].
    """
    side = sides(values, centre)
    off = np.flatnonzero(side)
    return [(off[start:stop], code) for start, stop, code in long_ones(side[off], length)]


def trends(values, *, length=5):
    """Each run of `length` or more points that all rise or all fall; a repeat is ignored.

    values: float (n,), missing ones left out. Returns [(places from 0, +1 or -1), ...].
    """
    present = np.flatnonzero(~np.isnan(values))
    if not len(present):
        return []
    moved = present[np.concatenate(([True], np.diff(values[present]) != 0))]
    steps = directions(values[moved])
    return [(moved[start : stop + 1], code) for start, stop, code in long_ones(steps, length - 1)]


def number_of_runs(values, centre):
    """How many runs there are about the centre line, and how many chance would make. Returns RunCount."""
    side = sides(values, centre)
    side = side[side != 0]
    runs = len(stretches(side)[0])
    low, high = runs_expected(len(side))
    verdict = "expected"
    if low is not None:
        verdict = "few" if runs < low else "many" if runs > high else "expected"
    return RunCount(len(side), runs, low, high, verdict)


@cache
def runs_expected(useful):
    """(fewest, most) runs that chance explains among `useful` points; (None, None) under 10."""
    if useful < 10:
        return None, None
    chances = [_chance(runs, useful // 2, useful - useful // 2) for runs in range(2, useful + 1)]
    below, above = np.cumsum(chances), np.cumsum(chances[::-1])
    return int(2 + np.sum(below <= TAIL)), int(useful - np.sum(above <= TAIL))


def _chance(runs, n1, n2):
    """Probability of exactly `runs` runs in a row of n1 and n2 things of two kinds in random order."""
    half = runs // 2
    if runs % 2 == 0:
        ways = 2 * comb(n1 - 1, half - 1) * comb(n2 - 1, half - 1)
    else:
        ways = comb(n1 - 1, half) * comb(n2 - 1, half - 1) + comb(n1 - 1, half - 1) * comb(n2 - 1, half)
    return ways / comb(n1 + n2, n1)
