"""Step 3: is there a panel at all, and if not, which quotas must give way?"""

import math

import numpy as np
from scipy import sparse

from labengines.lottery.checks import check
from labengines.lottery.rounding import some_panel
from labengines.lottery.solving import whole
from labengines.lottery.space import home_of, people_in, space
from labengines.lottery.types import Change, Feasibility


def feasible(pool, quotas, size, *, one_per=None, time_left=lambda: math.inf):
    """Feasibility of a panel of `size` from a pool (sequence of Person) under quotas (sequence of Quota).

    Exact (mixed-integer programme). one_per: trait, such as "household", of which a panel holds each value once;
    people with a blank one share with nobody. When impossible the changes are fewest in number and, among
    those, smallest in people. time_left: gives the seconds that are left. Raises OutOfTime and the errors of
    `checks.check`.
    """
    check(pool, quotas, size, one_per)
    return feasible_in(space(pool, quotas, size, one_per), size, time_left)


def feasible_in(found, size, time_left):
    """The same for a Space."""
    panel = some_panel(found, time_left)
    if panel is not None:
        return Feasibility(True, panel=people_in(panel, found.kinds, home_of(found.houses)))
    households = sum(map(len, found.houses))
    if households < size:
        return Feasibility(False, households=households)
    return Feasibility(False, changes=_fewest_changes(found, size, time_left))


def _fewest_changes(found, size, time_left):
    """The Changes, by two programmes: how few bounds, then how little.

    Variables: the panel; by how much each bound moves (least, then most); whether it moves at all.
    """
    bounds = [(quota, "least", quota.least) for quota in found.quotas]
    bounds += [(quota, "most", max(0, size - quota.most)) for quota in found.quotas]
    reach = np.array([most for _, _, most in bounds], float)
    rules = _rules_that_give_way(found, len(found.quotas), reach)
    kinds, moves = len(found.kinds), len(bounds)
    ceiling = np.concatenate([found.most, reach, np.ones(moves)])
    touched = np.concatenate([np.zeros(kinds + moves), np.ones(moves)])
    amount = np.concatenate([np.zeros(kinds), np.ones(moves), np.zeros(moves)])
    floor = np.zeros(len(ceiling))
    _, fewest = whole(touched, *rules, floor, ceiling, seconds=time_left())
    rows, lower, upper = rules
    rules = (
        sparse.vstack([rows, touched[None, :]]).tocsr(),
        np.append(lower, 0),
        np.append(upper, round(fewest)),
    )
    best, _ = whole(amount, *rules, floor, ceiling, seconds=time_left())
    return tuple(_changes(bounds, best[kinds : kinds + moves]))


def _rules_that_give_way(found, quotas, reach):
    """(rows, lower, upper): rules of the space where quotas' bounds may move, at most where they are said to."""
    moves = 2 * quotas
    counts = found.rows[1 : quotas + 1]
    others = sparse.vstack([found.rows[:1], found.rows[quotas + 1 :]])
    nothing, one = sparse.csr_array((quotas, quotas)), sparse.eye_array(quotas)
    rows = sparse.block_array(
        [
            [counts, one, nothing, None],
            [counts, nothing, -one, None],
            [others, None, None, sparse.csr_array((others.shape[0], moves))],
            [None, sparse.eye_array(moves, format="csr")[:, :quotas],
             sparse.eye_array(moves, format="csr")[:, quotas:], -sparse.diags_array(reach)],
        ]
    ).tocsr()  # fmt: skip
    endless = np.full(quotas, np.inf)
    side = [found.lower[1 : quotas + 1], -endless, found.lower[:1], found.lower[quotas + 1 :]]
    lower = np.concatenate([*side, np.full(moves, -np.inf)])
    side = [endless, found.upper[1 : quotas + 1], found.upper[:1], found.upper[quotas + 1 :]]
    return rows, lower, np.concatenate([*side, np.zeros(moves)])


def _changes(bounds, moved):
    for (quota, bound, _), by in zip(bounds, moved, strict=True):
        if by > 0:
            was = quota.least if bound == "least" else quota.most
            becomes = was - int(by) if bound == "least" else was + int(by)
            yield Change(quota.trait, quota.value, bound, was, becomes)
