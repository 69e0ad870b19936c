"""Step 5: a lottery over whole panels that has given chances, or a rule that no lottery can break.

First a walk: take a panel on the smallest face on which the target lies, give it the largest weight that leaves a
rest within the rules, go on with the rest. Each step reaches a smaller face, so the walk ends. Where it does not
use up the target, columns are generated: weights of the panels known, by a linear programme whose duals ask for the
panel that helps most, until nothing is missing or the duals themselves are the rule that the target breaks.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from labengines.lottery.solving import best_panel, linear, whole

ON_FACE = 1e-7  # people by which a rule counts as tight
LEFT = 1e-7  # weight of the rest at which the walk may end
CLOSE = 1e-5  # largest difference of a chance from its target that is accepted
BROKEN = 1e-7  # by how much a target must break a rule
MOST_PANELS = 3000


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


def mix(space, target, known, out_of_time):
    """Mixture with the chances of `target` (expected people of each kind).

    known: panels found before. gap is larger than CLOSE where there is a cut or time ran out.
    """
    panels = [*known, *_walk(space, target, out_of_time)]
    while True:
        weights, duals, price = _weights(space, target, panels)
        missing = np.abs(np.array(panels).T @ weights - target) / space.people
        if missing.max() <= CLOSE or out_of_time() or len(panels) > MOST_PANELS:
            return Mixture(tuple(map(tuple, panels)), weights, missing.max())
        panel, value = best_panel(space, duals)
        panels.append(panel)
        if duals @ target > value + BROKEN:
            return Mixture(tuple(map(tuple, panels)), weights, missing.max(), cut=(duals, value))
        if value + price <= BROKEN / 100:  # no panel helps: what is missing is rounding
            return Mixture(tuple(map(tuple, panels)), weights, missing.max())


def _walk(space, target, out_of_time):
    """Panels, each on the face of what was left when it was found."""
    rest, weight, panels = target.copy(), 1.0, []
    while weight > LEFT and not (panels and out_of_time()):
        panel = _on_face(space, rest)
        if panel is None:
            break
        panels.append(panel)
        share = _largest_share(space, rest, panel)
        if share >= 1 - ON_FACE:
            break
        rest = ((rest - share * panel) / (1 - share)).clip(0, space.most)
        weight *= 1 - share
    return panels


def _on_face(space, rest):
    """The panel nearest to `rest` that keeps every rule tight which is tight there; None if there is none."""
    counted = space.rows @ rest
    lower = np.where(space.upper - counted < ON_FACE, space.upper, space.lower)
    upper = np.where(counted - space.lower < ON_FACE, space.lower, space.upper)
    below, above = np.floor(rest + ON_FACE), np.ceil(rest - ON_FACE)
    nearness = np.where(above > below, 1 - 2 * (rest - below), 0)
    panel, _ = whole(nearness, space.rows, lower, upper, below, above)
    if panel is None:
        least = np.where(space.most - rest < ON_FACE, space.most, 0)
        most = np.where(rest < ON_FACE, 0, space.most)
        panel, _ = whole(nearness, space.rows, lower, upper, least, most)
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


def _weights(space, target, panels):
    """(weights, duals by kind, dual of their sum): the weights that miss the target least, summed over kinds."""
    kinds, many = len(target), len(panels)
    columns = np.array(panels).T
    exact = sparse.eye_array(kinds)
    rows = sparse.block_array(
        [[sparse.csr_array(columns), exact, -exact], [sparse.csr_array(np.ones((1, many))), None, None]]
    ).tocsr()
    sides = np.append(target, 1.0)
    cost = np.concatenate([np.zeros(many), 1 / space.people, 1 / space.people])
    found, duals = linear(cost, rows, sides, sides, np.zeros(len(cost)), np.full(len(cost), np.inf))
    weights = found[:many].clip(0)
    return weights / weights.sum(), duals[:kinds], duals[kinds]
