"""A whole panel near given parts of people: round the best parts, then let people in and out until every rule holds.

The search (Glover, "Tabu search, part I", ORSA Journal on Computing 1, 1989) takes milliseconds where a mixed-integer
programme takes seconds, since many rules are tight at once. It may find nothing where there is something; then the
programme decides. It uses no chance: equal choices fall to whoever sorts first.
"""

import numpy as np

from labengines.lottery.errors import OutOfTime
from labengines.lottery.solving import best_panel, linear

LOOKED_AT = 2_000  # kinds that may be let in besides those of whom there are parts
LOOK = 100  # steps after which the time is asked for
STEPS = 12_000  # people let in or out before the search gives up
KEPT = 1e-12  # squared people by whom rules may be missed for rounding's sake
PULL = 1e-2  # what a unit of cost is worth, in squared people
BARRED = 4  # steps for which whoever was let in or out stays so, and up to six more, so that no round repeats


def rounded_panel(cost, rows, lower, upper, least, most, time_left):
    """A whole x of low cost @ x with lower <= rows @ x <= upper, least <= x <= most, or None if none was found.

    Raises OutOfTime.
    """
    parts, _ = linear(cost, rows, lower, upper, least, most, seconds=time_left())
    if parts is None:
        return None
    panel, some = np.round(parts), _looked_at(parts, least, most)
    columns = np.ascontiguousarray(rows[:, some].T.toarray())
    others = rows @ panel - panel[some] @ columns
    sides = lower - others, upper - others
    mended = _mended(panel[some], PULL * cost[some], columns, sides, (least[some], most[some]), time_left)
    if mended is None:
        return None
    panel[some] = mended
    return panel


def some_panel(space, time_left):
    """Any panel, or None where there is none. Raises OutOfTime."""
    nothing = np.zeros(len(space.kinds))
    problem = (nothing, space.rows, space.lower, space.upper, nothing, space.most)
    panel = rounded_panel(*problem, time_left)
    if panel is None:
        panel, _ = best_panel(space, nothing, seconds=time_left())
    return panel


def _looked_at(parts, least, most):
    """The kinds of which there are parts, and so many others, evenly spread over all that can be let in."""
    there = parts > KEPT
    others = np.flatnonzero(~there & (most > least))
    spread = np.arange(min(len(others), LOOKED_AT)) * len(others) // max(1, min(len(others), LOOKED_AT))
    return np.sort(np.concatenate([np.flatnonzero(there), others[spread]]))


def _mended(panel, pull, columns, sides, box, time_left):
    """The panel after letting people in and out until no rule is broken; None if the steps did not do."""
    counted, barred = panel @ columns, np.zeros(len(panel), int)
    for step in range(STEPS):
        if step % LOOK == LOOK - 1 and time_left() <= 0:
            raise OutOfTime()
        if _broken(counted, sides) < KEPT:
            return panel
        let_in = counted[0] < sides[0][0]  # row 0 counts the panel
        may = panel < box[1] if let_in else panel > box[0]
        free = np.flatnonzero(may & (barred <= step))
        if not len(free):
            continue
        sign = 1 if let_in else -1
        worth = _broken(counted + sign * columns[free], sides) + sign * pull[free]
        chosen = free[worth.argmin()]
        panel[chosen] += sign
        counted = counted + sign * columns[chosen]
        barred[chosen] = step + BARRED + step % (5 if let_in else 7)
    return None


def _broken(counted, sides):
    """People by whom rules are missed, squared and summed over rules (the last axis)."""
    lower, upper = sides
    missed = np.maximum(lower - counted, 0) + np.maximum(counted - upper, 0)
    return (missed * missed).sum(axis=-1)
