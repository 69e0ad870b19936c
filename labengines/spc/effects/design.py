"""The columns of an interrupted time series: level, time, the change, its slope, the season."""

from typing import NamedTuple

import numpy as np

from labengines.spc.errors import OutOfRange, TooFewPoints, Unknown
from labengines.spc.inputs import floats

CHANGE = ("after", "time since change")  # the terms that the change brings


class Design(NamedTuple):
    """names (p) of the columns of matrix (n, p)."""

    names: tuple
    matrix: np.ndarray


def columns(time, after, *, slope_change=False, season=None):
    """Design for time (n,), rising, and after (n,), 0 before the change and 1 from then on.

    The slope since the change is counted from the first point after it, so that "after" is the jump there.
    season: {"period": a year in units of time; "pairs": how many sines and cosines}.
    """
    found = {"level": np.ones_like(time), "after": after, "time": time}
    if slope_change:
        found["time since change"] = np.where(after > 0, time - time[after > 0].min(), 0.0)
    if season is not None:
        found |= _waves(time, *_season(season, gap=float(np.diff(time).min())))
    return Design(tuple(found), np.column_stack(list(found.values())))


def after_the_change(length, *, after=None, change=None):
    """Array (n,) of 0 and 1, from such an array or from the number (from 1) of the first point after."""
    if (after is None) == (change is None):
        raise Unknown(field="after, change", value="both or neither", choices=("after", "change"))
    if change is not None:
        found = (np.arange(1, length + 1) >= whole(change, "change", least=2)).astype(float)
    else:
        found = floats(after, field="after", length=length)
        for row in np.flatnonzero((found != 0) & (found != 1)):
            raise OutOfRange(field="after", row=int(row) + 1, value=float(found[row]), allowed="0 or 1")
    return found


def expect_both_sides(after, *, needed):
    """Raise TooFewPoints where a side of the change has fewer than `needed` rows."""
    fewest = int(min((after == 0).sum(), (after == 1).sum()))
    if fewest < needed:
        raise TooFewPoints(points=fewest, needed=needed)


def _waves(time, period, pairs):
    waves = {}
    for pair in range(1, pairs + 1):
        angle = 2 * np.pi * pair * (time - time.min()) / period
        waves |= {f"sine {pair}": np.sin(angle), f"cosine {pair}": np.cos(angle)}
    return waves


def _season(season, *, gap):
    """Period and pairs; the shortest wave must be longer than two rows that are `gap` apart."""
    try:
        period, pairs = season["period"], season["pairs"]
    except (TypeError, KeyError, IndexError):
        raise Unknown(field="season", value=season, choices=("period", "pairs")) from None
    period, pairs = float(floats([period], field="season")[0]), whole(pairs, "season", least=1)
    if not period > 2 * pairs * gap:
        raise OutOfRange(field="season", row=1, value=period, allowed=f"more than {2 * pairs * gap:g}")
    return period, pairs


def whole(value, field, *, least):
    """`value` as a whole number that is not below `least`; raises NotANumber or OutOfRange."""
    number = float(floats([value], field=field)[0])
    if not (number >= least and number == int(number)):
        raise OutOfRange(field=field, row=1, value=number, allowed=f"a whole number from {least}")
    return int(number)
