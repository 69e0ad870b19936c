"""Suggestions where a run chart's median might be drawn anew; people decide, with a named reason.

Source: the rule of the package runcharter 0.2.0: a run of `run` points off the median on one side, found
after the points of the median before, makes a new median from those points; and so on after them.
"""

from itertools import pairwise

import numpy as np

from labengines.spc.errors import NotDetermined, OutOfRange, Repeated, TooFewPoints
from labengines.spc.inputs import expect_length, floats, one_of
from labengines.spc.types.rebasing import Level, Rebasing, Suggestion

SIDES = {"both": (1, -1), "above": (1,), "below": (-1,)}
NAMES = {1: "above", -1: "below"}


def rebase(values, *, first=13, run=9, direction="both", dates=None):
    """Rebasing of a series (n,).

    values: in order of time, or in any order with `dates` (n,), each once. None or NaN: no value, which
    neither counts nor breaks a run. first: points of the first median. run: points in a row that
    suggest a new one. direction: the sides on which runs are looked for, "both", "above" or "below".
    Raises TooFewPoints below `first` points or without a value among them, OutOfRange, Repeated,
    NotDetermined for dates without an order, NotANumber, DifferentLengths, Unknown.
    """
    sides = SIDES[one_of(direction, tuple(SIDES), field="direction")]
    for field, value in {"first": first, "run": run}.items():
        if value < 1 or value % 1:
            raise OutOfRange(field=field, row=None, value=value, allowed="whole numbers from 1")
    rows, dates = _in_time(floats(values, field="values"), dates)
    if len(rows) < first or np.isnan(rows[:first]).all():
        raise TooFewPoints(points=int((~np.isnan(rows[:first])).sum()), needed=first)
    found = [(float(np.nanmedian(rows[:first])), 0, first - 1, 0)]
    while (next_ := _next_run(rows, *found[-1][:3:2], run, sides)) is not None:
        found.append(next_)
    levels = _levels(found, len(rows), dates)
    pairs = zip(pairwise(levels), found[1:], strict=True)
    suggestions = tuple(Suggestion(new, NAMES[side], old.median, run) for (old, new), (*_, side) in pairs)
    return Rebasing(levels[0], suggestions, first, run, direction)


def _in_time(rows, dates):
    if dates is None:
        return rows, None
    dates = list(dates)
    expect_length(dates, field="dates", length=len(rows))
    try:
        order = sorted(range(len(dates)), key=dates.__getitem__)
    except TypeError:
        raise NotDetermined(field="dates") from None
    for one, other in pairwise(order):
        if dates[one] == dates[other]:
            raise Repeated(field="dates", value=dates[one])
    return rows[order], [dates[at] for at in order]


def _next_run(rows, median, end, run, sides):
    """(median, first place, last place, side) of the first run after place `end`, or None."""
    after = np.arange(end + 1, len(rows))
    off = after[~np.isnan(rows[after]) & (rows[after] != median)]
    side = np.sign(rows[off] - median)
    length = 0
    for place in range(len(off)):
        length = length + 1 if place and side[place] == side[place - 1] else 1
        if length == run and side[place] in sides:
            members = off[place - run + 1 : place + 1]
            return float(np.median(rows[members])), int(members[0]), int(members[-1]), int(side[place])
    return None


def _levels(found, points, dates):
    starts = [start for _, start, _, _ in found[1:]] + [points - 1]
    return [
        _level(median, (start, end, to), dates)
        for (median, start, end, _), to in zip(found, starts, strict=True)
    ]


def _level(median, places, dates):
    numbers = (place + 1 for place in places)
    return Level(median, *numbers, *((dates[place] for place in places) if dates else ()))
