"""From rows as they were collected to one entry for each period."""

import re
from dataclasses import dataclass

import numpy as np

from labengines.spc import inputs
from labengines.spc.errors import NotANumber, TooFewPoints

ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2}([T ].*)?)?")
AGGREGATES = ("mean", "median", "sum", "sd")


@dataclass(frozen=True, eq=False)
class Rows:
    """One entry for each period, oldest first; columns (m,), missing values NaN.

    x: the periods. category: whether they have no order of their own. first_rows: for each
    period the number (from 0) of the first row that belongs to it. rows: how many rows came.
    repeated: a period with more than one row, or None. aggregated: what several rows in one
    period come to. ranges: highest less lowest of them. The rest as in Points.
    """

    x: tuple
    category: bool
    first_rows: np.ndarray
    rows: int
    repeated: object
    numerators: np.ndarray
    denominators: np.ndarray
    sizes: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    ranges: np.ndarray
    aggregated: np.ndarray


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows as they came: values and denominators (n,) or None, and the period of each or None."""

    values: np.ndarray
    denominators: np.ndarray | None
    subgroups: list | None


def read(values, denominators=None, subgroups=None):
    """Columns of numbers. values: (n,), or (m, k) with one row for each of m periods.

    Raises NotANumber, OutOfRange, DifferentLengths.
    """
    values, subgroups = _flat(values, subgroups)
    numbers = inputs.floats(values, field="values")
    sizes = (
        None
        if denominators is None
        else inputs.floats(denominators, field="denominators", length=len(numbers))
    )
    keys = None if subgroups is None else [_key(key) for key in subgroups]
    if keys is not None:
        inputs.expect_length(keys, field="subgroups", length=len(numbers))
    return Columns(numbers, sizes, keys)


def gather(columns, *, levels=None, aggregate="mean"):
    """Rows from Columns in any order.

    Rows of equal periods form one point; without periods each row is one. Numbers and dates sort
    by themselves, other names as in `levels`, or as they first appear. A row without a period is
    left out; one without value or denominator loses both.
    Raises TooFewPoints without any row, NotANumber, Unknown.
    """
    inputs.one_of(aggregate, AGGREGATES, field="aggregate")
    x, period, category = _periods(columns.subgroups, levels, len(columns.values))
    placed = np.flatnonzero(period >= 0)
    if not len(placed):
        raise TooFewPoints(points=0, needed=1)
    period, numbers, sizes = period[placed], columns.values[placed], columns.denominators
    if sizes is not None:
        lost = np.isnan(numbers) | np.isnan(sizes[placed])
        numbers, sizes = np.where(lost, np.nan, numbers), np.where(lost, np.nan, sizes[placed])
    first_rows = np.full(len(x), len(columns.values))
    np.minimum.at(first_rows, period, placed)
    crowded = np.flatnonzero(np.bincount(period, minlength=len(x)) > 1)
    repeated = x[crowded[0]] if len(crowded) else None
    summed = _summed(numbers, sizes, period, len(x), aggregate)
    return Rows(x, category, first_rows, len(columns.values), repeated, **summed)


def _flat(values, subgroups):
    if getattr(values, "ndim", 1) == 2 or (len(values) and isinstance(values[0], (list, tuple))):
        table = [list(row) for row in values]
        periods = range(1, len(table) + 1) if subgroups is None else list(subgroups)
        inputs.expect_length(periods, field="subgroups", length=len(table))
        return (
            [value for row in table for value in row],
            [x for x, row in zip(periods, table, strict=True) for _ in row],
        )
    return values, subgroups


def _periods(subgroups, levels, length):
    """(names of the periods in order, period of each row with -1 for none, whether they are categories)."""
    if subgroups is None:
        return tuple(range(1, length + 1)), np.arange(length), False
    known = dict.fromkeys(key for key in subgroups if key is not None)
    category = levels is not None or any(
        isinstance(key, str) and not ISO_DATE.fullmatch(key) for key in known
    )
    names = _ordered(known, levels) if category else _sorted(known, subgroups)
    place = {name: number for number, name in enumerate(names)}
    return tuple(names), np.array([place.get(key, -1) for key in subgroups], dtype=int), category


def _key(key):
    """A period as something that can be compared; None for a missing one."""
    if isinstance(key, np.datetime64):
        return None if np.isnat(key) else str(key.astype("datetime64[D]"))
    if isinstance(key, np.generic):
        key = key.item()
    is_nan = isinstance(key, float) and np.isnan(key)
    return None if is_nan or type(key).__name__ in ("NAType", "NaTType") else key


def _ordered(known, levels):
    if levels is None:
        return list(known)
    for key in known:
        inputs.one_of(key, levels, field="subgroups")
    return [level for level in levels if level in known]


def _sorted(known, keys):
    try:
        return sorted(known)
    except TypeError:
        kind = type(next(iter(known)))
        row = next(row for row, key in enumerate(keys, 1) if key is not None and type(key) is not kind)
        raise NotANumber(field="subgroups", row=row, value=keys[row - 1]) from None


def _summed(numbers, sizes, period, m, aggregate):
    present = ~np.isnan(numbers)
    rows = np.bincount(period, minlength=m)
    count = np.bincount(period, weights=present, minlength=m)
    total = np.bincount(period, weights=np.where(present, numbers, 0.0), minlength=m)
    means = np.divide(total, count, out=np.full(m, np.nan), where=count > 0)
    spread = np.where(present, numbers - means[period], 0.0)
    squares = np.bincount(period, weights=spread**2, minlength=m)
    deviations = np.sqrt(np.divide(squares, count - 1, out=np.full(m, np.nan), where=count > 1))
    columns = {
        "numerators": np.where((rows == 1) & (count == 0), np.nan, total),
        "denominators": np.full(m, np.nan),
        "sizes": count.astype(int),
        "means": means,
        "deviations": deviations,
        "ranges": _ranges(numbers, period, m),
    }
    if sizes is not None:
        columns["denominators"] = np.bincount(period, weights=np.nan_to_num(sizes), minlength=m)
    columns["aggregated"] = _aggregated(columns, numbers, period, aggregate)
    return columns


def _ranges(numbers, period, m):
    low, high = np.full(m, np.inf), np.full(m, -np.inf)
    np.fmin.at(low, period, numbers)
    np.fmax.at(high, period, numbers)
    found = np.isfinite(low)
    return np.where(found, np.where(found, high, 0) - np.where(found, low, 0), np.nan)


def _aggregated(columns, numbers, period, aggregate):
    if aggregate == "median":
        groups = (numbers[(period == place) & ~np.isnan(numbers)] for place in range(len(columns["means"])))
        return np.array([np.median(group) if len(group) else np.nan for group in groups])
    return {"mean": columns["means"], "sum": columns["numerators"], "sd": columns["deviations"]}[aggregate]
