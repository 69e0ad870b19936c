"""Step 5: a lottery over whole panels that has given chances, or a rule that no lottery can break.

First a walk: take a panel on the smallest face on which the target lies, give it the largest weight that leaves a
rest within the rules, go on with the rest. Each step reaches a smaller face, so the walk ends. Where it does not
use up the target, columns are generated: weights of the panels known, by a linear programme whose duals ask for the
panel that helps most, until nothing is missing or the duals themselves are the rule that the target breaks.

Where time runs out during the walk, panels that come close to what is left of the target are added: each is for those
whom the ones before it left behind most.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from labengines.lottery.errors import OutOfTime
from labengines.lottery.rounding import rounded_panel
from labengines.lottery.solving import best_panel, half, linear, whole

ON_FACE = 1e-7  # people by which a rule counts as tight
LEFT = 1e-6  # weight of the rest at which the walk may end; no chance is farther off
CLOSE = 1e-5  # largest difference of a chance from its target that is accepted
BROKEN = 1e-7  # by how much a target must break a rule
MOST_PANELS = 3000
HELPS = (
    1e-3  # by how much a panel must lessen what is missing for its being taken without looking for the best
)
LAST_PANELS = 400  # panels for the rest when time runs out
URGENT = 5.0  # panels that a person is behind from which she is not more urgent
ANY = 1e9  # a gap that makes every panel good enough


@dataclass(frozen=True)
class Mixture:
    """A lottery over panels, and how far it is from its target.

    panels: whole vectors. weights: probabilities. gap: largest difference of a chance. cut: a rule that the target
    breaks, weights @ panel <= bound, as (weights, bound); or None.
    """

    panels: tuple
    weights: np.ndarray
    gap: float
    cut: tuple | None = None


def mix(space, target, panels, time_left):
    """Mixture with the chances of `target` (expected people of each kind).

    panels: list of those found before; new ones are added to it. time_left: gives the seconds that are left. gap is
    larger than CLOSE where there is a cut or no lottery was found. Raises OutOfTime; the panels are kept then.
    """
    rest = _walk(space, target, panels, half(time_left))
    if rest is not None:
        _approach(space, rest, panels, time_left)
        raise OutOfTime()
    while True:
        weights, duals, price = _weights(space, target, panels, time_left())
        missing = np.abs(np.array(panels).T @ weights - target) / space.people
        if missing.max() <= CLOSE or len(panels) > MOST_PANELS:
            return Mixture(tuple(map(tuple, panels)), weights, missing.max())
        panel = _good_panel(space, duals, time_left)
        if panel is not None and duals @ panel + price > HELPS:
            panels.append(panel)
            continue
        panel, value = best_panel(space, duals, seconds=time_left())
        panels.append(panel)
        if duals @ target > value + BROKEN:
            return Mixture(tuple(map(tuple, panels)), weights, missing.max(), cut=(duals, value))
        if value + price <= BROKEN / 100:  # no panel helps: what is missing is rounding
            return Mixture(tuple(map(tuple, panels)), weights, missing.max())


def _walk(space, target, panels, time_left):
    """Add panels, each on the face of what was left when it was found; the rest where time ran out, else None."""
    rest, weight = target.copy(), 1.0
    while weight > LEFT:
        try:
            panel = _on_face(space, rest, time_left)
        except OutOfTime:
            return rest
        if panel is None:
            break
        panels.append(panel)
        share = _largest_share(space, rest, panel)
        if share >= 1 - ON_FACE:
            break
        rest = ((rest - share * panel) / (1 - share)).clip(0, space.most)
        weight *= 1 - share
    return None


def _approach(space, rest, panels, time_left):
    """Add panels whose mean comes close to the rest, until time runs out."""
    held, hoped = np.zeros(len(rest)), rest > 0
    for turn in range(1, LAST_PANELS + 1):
        behind = ((turn * rest - held) / space.people).clip(-URGENT, URGENT)
        try:
            panel = _good_panel(space, np.where(hoped, np.exp(behind), 0), time_left)
        except OutOfTime:
            return
        if panel is None:
            return
        panels.append(panel)
        held += panel


def _good_panel(space, gain, time_left):
    """A panel of large gain, or None if none was found."""
    box = np.zeros(len(gain)), space.most
    return rounded_panel(-gain, space.rows, space.lower, space.upper, *box, time_left)


def _on_face(space, rest, time_left):
    """A panel near `rest` that keeps every rule tight which is tight there; None if there is none."""
    counted = space.rows @ rest
    lower = np.where(space.upper - counted < ON_FACE, space.upper, space.lower)
    upper = np.where(counted - space.lower < ON_FACE, space.lower, space.upper)
    below, above = np.floor(rest + ON_FACE), np.ceil(rest - ON_FACE)
    nearness = np.where(above > below, 1 - 2 * (rest - below), 0)
    panel = _any_panel(nearness, space.rows, lower, upper, below, above, time_left)
    if panel is None:
        least = np.where(space.most - rest < ON_FACE, space.most, 0)
        most = np.where(rest < ON_FACE, 0, space.most)
        panel = _any_panel(nearness, space.rows, lower, upper, least, most, time_left)
    return panel


def _any_panel(*problem):
    """A whole solution of low cost, or None where there is none."""
    *problem, time_left = problem
    panel = rounded_panel(*problem, time_left)
    if panel is None:
        panel, _ = whole(*problem, seconds=time_left(), gap=ANY)
    return panel


def _largest_share(space, rest, panel):
    """The largest weight of `panel` that leaves a rest within the rules."""
    here, there = _room(space, rest), _room(space, panel)
    bounding = (here > ON_FACE) & (there > here)
    return (here[bounding] / there[bounding]).min(initial=1.0)


def _room(space, counts):
    """How far each rule is from being tight; endless for a side that is no rule."""
    counted = space.rows @ counts
    return np.nan_to_num(
        np.concatenate([counts, space.most - counts, space.upper - counted, counted - space.lower]), posinf=0
    )


def _weights(space, target, panels, seconds):
    """(weights, duals by kind, dual of their sum): the weights that miss the target least, summed over kinds."""
    kinds, many = len(target), len(panels)
    columns = np.array(panels).T
    exact = sparse.eye_array(kinds)
    rows = sparse.block_array(
        [[sparse.csr_array(columns), exact, -exact], [sparse.csr_array(np.ones((1, many))), None, None]]
    ).tocsr()
    sides = np.append(target, 1.0)
    cost = np.concatenate([np.zeros(many), 1 / space.people, 1 / space.people])
    least, most = np.zeros(len(cost)), np.full(len(cost), np.inf)
    found, duals = linear(cost, rows, sides, sides, least, most, seconds=seconds)
    weights = found[:many].clip(0)
    return weights / weights.sum(), duals[:kinds], duals[kinds]
