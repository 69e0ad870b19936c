"""Step 4: the chances that would be best if a panel could hold parts of a person.

Panels are whole, so their mixtures lie within the rules of the space; what is best within the rules is at least as
good as any lottery. Where some lottery has exactly these chances (step 5) they are proved best. Otherwise step 5
returns a rule that all panels keep and these chances break, and the search begins again with it.

`time_left` gives the seconds that are left. Where they run out the target is what was reached, its bound being right
all the same; OutOfTime is raised only where no bound is known yet.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from labengines.lottery.errors import OutOfTime
from labengines.lottery.solving import linear

NOTHING = 1e-9  # a chance that counts as none
TIGHT = 1e-7  # a dual from which its rule is known to bind in every best solution
SLACK = 1e-8  # people by which a level already reached may give way to rounding
NASH_GAP = 1e-8  # difference of log-welfare from its upper bound at which the search ends
GRID = 16  # chances at which the logarithm is first replaced by its tangent
MOST_TANGENTS = 60


@dataclass(frozen=True)
class Target:
    """counts: expected people of each kind in a panel. bound: the lowest chance, leaving out those who have none."""

    counts: np.ndarray
    bound: float


def leximin_target(space, time_left):
    """The lowest chance as high as can be, then the second lowest, and so on."""
    return _raise_levels(space, time_left, levels=len(space.kinds))


def maximin_target(space, time_left):
    """The lowest chance as high as can be, then the highest as low as can be."""
    start = _raise_levels(space, time_left, levels=1)
    floors = _floors(space, start)
    kinds = len(space.kinds)
    under = sparse.hstack([sparse.diags_array(1 / space.people), -np.ones((kinds, 1))])
    rows = sparse.vstack([_padded(space.rows, 1), under]).tocsr()
    lower = np.concatenate([space.lower, np.full(kinds, -np.inf)])
    upper = np.concatenate([space.upper, np.zeros(kinds)])
    cost = np.append(np.zeros(kinds), 1.0)
    least, most = np.append(floors, 0), np.append(space.most, 1)
    try:
        found, _ = linear(cost, rows, lower, upper, least, most, seconds=time_left())
    except OutOfTime:
        return start
    return Target(found[:kinds], start.bound)


def nash_target(space, time_left):
    """The product of all chances as large as can be: tangents to the logarithm, added where they are needed."""
    start = _raise_levels(space, time_left, levels=1)
    alive = start.counts > NOTHING * space.people
    kinds = np.flatnonzero(alive)
    grid = np.geomspace(start.bound / 2, 1, GRID)
    tangents = [(kind, at) for kind in kinds for at in grid]
    counts = start.counts
    for _ in range(MOST_TANGENTS):
        try:
            counts, logs = _with_tangents(space, kinds, tangents, time_left())
        except OutOfTime:
            break
        chances = counts[kinds] / space.people[kinds]
        over = logs - np.log(np.maximum(chances, NOTHING))
        if space.people[kinds] @ over <= NASH_GAP:
            break
        tangents += [
            (kind, max(at, start.bound / 4))
            for kind, at, by in zip(kinds, chances, over, strict=True)
            if by > NASH_GAP / len(space.people) / 1e3
        ]
    return Target(counts, start.bound)


def _raise_levels(space, time_left, levels):
    """Fix the lowest level again and again, those above no chance `levels` times; then Target."""
    people, kinds = space.people, len(space.kinds)
    reached = np.full(kinds, np.nan)
    counts, bound, topped = None, None, np.zeros(kinds, bool)
    while np.isnan(reached).any() and levels > 0:
        free = np.flatnonzero(np.isnan(reached))
        floors = np.where(np.isnan(reached), 0, np.maximum(0, reached * people - SLACK))
        try:
            counts, level, binding = _level(space, free, floors, topped, time_left)
        except OutOfTime:
            if bound is None:
                raise
            break
        reached[free[binding]] = level
        if level > NOTHING:
            bound = bound or level
            levels -= 1
    return Target(np.where(counts > NOTHING * people, counts, 0), bound or 0.0)


def _level(space, free, floors, topped, time_left):
    """(counts, level, which of the free kinds bind) of the highest lowest chance among free kinds.

    Variables: for each kind the people beyond its share, which is the level times its people for a free kind and
    nothing for another; and the level. That nobody is chosen twice is left out first. Where it is broken the same
    level is tried with less beyond the share; if that does not do, it becomes a rule for the kinds where it was
    broken; they are marked in `topped` (booleans).
    """
    share = np.zeros(len(space.kinds))
    share[free] = space.people[free]
    while True:
        found = _beyond_share(space, share, floors, space.most, topped, time_left())
        if not found.over.any():
            break
        beyond = (space.most - found.level * share).clip(floors)
        same = _beyond_share(space, share, floors, beyond, topped, time_left())
        if same and same.level >= found.level - NOTHING and not same.over.any():
            found = same
            break
        topped |= found.over
    pressure = found.pressure[free]
    return found.counts.clip(0, space.most), found.level, pressure > min(TIGHT, pressure.max() / 2)


@dataclass(frozen=True)
class _Found:
    """counts: people of each kind. pressure: of kinds to rise above the level. over: kinds with more than there are."""

    counts: np.ndarray
    level: float
    pressure: np.ndarray
    over: np.ndarray


def _beyond_share(space, share, floors, beyond, topped, seconds):
    """The _Found with no more than `beyond` people of each kind beyond its share, or None where there is none."""
    kinds = len(share)
    rows, upper = _with_tops(space, share, np.flatnonzero(topped))
    lower = np.append(space.lower, np.full(topped.sum(), -np.inf))
    cost = np.append(np.zeros(kinds), -1.0)
    least, most = np.append(floors, 0), np.append(beyond, 1)
    found, duals = linear(cost, rows, lower, upper, least, most, seconds=seconds)
    if found is None:
        return None
    counts = found[:kinds] + found[kinds] * share
    over = (counts > space.most + SLACK) & ~topped
    return _Found(counts, found[kinds], -(rows.T @ duals)[:kinds] * space.people, over)


def _with_tops(space, share, tops):
    """(rows, upper) of the space for people beyond their share and the level, no more than there are of some kinds."""
    shares = sparse.csr_array((space.rows @ share)[:, None])
    many = len(tops)
    one = sparse.csr_array((np.ones(many), (np.arange(many), tops)), shape=(many, len(share)))
    rows = sparse.block_array([[space.rows, shares], [one, sparse.csr_array(share[tops][:, None])]])
    return rows.tocsr(), np.append(space.upper, space.most[tops])


def _floors(space, start):
    """Fewest people of each kind: the level reached, and none where there is no chance."""
    return np.where(start.counts > NOTHING * space.people, start.bound * space.people - SLACK, 0)


def _with_tangents(space, kinds, tangents, seconds):
    """(counts, logarithms that the tangents allow) of the largest sum of logarithms over people."""
    total, many = len(space.kinds), len(tangents)
    column = {kind: total + place for place, kind in enumerate(kinds)}
    at = np.array([point for _, point in tangents])
    which = np.array([kind for kind, _ in tangents])
    numbers = np.arange(many)
    entries = np.concatenate([np.ones(many), -1 / (at * space.people[which])])
    places = np.concatenate([[column[kind] for kind in which], which])
    lines = sparse.csr_array(
        (entries, (np.concatenate([numbers, numbers]), places)), shape=(many, total + len(kinds))
    )
    rows = sparse.vstack([_padded(space.rows, len(kinds)), lines]).tocsr()
    lower = np.concatenate([space.lower, np.full(many, -np.inf)])
    upper = np.concatenate([space.upper, np.log(at) - 1])
    least = np.concatenate([np.zeros(total), np.full(len(kinds), -np.inf)])
    most = np.concatenate([space.most, np.zeros(len(kinds))])
    cost = np.concatenate([np.zeros(total), -space.people[kinds]])
    found, _ = linear(cost, rows, lower, upper, least, most, seconds=seconds)
    return found[:total], found[total:]


def _padded(rows, columns):
    """The rows with empty columns at their end."""
    return sparse.hstack([rows, sparse.csr_array((rows.shape[0], columns))])
