"""One site's rows, checked, without those that miss a value, in order of time."""

from typing import NamedTuple

import numpy as np

from labengines.spc.effects.design import after_the_change
from labengines.spc.errors import MissingColumn, OutOfRange, Repeated, Unknown
from labengines.spc.inputs import at_least, floats, one_of

KINDS = ("continuous", "count", "proportion")


class Series(NamedTuple):
    """Columns (n,), oldest first: time, its position among all rows (from 0), values, sizes (1 without), after."""

    time: np.ndarray
    position: np.ndarray
    values: np.ndarray
    sizes: np.ndarray
    after: np.ndarray


def read(values, *, kind, denominators=None, time=None, after=None, change=None):
    """Series of the rows that miss nothing. Raises EngineError naming the first row that is wrong.

    change counts the rows in order of time, those that miss a value too.
    """
    one_of(kind, KINDS, field="kind")
    values = floats(values, field="values")
    sizes = _sizes(values, kind, denominators)
    time = np.arange(1.0, len(values) + 1) if time is None else floats(time, field="time", length=len(values))
    order = np.argsort(time, kind="stable")
    after = after_the_change(len(values), after=after, change=change)
    if change is None:
        after = after[order]
    time, values, sizes = time[order], values[order], sizes[order]
    kept = np.isfinite(time + values + sizes)
    series = Series(time[kept], np.flatnonzero(kept), values[kept], sizes[kept], after[kept])
    _expect_one_change(series)
    return series


def _expect_one_change(series):
    for row in np.flatnonzero(np.diff(series.time) == 0):
        raise Repeated(field="time", value=float(series.time[row]))
    for row in np.flatnonzero(np.diff(series.after) < 0):
        raise OutOfRange(field="after", row=int(row) + 2, value=0.0, allowed="1 from the change on")


def _sizes(values, kind, denominators):
    if kind == "continuous":
        if denominators is not None:
            raise Unknown(field="denominators", value="given", choices=("count", "proportion"))
        return np.ones_like(values)
    at_least(values, 0, field="values")
    if denominators is None:
        if kind == "proportion":
            raise MissingColumn(field="denominators", kind=kind)
        return np.ones_like(values)
    sizes = floats(denominators, field="denominators", length=len(values))
    at_least(sizes, 0, field="denominators", strictly=True)
    if kind == "proportion":
        for row in np.flatnonzero(values > sizes):
            raise OutOfRange(
                field="values", row=int(row) + 1, value=float(values[row]), allowed=f"up to {sizes[row]:g}"
            )
    return sizes
