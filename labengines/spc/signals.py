"""Which rules are met, where, and what they mean for the direction that is wanted."""

from dataclasses import dataclass

import numpy as np

from labengines.spc import making_data_count, zones
from labengines.spc.making_data_count import beyond, kind_of_variation
from labengines.spc.run_rules import number_of_runs, shifts, trends
from labengines.spc.runs import METHODS, runs_analysis
from labengines.spc.types.charts import Limits, Runs, Signal

PRECEDENCE = (*making_data_count.PRECEDENCE, *zones.WESTERN_ELECTRIC, *zones.NELSON)


@dataclass(frozen=True, eq=False)
class Found:
    """signals: tuple of Signal. names: for each point its Signal or None. point_types: strings.

    runs, run_counts: one for each phase, None where not asked for.
    """

    signals: tuple
    names: tuple
    point_types: tuple
    runs: tuple
    run_counts: tuple


def find(drawn, shown, plan, *, ordered, choices):
    """Found for a chart.

    drawn: Drawn in the unit of the data, for everything about the centre line. shown: the same
    in the unit shown, for limits. plan: Plan. ordered: whether the points have an order, without
    which runs mean nothing.
    """
    met = _met(drawn, shown, plan, choices)
    signals = sorted(
        (
            Signal(int(point) + 1, rule, int(sides[point]))
            for rule, sides in met.items()
            for point in np.flatnonzero(sides)
        ),
        key=lambda signal: (signal.point, PRECEDENCE.index(signal.rule)),
    )
    names = [None] * len(plan.phase)
    for signal in reversed(signals):
        names[signal.point - 1] = signal
    kinds = tuple(
        kind_of_variation(name.side if name else 0, choices.direction or "neutral") for name in names
    )
    parts = [_included(drawn, plan, part) for part in plan.slices]
    return Found(
        tuple(signals),
        tuple(names),
        kinds,
        tuple(_runs(values, centre, ordered, choices) for values, centre in parts),
        tuple(number_of_runs(*part) if "ihi" in choices.rule_sets else None for part in parts),
    )


def _included(drawn, plan, part):
    """(values, centre) of the points of a phase that were not left out."""
    kept = plan.included[part]
    return drawn.values[part][kept], drawn.centre[part][kept]


def _runs(values, centre, ordered, choices):
    method = next((rule for rule in choices.rule_sets if rule in METHODS), None)
    if method is None:
        return None
    found = runs_analysis(values, centre, method=method)
    return found if ordered else Runs(**{**vars(found), "signal": False})


def _met(drawn, shown, plan, choices):
    """{rule: int (m,)} over all phases."""
    rules = dict.fromkeys(_asked(choices), ())
    pieces = [_phase(drawn, shown, plan, part, choices) for part in plan.slices]
    return {rule: np.concatenate([piece[rule] for piece in pieces]) for rule in rules}


def _asked(choices):
    sets = {
        "outside": ("outside",),
        "ihi": ("trend", "shift"),
        "making-data-count": making_data_count.PRECEDENCE,
        "western-electric": zones.WESTERN_ELECTRIC,
        "nelson": zones.NELSON,
    }
    return [rule for name in choices.rule_sets for rule in sets.get(name, ())]


def _phase(drawn, shown, plan, part, choices):
    """{rule: int (k,)} for one phase."""
    limits = Limits(*(line[part] for line in vars(shown.limits).values()))
    values, centre = shown.values[part], shown.centre[part]
    counted = np.where(plan.included[part], drawn.values[part], np.nan)
    found = {"outside": beyond(values, limits.lower, limits.upper)}
    if "ihi" in choices.rule_sets:
        found |= {"shift": _places(shifts(counted, drawn.centre[part]), len(values))}
        found |= {"trend": _places(trends(counted), len(values))}
    if "making-data-count" in choices.rule_sets:
        if not choices.departs("gaps-break"):
            making_data_count.refuse_gap_in_trend(values)
        found |= making_data_count.four_rules(values, centre, limits)
    if {"western-electric", "nelson"} & set(choices.rule_sets):
        found |= zones.zone_rules(values, centre, _sigma(centre, limits))
    return found


def _sigma(centre, limits):
    """One standard deviation: a third of the way to a limit, on the side that was not cut off."""
    with np.errstate(invalid="ignore"):
        return np.fmax(limits.upper - centre, centre - limits.lower) / 3


def _places(stretches, length):
    found = np.zeros(length, int)
    for places, side in stretches:
        found[places] = side
    return found
