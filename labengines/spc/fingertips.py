"""Funnels as OHID's Fingertips shows them: the labels of areas and the table that draws the lines.

Rules: OHID, Fingertips public health technical guidance; package PHEindicatormethods 2.1.0.
"""

import math

import numpy as np
from scipy import stats

from labengines.spc.errors import NotDetermined
from labengines.spc.funnel_limits import checked_sizes
from labengines.spc.inputs import at_least, floats, frozen, one_of

KINDS = ("proportion", "ratio", "rate")
NOT_SIGNIFICANT = "Not significant"
ROWS = 100
TAILS = {"2s": 0.025, "3s": 0.001}


def significance(numerators, denominators, *, kind, target):
    """A label for each unit (n,): "High (0.001)", "High (0.025)", "Low (0.001)", "Low (0.025)",
    "Not significant", or "" without a value.

    A proportion is judged by the Wilson score around the target; a ratio or rate by whether the target
    lies outside the unit's own Poisson interval, exact below 10 events, by Byar's approximation from 10.
    """
    ends = _shares if kind == "proportion" else _poisson_interval
    label = np.where(np.isnan(numerators), "", NOT_SIGNIFICANT).astype(object)
    for tail in (0.025, 0.001):
        high, low = ends(numerators, denominators, target, tail)
        label[low] = f"Low ({tail})"
        label[high] = f"High ({tail})"
    return tuple(label)


def fingertips_table(
    numerators, denominators, *, kind, multiplier=100, years=1, ratio_type="isr", upstream=False
):
    """The 100 rows from which a Fingertips funnel is drawn: dict of name to array (100,).

    numerators, denominators: events and population, expected events or person-years of the units (n,).
    kind: "proportion", "ratio" or "rate". multiplier: of proportions and rates. years: that a rate's
    denominators cover. ratio_type: "isr" (limits times 100) or "count" (limits less 1).
    A limit is the value at which the interval of a unit ends on the average. upstream: True repeats a
    fault of the package, which cuts a proportion's limit at 100 whatever the multiplier.
    """
    one_of(kind, KINDS, field="kind")
    one_of(ratio_type, ("isr", "count"), field="ratio_type")
    events = floats(numerators, field="numerators")
    sizes = checked_sizes(denominators, length=len(events))
    at_least(events, 0, field="numerators")
    if np.isnan(events + sizes).all() or (kind == "rate" and not np.nansum(events)):
        raise NotDetermined(field="limits")
    average = float(np.nansum(events) / np.nansum(sizes))
    grid = _grid(np.nanmin(sizes), np.nanmax(sizes), kind=kind, years=years, average=average)
    if kind == "proportion":
        table = _proportion_rows(grid, average, multiplier, most=100 if upstream else multiplier)
    elif kind == "ratio":
        table = _ratio_rows(grid, ratio_type)
    else:
        table = _rate_rows(grid, average, multiplier, years)
    return {name: frozen(column) for name, column in table.items()}


def _shares(events, sizes, target, tail):
    half = stats.norm.isf(tail) * np.sqrt(target * (1 - target) / sizes)
    return events / sizes > target + half, events / sizes < target - half


def _poisson_interval(events, sizes, target, tail):
    lower = np.where(events < 10, _exact(events, tail, 0), _byar(events, -stats.norm.isf(tail)))
    upper = np.where(events < 10, _exact(events, 1 - tail, 1), _byar(events + 1, stats.norm.isf(tail)))
    return target < lower / sizes, target > upper / sizes


def _exact(events, share, more):
    freedom = 2 * (events + more)
    return np.where(freedom > 0, stats.chi2.ppf(share, np.where(freedom > 0, freedom, 1)), 0) / 2


def _byar(events, z):
    events = np.maximum(events, 1)
    return events * (1 - 1 / (9 * events) + z / (3 * np.sqrt(events))) ** 3


def _proportion_rows(population, average, multiplier, *, most):
    table = {"Population": population}
    for name, tail in TAILS.items():
        half = stats.norm.isf(tail) * np.sqrt(average * (1 - average) / population)
        table[f"lower_{name}_limit"] = np.maximum(0, average - half) * multiplier
        table[f"upper_{name}_limit"] = np.minimum(most, (average + half) * multiplier)
    return table | {"baseline": np.full(ROWS, average * multiplier)}


def _ratio_rows(events, ratio_type):
    table = {"Observed_events": events}
    for name, tail in TAILS.items():
        for side, expected in _expected(events, tail).items():
            limit = events / expected
            table[f"{side}_{name}_exp_events"] = expected
            table[f"{side}_{name}_limit"] = limit * 100 if ratio_type == "isr" else limit - 1
    return table


def _rate_rows(events, average, multiplier, years):
    table = {"Events": events}
    for name, tail in TAILS.items():
        for side, expected in _expected(events, tail).items():
            table[f"{side}_{name}_population_1_year"] = expected / average / years
            table[f"{side}_{name}_limit"] = events / (expected / average) * multiplier
    return table | {"baseline": np.full(ROWS, average * multiplier)}


def _expected(events, tail):
    """Expected events at which so many observed ones lie on the lower and on the upper limit."""
    return {
        "lower": stats.chi2.isf(tail, 2 * (events + 1)) / 2,
        "upper": stats.chi2.ppf(tail, 2 * events) / 2,
    }


def _grid(smallest, largest, *, kind, years, average):
    """100 whole numbers from the start to about the end of the axis, closer where small."""
    per_year = years if kind == "rate" else 1
    start = 0 if largest > 2 * smallest else _rounded_down(smallest / per_year) * per_year
    end = _rounded_up(largest / per_year) * per_year
    if kind == "rate":
        start, end = math.floor(start * average), math.ceil(end * average)
    grid = [max(1.0, start)]
    for row in range(2, ROWS + 1):
        steps = ROWS + 2 - row if kind == "ratio" else ROWS + 1 - row
        grid.append(max(np.round((end / grid[-1]) ** (1 / steps) * grid[-1]), grid[-1] + 1))
    return np.array(grid, dtype=float)


def _rounded_down(value):
    """95 % of a value, cut to its first digit, where an axis begins."""
    unit = 10.0 ** (len(str(math.floor(value * 0.95))) - 1)
    return math.floor(value * 0.95 / unit) * unit


def _rounded_up(value):
    """105 % of a value, raised to its second digit, where an axis ends."""
    unit = 10.0 ** (len(str(math.ceil(value * 1.05))) - 2)
    return math.ceil(value * 1.05 / unit) * unit
