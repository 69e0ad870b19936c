"""SciPy's HiGHS, asked in one way: deterministic, to tight tolerances, with no clock of its own."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

TOLERANCES = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


def linear(cost, rows, lower, upper, least, most):
    """(x, duals of rows) of the least cost @ x with lower <= rows @ x <= upper, least <= x <= most.

    Duals are those of both sides together, and never negative for a lower side. Returns (None, None) where
    no x exists.
    """
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
        options=TOLERANCES,
    )
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


def whole(cost, rows, lower, upper, least, most):
    """(x, value) of the least cost @ x over whole x, or (None, None) where there is none."""
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(least, most),
        constraints=LinearConstraint(rows, lower, upper),
        options={"mip_rel_gap": 0},
    )
    return (None, None) if found.x is None else (np.round(found.x), found.fun)


def best_panel(space, gain):
    """(panel, gain @ panel) of the panel with the largest gain; (None, None) where there is no panel."""
    panel, value = whole(-gain, space.rows, space.lower, space.upper, np.zeros(len(gain)), space.most)
    return (None, None) if panel is None else (panel, -value)
