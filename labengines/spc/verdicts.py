"""Was it an improvement? One decision, by a rule declared before the change.

Source: a run of eight is the shift rule of the Health Care Data Guide (Provost and Murray 2011)
and of Life QI; a stable baseline with frozen lines is Shewhart's phase I. The false alarms are
our own simulation, which `python -m benchmarks.false_alarms` repeats.
"""

import numpy as np

from labengines.spc import inputs
from labengines.spc.effects import effect
from labengines.spc.errors import NotDetermined, OutOfRange, TooFewPoints
from labengines.spc.false_alarms import chance
from labengines.spc.runs import runs_analysis
from labengines.spc.shewhart import chart
from labengines.spc.stretches import long_ones, sides
from labengines.spc.types.verdicts import Rule, Verdict

SIDES = {"increase": 1, "decrease": -1}
FEWEST_BEFORE = 12
FEWEST_FOR_EFFECT = 12
FEWEST_AFTER = 8
RUN = 8
ALIKE = 0.3
DECLARED = {"follow_up": FEWEST_AFTER, "with_runs": False, "measures": 1, "looks": 1}
EFFECTS = {
    **dict.fromkeys(("run", "i", "ip", "xbar"), "continuous"),
    **dict.fromkeys(("p", "pp"), "proportion"),
    **dict.fromkeys(("c", "u", "up"), "count"),
}


def verdict(values, kind, denominators=None, *, change, direction, **declared):
    """Whether a change improved one measure, worsened it, or neither can be said.

    values, kind, denominators: as of `chart`. change: the first period after the change (the
    number of a point from 1, without `subgroups`). direction: "increase" or "decrease" is better.
    declared: baseline (number of first points that the frozen centre line comes from, by default
    all before the change, at least 12), follow_up (fewest points after the change for "no
    evidence of change", at least 8), with_runs (an Anhoej signal after the change with most points
    on one side decides too), measures and looks (how many were tested, how often), subgroups, and
    the `Choices` of a chart.

    improved or worse: 8 points in a row on one side of the frozen centre line, all after the
    change (points on the line are skipped), after a baseline without any signal.
    Returns Verdict. Raises OutOfRange, TooFewPoints and what `chart` raises.
    """
    inputs.one_of(direction, SIDES, field="direction")
    test = {name: declared.pop(name, default) for name, default in DECLARED.items()}
    baseline, subgroups = declared.pop("baseline", None), declared.pop("subgroups", None)
    periods = chart(values, kind, denominators, subgroups, **declared).points.x
    first = _first_after(periods, change)
    baseline = first if baseline is None else baseline
    frozen = chart(values, kind, denominators, subgroups, direction=direction, baseline=baseline, **declared)
    rule = Rule(kind=kind, direction=direction, baseline=baseline, change=change, run=RUN, **test)
    _expect_room(frozen, rule, first)
    return _judged(frozen, rule, first)


def _judged(frozen, rule, first):
    """Verdict on a chart with frozen lines; first: place of the first point after the change."""
    points = frozen.points.values
    before, after = (int(np.isfinite(part).sum()) for part in (points[: rule.baseline], points[first:]))
    reasons, baseline_runs = _signals_before(frozen, rule.baseline)
    found = _decisive(frozen, rule, first)
    alarm = {"before": before, "after": after, "with_runs": rule.with_runs}
    return Verdict(
        outcome=_outcome(found, rule, after, unstable=bool(reasons) or baseline_runs),
        rule=rule,
        before=before,
        after=after,
        points=found[-1][:2] if found else None,
        deciding=found[-1][2] if found else 0,
        first_after=first + 1,
        both_ways=len({side for *_, side in found}) > 1,
        reasons=reasons,
        baseline_runs=baseline_runs,
        false_alarm=chance(**alarm, alike=0.0),
        false_alarm_alike=chance(**alarm, alike=ALIKE),
        autocorrelation=_autocorrelation(points[: rule.baseline]),
        chart=frozen,
        effect=_effect(frozen, rule, first),
    )


def _first_after(periods, change):
    """Place (from 0) of the first point at or after the change."""
    try:
        later = [place for place, period in enumerate(periods) if period >= change]
    except TypeError:
        raise OutOfRange(field="change", row=1, value=change, allowed="one of the periods") from None
    if not later or not later[0]:
        allowed = f"a period after {periods[0]} and up to {periods[-1]}"
        raise OutOfRange(field="change", row=1, value=change, allowed=allowed)
    return later[0]


def _expect_room(frozen, rule, first):
    points = int(np.isfinite(frozen.points.values[: rule.baseline]).sum())
    if points < FEWEST_BEFORE:
        raise TooFewPoints(points=points, needed=FEWEST_BEFORE)
    if rule.baseline > first:
        raise OutOfRange(
            field="baseline", row=1, value=rule.baseline, allowed=f"at most {first}, before the change"
        )
    if rule.follow_up < FEWEST_AFTER:
        raise OutOfRange(field="follow_up", row=1, value=rule.follow_up, allowed=f"at least {FEWEST_AFTER}")
    inputs.at_least(np.array([rule.measures, rule.looks]), 1, field="measures and looks")


def _signals_before(frozen, baseline):
    """(numbers of baseline points beyond a limit, whether the baseline's runs signal)."""
    outside = tuple(one.point for one in frozen.signals if one.rule == "outside" and one.point <= baseline)
    values, centre = frozen.points.values[:baseline], frozen.centre[:baseline]
    return outside, runs_analysis(values, centre).signal


def _decisive(frozen, rule, first):
    """[(numbers of first and last point, points in a row, +1 or -1), ...] that decide, oldest first.

    An Anhoej signal comes with 0 points in a row.
    """
    side = sides(frozen.points.values[first:], frozen.centre[first:])
    off = np.flatnonzero(side)
    runs = long_ones(side[off], rule.run)
    found = [(first + int(off[a]) + 1, first + int(off[b - 1]) + 1, b - a, code) for a, b, code in runs]
    if found or not rule.with_runs or not side.sum():
        return found
    signal = runs_analysis(frozen.points.values[first:], frozen.centre[first:]).signal
    return [(first + 1, len(frozen), 0, int(np.sign(side.sum())))] if signal else []


def _outcome(found, rule, after, *, unstable):
    if unstable:
        return "baseline unstable"
    if after < FEWEST_AFTER:
        return "too early"
    if found:
        return "improved" if found[-1][3] == SIDES[rule.direction] else "worse"
    return "too early" if after < rule.follow_up else "no evidence of change"


def _autocorrelation(values):
    """Correlation of neighbours about the mean, None without variation; a gap separates."""
    distance = values - np.nanmean(values)
    total = np.nansum(distance**2)
    return float(np.nansum(distance[1:] * distance[:-1]) / total) if total > 0 else None


def _effect(frozen, rule, first):
    """Size of the step with its interval, or None where a side has under 12 points or no model fits."""
    points = frozen.points
    kept = np.isfinite(points.values) & points.included
    kept[rule.baseline : first] = False
    sides_of_change = (kept[:first].sum(), kept[first:].sum())
    model = EFFECTS.get(rule.kind)
    if min(sides_of_change) < FEWEST_FOR_EFFECT or model is None:
        return None
    values = points.values if model == "continuous" else points.numerators
    time, after = np.arange(1, len(values) + 1), (np.arange(len(values)) >= first).astype(int)
    denominators = None if model == "continuous" or rule.kind == "c" else points.denominators[kept]
    try:
        return effect(values[kept], time=time[kept], after=after[kept], kind=model, denominators=denominators)
    except NotDetermined:
        return None
