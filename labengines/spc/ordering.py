"""Pareto: which few categories make up most of the total."""

import numpy as np

from labengines.spc.inputs import at_least, floats, frozen
from labengines.spc.types.ordering import Pareto


def pareto(categories, counts=None, *, keep_missing=False):
    """Pareto of categories, from the most to the least frequent, ties in alphabetical order.

    categories: names or numbers (n,), one for each row; None and NaN have none. counts: how often each
    row counts (n,), 0 or more, None for once. keep_missing: show rows without a category as None, which
    comes last among its ties. Raises NotANumber, OutOfRange, DifferentLengths.
    """
    names = [None if _is_missing(name) else name for name in categories]
    weights = np.ones(len(names)) if counts is None else floats(counts, field="counts", length=len(names))
    at_least(weights, 0, field="counts")
    totals = {}
    for name, weight in zip(names, np.nan_to_num(weights), strict=True):
        if name is not None or keep_missing:
            totals[name] = totals.get(name, 0.0) + weight
    ordered = sorted(totals, key=lambda name: (-totals[name], alphabetical(name)))
    return _pareto(tuple(ordered), np.array([totals[name] for name in ordered], dtype=float))


def _pareto(categories, counts):
    cumulative = np.cumsum(counts)
    total = cumulative[-1] if counts.size and cumulative[-1] > 0 else np.nan
    arrays = (counts, cumulative, counts / total, cumulative / total)
    return Pareto(categories, *(frozen(array) for array in arrays))


def _is_missing(name):
    """None, NaN, NaT and pandas' NA, told without pandas, which may be absent."""
    is_nan = isinstance(name, float) and np.isnan(name)
    return name is None or is_nan or type(name).__name__ in ("NAType", "NaTType")


def alphabetical(name):
    """Numbers by size, then words by letters, capitals after small ones, then None."""
    if name is None:
        return (2, 0, "", "")
    if isinstance(name, (int, float, np.number)):
        return (0, float(name), "", "")
    return (1, 0, str(name).casefold(), str(name).swapcase())
