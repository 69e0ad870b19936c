"""SciPy's HiGHS, asked in one way: deterministic, to tight tolerances; the clock is the caller's."""

import math

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from labengines.lottery.errors import OutOfTime

TOLERANCES = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
TIME_OR_STEPS = 1  # the status of SciPy; no limit of steps is set


def half(time_left):
    """A clock that stops when half of the seconds that are left now have passed; endless for an endless one."""
    kept = time_left() / 2
    return time_left if math.isinf(kept) else lambda: time_left() - kept


def linear(cost, rows, lower, upper, least, most, *, seconds=math.inf):
    """(x, duals of rows) of the least cost @ x with lower <= rows @ x <= upper, least <= x <= most.

    Duals are those of both sides together, and never negative for a lower side. Returns (None, None) where
    no x exists. Raises OutOfTime after so many seconds.
    """
    _begin(seconds)
    equal = lower == upper
    above, below = np.isfinite(upper) & ~equal, np.isfinite(lower) & ~equal
    stacked = _stack(rows, above, below)
    found = linprog(
        cost,
        A_ub=stacked,
        b_ub=None if stacked is None else np.concatenate([upper[above], -lower[below]]),
        A_eq=rows[equal] if equal.any() else None,
        b_eq=lower[equal] if equal.any() else None,
        bounds=np.column_stack([least, most]),
        method="highs",
        options=TOLERANCES | {"time_limit": seconds},
    )
    _end(found)
    if found.x is None:
        return None, None
    duals = np.zeros(len(lower))
    if equal.any():
        duals[equal] = found.eqlin.marginals
    if stacked is not None:
        duals[above] += found.ineqlin.marginals[: above.sum()]
        duals[below] -= found.ineqlin.marginals[above.sum() :]
    return found.x, duals


def _stack(rows, above, below):
    if not (above.any() or below.any()):
        return None
    both = np.concatenate([np.flatnonzero(above), np.flatnonzero(below)])
    signs = np.concatenate([np.ones(above.sum()), -np.ones(below.sum())])
    return rows[both].multiply(signs[:, None]).tocsr()


def whole(cost, rows, lower, upper, least, most, *, seconds=math.inf, gap=0.0):
    """(x, value) of the least cost @ x over whole x, or (None, None) where there is none.

    gap: how far from the least it may be, as a share. Raises OutOfTime after so many seconds.
    """
    _begin(seconds)
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(rows, lower, upper),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    _end(found)
    return (None, None) if found.x is None else (np.round(found.x), found.fun)


def _begin(seconds):
    if seconds <= 0:
        raise OutOfTime()


def _end(found):
    if found.status == TIME_OR_STEPS:
        raise OutOfTime()


def best_panel(space, gain, *, seconds=math.inf):
    """(panel, gain @ panel) of the panel with the largest gain; (None, None) where there is no panel."""
    floor = np.zeros(len(gain))
    panel, value = whole(-gain, space.rows, space.lower, space.upper, floor, space.most, seconds=seconds)
    return (None, None) if panel is None else (panel, -value)
