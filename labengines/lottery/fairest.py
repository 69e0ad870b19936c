"""Step 6: the whole way from a pool to a lottery with the best chances, certified."""

import math
from dataclasses import replace

import numpy as np
from scipy import sparse

from labengines.lottery import errors
from labengines.lottery.checks import check
from labengines.lottery.feasible import feasible_in
from labengines.lottery.mixing import CLOSE, Mixture, mix
from labengines.lottery.rounding import some_panel
from labengines.lottery.solving import half, linear
from labengines.lottery.space import space
from labengines.lottery.targets import NOTHING, Target, leximin_target, maximin_target, nash_target
from labengines.lottery.types import LEAST_CHANCE, Distribution

TARGETS = {"leximin": leximin_target, "maximin": maximin_target, "nash": nash_target}
MOST_CUTS = 200
LAST_STEP = 10  # seconds, but no more than a quarter, that are kept for the best of the known panels
FAINT = 1e-10  # a weight that is dropped


def leximin(pool, quotas, size, *, one_per=None, time_left=lambda: math.inf):
    """The Distribution whose lowest chance is as high as can be, then the second lowest, and so on.

    pool: sequence of Person. quotas: sequence of Quota. size: people in a panel. one_per: trait of which a panel
    holds each value once (blank: shared with nobody). time_left: gives the seconds that are left; once there are none
    the best lottery so far is returned, with the bound that holds for any. Raises Impossible, OutOfTime where not even
    one panel was found by then, and the errors of `check`.

    The chances of leximin and of nash are unique; for maximin only the lowest is, and of several such lotteries one
    with a low highest chance is taken. Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for
    selecting citizens' assemblies", Nature 596 (2021), for the aims; the search is by relaxation, see the README.
    """
    return distribution("leximin", pool, quotas, size, one_per=one_per, time_left=time_left)


def maximin(pool, quotas, size, *, one_per=None, time_left=lambda: math.inf):
    """The Distribution whose lowest chance is as high as can be; arguments as for `leximin`."""
    return distribution("maximin", pool, quotas, size, one_per=one_per, time_left=time_left)


def nash(pool, quotas, size, *, one_per=None, time_left=lambda: math.inf):
    """The Distribution whose product of chances is as large as can be; arguments as for `leximin`."""
    return distribution("nash", pool, quotas, size, one_per=one_per, time_left=time_left)


def distribution(method, pool, quotas, size, *, one_per, time_left):
    """The Distribution of a method by its name; arguments as for `leximin`."""
    check(pool, quotas, size, one_per)
    rules = space(pool, quotas, size, one_per)
    panels = [_one_panel(rules, size, time_left)]
    target, mixture = _search(method, rules, panels, _but_the_end(time_left))
    made = Distribution(
        method=method,
        size=size,
        traits=rules.traits,
        kinds=rules.kinds,
        houses=rules.houses,
        one_per=one_per,
        bound=float(target.bound),
        unchosen=_unchosen(rules, target),
        proved=bool(mixture.gap <= CLOSE),
        gap=float(mixture.gap),
        **_kept(mixture.panels, mixture.weights),
    )
    return made if made.proved else _best_known(made, panels, rules.people)


def _but_the_end(time_left):
    """The clock of the search, which leaves time for the last step."""
    kept = min(LAST_STEP, time_left() / 4)
    return lambda: time_left() - kept


def _one_panel(rules, size, time_left):
    """Some panel. Raises Impossible, and OutOfTime where neither is known."""
    panel = some_panel(rules, time_left)
    if panel is not None:
        return panel
    try:
        found = feasible_in(rules, size, time_left)
    except errors.OutOfTime:
        raise errors.Impossible(changes=(), households=None) from None
    raise errors.Impossible(changes=found.changes, households=found.households)


def _search(method, rules, panels, time_left):
    """(Target, Mixture): aim, try, and where no lottery gets there aim again with one more rule.

    panels: list of one; all that are found are added to it. When time runs out the target is the last one reached.
    """
    target = Target(np.ones(len(rules.kinds)), 1.0)  # no chance is larger than 1
    mixture = Mixture(tuple(panels), np.ones(1), math.inf)
    try:
        for _ in range(MOST_CUTS):
            target = TARGETS[method](rules, half(time_left))
            mixture = mix(rules, target.counts, panels, time_left)
            if mixture.cut is None:
                break
            rules = rules.with_cut(*mixture.cut)
    except errors.OutOfTime:
        pass
    return target, mixture


def _unchosen(rules, target):
    never = target.counts <= NOTHING * rules.people
    return tuple(
        sorted(
            person for kind, none in zip(rules.kinds, never, strict=True) if none for person in kind.people
        )
    )


def _kept(panels, weights):
    """Panels that have a weight, in their order, each once."""
    weight_of = {}
    for panel, weight in zip(panels, weights, strict=True):
        if weight > FAINT:
            whole_panel = tuple(int(count) for count in panel)
            weight_of[whole_panel] = weight_of.get(whole_panel, 0.0) + float(weight)
    total = sum(weight_of.values())
    ordered = sorted(weight_of)
    return {"panels": tuple(ordered), "weights": tuple(weight_of[panel] / total for panel in ordered)}


def _best_known(made, panels, people):
    """Of the panels found before time ran out, the lottery whose lowest chance is highest."""
    columns = np.array(panels).T / people[:, None]
    reached = columns.max(axis=1) > 0
    rows = np.hstack([columns[reached], -np.ones((reached.sum(), 1))])
    rows = sparse.csr_array(np.vstack([rows, np.append(np.ones(len(panels)), 0)]))
    lower = np.append(np.zeros(reached.sum()), 1.0)
    upper = np.append(np.full(reached.sum(), np.inf), 1.0)
    cost = np.append(np.zeros(len(panels)), -1.0)
    found, _ = linear(cost, rows, lower, upper, np.zeros(len(cost)), np.ones(len(cost)))
    kept = replace(made, **_kept(panels, found[:-1].clip(0)))
    gap = max(0.0, made.bound - kept.lowest)
    return replace(kept, gap=gap, proved=made.method == "maximin" and gap <= CLOSE)


def gini(chances):
    """Inequality of chances (sequence of 0..1): 0 where all are equal. Source: the paper's code."""
    ordered = np.sort(np.array(chances, float))
    many = len(ordered)
    return float(((2 * np.arange(many) - many + 1) * ordered).sum() / (many * ordered.sum()))


def geometric_mean(chances):
    """Geometric mean of chances, each raised to at least 1/10,000. Source: the paper's code."""
    return float(np.exp(np.log(np.maximum(np.array(chances, float), LEAST_CHANCE)).mean()))
