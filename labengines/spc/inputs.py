"""Columns as they come (lists, arrays, pandas) to arrays of numbers, checked row by row."""

import numpy as np

from labengines.spc.errors import DifferentLengths, NotANumber, OutOfRange, Unknown

NUMERIC = ("f", "i", "u", "b")  # kinds of NumPy's types that are numbers
LARGEST = 1e100  # squares and sums of such numbers still fit into a float


def floats(values, *, field, length=None):
    """A new float array (n,), missing values (None, NaN, NaT, pandas' NA) as NaN.

    values: one-dimensional list, array or pandas column. length: n that is expected.
    Raises NotANumber for text, OutOfRange beyond 1e100, DifferentLengths.
    """
    found = numbers(values, field=field)
    expect_length(found, field=field, length=length)
    return not_too_large(found, field=field)


def numbers(values, *, field):
    """As `floats`, of any length and size."""
    if getattr(getattr(values, "dtype", None), "kind", "") in NUMERIC:
        return np.array(values, dtype=float)
    return np.array([_float(value, field, row) for row, value in enumerate(values, 1)], dtype=float)


def not_too_large(values, *, field):
    """`values` (n,), or OutOfRange for the first that is infinite or beyond 1e100."""
    for row in np.flatnonzero(np.abs(values) > LARGEST):
        allowed = f"up to {LARGEST:g}"
        raise OutOfRange(field=field, row=int(row) + 1, value=float(values[row]), allowed=allowed)
    return values


def expect_length(rows, *, field, length):
    """Raise DifferentLengths unless `rows` has `length` entries (None: any number)."""
    if length is not None and len(rows) != length:
        raise DifferentLengths(field=field, length=len(rows), expected=length)


def at_least(values, least, *, field, strictly=False):
    """Raise OutOfRange for the first value below `least` (or equal to it, if `strictly`); NaN passes."""
    wrong = values <= least if strictly else values < least
    for row in np.flatnonzero(wrong):
        allowed = f"{'more than' if strictly else 'at least'} {least:g}"
        raise OutOfRange(field=field, row=int(row) + 1, value=float(values[row]), allowed=allowed)


def one_of(value, choices, *, field):
    """`value`, or Unknown if it is not one of `choices`."""
    if value not in choices:
        raise Unknown(field=field, value=value, choices=tuple(choices))
    return value


def frozen(array):
    """The same array, closed against writing, for a result to hold."""
    array.flags.writeable = False
    return array


def _float(value, field, row):
    if value is None or _is_na(value):
        return np.nan
    if isinstance(value, (str, bytes)):
        raise NotANumber(field=field, row=row, value=value)
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise NotANumber(field=field, row=row, value=value) from None


def _is_na(value):
    """Whether a value is pandas' NA or NaT, told by its type's name, since pandas may be absent."""
    return type(value).__name__ in ("NAType", "NaTType")
