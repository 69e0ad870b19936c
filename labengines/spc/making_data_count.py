"""The four rules of NHS England's Making Data Count, and what its icons say.

Source: NHS England, Making Data Count; the readings (strict comparisons, a gap breaks every
pattern, a point beyond a limit is not "close" to it) are those of NHSRplotthedots 0.2.2.
"""

import numpy as np

from labengines.spc.errors import UpstreamFails
from labengines.spc.stretches import directions, long_ones, sides
from labengines.spc.types.charts import COMMON, CONCERN, HIGH, IMPROVEMENT, LOW, Icons

PRECEDENCE = ("outside", "trend", "two-in-three", "shift")
SHIFT, TREND = 7, 7


def shift(side):
    """int (n,): the side of points in a stretch of seven or more on one side of the mean, else 0."""
    found = np.zeros(len(side), int)
    for start, stop, code in long_ones(side, SHIFT):
        found[start:stop] = code
    return found


def trend(values):
    """int (n,): +1 rising or -1 falling at the points of seven or more that all rise or all fall.

    A point goes with the step that leaves it, where the next point is in a trend too.
    """
    steps = directions(values)
    in_trend = np.zeros(len(values), bool)
    for start, stop, _ in long_ones(steps, TREND - 1):
        in_trend[start : stop + 1] = True
    if not in_trend.any():
        return in_trend.astype(int)
    leaving, reaching = np.append(steps, 0), np.insert(steps, 0, 0)
    goes_on = np.append(in_trend[1:], False) & (leaving != 0)
    return np.where(in_trend, np.where(goes_on, leaving, reaching), 0)


def two_in_three(side, close):
    """int (n,): the side of points near a limit, where three neighbours share a side and two are near."""
    found = np.zeros(len(side), int)
    for start in range(len(side) - 2):
        window = slice(start, start + 3)
        if abs(side[window].sum()) == 3 and close[window].sum() >= 2:
            found[window] = np.where(close[window], side[window], found[window])
    return found


def four_rules(values, centre, limits):
    """{rule: int (n,)} for one phase: 0 where it is not met, else its side.

    values, centre: float (n,). limits: Limits of the phase, NaN where there are none.
    """
    side = sides(values, centre)
    outside = beyond(values, limits.lower, limits.upper)
    close = (beyond(values, limits.lower_inner, limits.upper_inner) != 0) & (outside == 0)
    return {
        "outside": outside,
        "trend": trend(values),
        "two-in-three": two_in_three(side, close),
        "shift": shift(side),
    }


def beyond(values, lower, upper):
    """int (n,): +1 above `upper`, -1 below `lower`, else 0; strict, and 0 where anything is missing."""
    return (values > upper).astype(int) - (values < lower).astype(int)


def refuse_gap_in_trend(values):
    """Raise UpstreamFails where NHSRplotthedots 0.2.2 stops: a gap among steps that otherwise agree."""
    steps = directions(values)
    gaps = np.isnan(values)
    for start in range(len(steps) - TREND + 2):
        window = steps[start : start + TREND - 1]
        known = window[~(gaps[start : start + TREND - 1] | gaps[start + 1 : start + TREND])]
        if len(known) < len(window) and (known > 0).all() | (known < 0).all():
            raise UpstreamFails(package="NHSRplotthedots 0.2.2", reason="a missing value inside a trend")


def kind_of_variation(side, direction):
    """What a signal on `side` (+1, -1; 0 = none) means when `direction` is wanted."""
    if side == 0:
        return COMMON
    if direction == "neutral":
        return HIGH if side > 0 else LOW
    good = 1 if direction == "increase" else -1
    return IMPROVEMENT if side == good else CONCERN


def icons(point_type, direction, *, target, lower, upper):
    """Icons from the kind of the latest point and the latest limits."""
    return Icons(_variation(point_type, direction), _assurance(direction, target, lower, upper))


def _variation(point_type, direction):
    if point_type in (HIGH, LOW):
        return "neutral_high" if point_type == HIGH else "neutral_low"
    if point_type == COMMON:
        return COMMON
    good, bad = ("high", "low") if direction == "increase" else ("low", "high")
    return f"improvement_{good}" if point_type == IMPROVEMENT else f"concern_{bad}"


def _assurance(direction, target, lower, upper):
    if target is None or direction == "neutral":
        return None
    if target > upper:
        return "fail" if direction == "increase" else "pass"
    if target < lower:
        return "pass" if direction == "increase" else "fail"
    return "inconsistent"
