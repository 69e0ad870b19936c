"""One run chart or control chart from a column of values."""

import numpy as np

from labengines.spc import inputs, phasing, plotting, signals
from labengines.spc.choices import Choices
from labengines.spc.errors import MissingColumn, OutOfRange
from labengines.spc.kinds import KINDS
from labengines.spc.making_data_count import icons
from labengines.spc.rows import gather, read
from labengines.spc.types.charts import COMMON, CONCERN, IMPROVEMENT, Chart, Limits, Phase, Points
from labengines.spc.types.notes import Note

FEWEST_FOR_LIMITS = 12
FEWEST_FOR_RUNS = 10


def chart(values, kind, denominators=None, subgroups=None, **choices):
    """A run chart or control chart: lines, limits, signals, phases and what they say.

    values: (n,) list, array or pandas column, missing ones None or NaN: measurements, counts,
    or numerators of `denominators` (n,); or (m, k), one row for each period. kind: a key of
    `kinds.KINDS`: "run", "i", "mr", "ip", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g" and
    a few more. subgroups: (n,) the period of each row (numbers, dates or names), in any order;
    equal ones become one point; without them each row is a point. choices: see `Choices`.

    Returns Chart, in the unit of the data times `multiply`. Inputs are never changed.
    Raises Unknown, NotANumber, OutOfRange, DifferentLengths, MissingColumn, TooFewPoints,
    Repeated. Source: see the README of this package.
    """
    inputs.one_of(kind, KINDS, field="kind")
    choices = Choices(**choices)
    columns = read(values, denominators, subgroups)
    _refuse_impossible(kind, columns, choices)
    rows = gather(columns, levels=choices.levels, aggregate=choices.aggregate)
    plan = phasing.plan(rows, choices)
    drawn = plotting.draw(rows, plan, kind=kind, choices=choices)
    shown = drawn.times(choices.multiply)
    ordered = not rows.category and kind not in ("mr", "ms")
    found = signals.find(drawn, shown, plan, ordered=ordered, choices=choices)
    return _assembled(choices.options(kind, plan), rows, plan, shown, found)


def _refuse_impossible(kind, columns, choices):
    """Refuse what no preset can draw, and, unless it is to be repeated, what makes no sense."""
    values, sizes, needs = columns.values, columns.denominators, KINDS[kind]
    for field in needs.needs:
        if getattr(columns, field) is None:
            raise MissingColumn(field=field, kind=kind)
    if kind == "t":
        inputs.at_least(values, 0, field="values", strictly=True)
    if not choices.departs("refuse-impossible"):
        return
    if needs.counts:
        inputs.at_least(values, 0, field="values")
    if sizes is not None:
        inputs.at_least(np.where(np.isnan(values), np.nan, sizes), 0, field="denominators", strictly=True)
    for row in np.flatnonzero(values > sizes) if needs.share else ():
        allowed = f"at most the denominator, {sizes[row]:g}"
        raise OutOfRange(field="values", row=int(row) + 1, value=float(values[row]), allowed=allowed)


def _assembled(options, rows, plan, shown, found):
    points = Points(
        x=rows.x,
        values=shown.values,
        numerators=rows.numerators,
        denominators=rows.denominators,
        sizes=rows.sizes,
        means=rows.means,
        deviations=rows.deviations,
        phase=plan.phase,
        baseline=plan.baseline,
        included=plan.included,
    )
    for column in (*vars(points).values(), shown.centre, *vars(shown.limits).values()):
        if isinstance(column, np.ndarray):
            inputs.frozen(column)
    phases = tuple(_phase(number, options, plan, shown, found) for number in range(len(plan.slices)))
    return Chart(
        options=options,
        points=points,
        centre=shown.centre,
        limits=shown.limits,
        phases=phases,
        signals=found.signals,
        names=found.names,
        point_types=found.point_types,
        target=options.target,
        icons=_icons(options, shown, found),
        notes=plan.notes + shown.notes + _short(options, plan, phases, shown),
    )


def _phase(number, options, plan, shown, found):
    part = plan.slices[number]
    limits = Limits(*(line[part] for line in vars(shown.limits).values()))
    outside = (shown.values[part] > limits.upper) | (shown.values[part] < limits.lower)
    kinds = found.point_types[part]
    latest = icons(
        kinds[-1], options.direction, target=options.target, lower=limits.lower[-1], upper=limits.upper[-1]
    )
    return Phase(
        number=number + 1,
        first=part.start + 1,
        last=part.stop,
        observed=int(plan.included[part].sum()),
        centre=_mean(shown.centre[part]),
        **{name: _mean(line) for name, line in vars(limits).items()},
        outside=int(outside.sum()),
        common_cause=kinds.count(COMMON),
        improvement=kinds.count(IMPROVEMENT),
        concern=kinds.count(CONCERN),
        variation=kinds[-1],
        assurance=latest.assurance if part.stop == len(plan.phase) else None,
        runs=found.runs[number],
        run_count=found.run_counts[number],
    )


def _icons(options, shown, found):
    limits = shown.limits
    return icons(
        found.point_types[-1],
        options.direction,
        target=options.target,
        lower=limits.lower[-1],
        upper=limits.upper[-1],
    )


def _short(options, plan, phases, shown):
    """Notes on phases too short for what they show."""
    notes = []
    for phase, part in zip(phases, plan.slices, strict=True):
        points, fewest = _limits_rest_on(options, plan, shown, part)
        if np.isfinite(shown.limits.upper[part]).any() and points < fewest:
            notes.append(Note("trial_limits", {"phase": phase.number, "points": points}))
        if phase.runs and 0 < phase.runs.useful < FEWEST_FOR_RUNS:
            notes.append(Note("few_points_for_runs", {"phase": phase.number, "points": phase.runs.useful}))
    return tuple(notes)


def _limits_rest_on(options, plan, shown, part):
    """(points of a phase that its limits rest on, fewest that make more than trial limits)."""
    if "trial-under-12" not in options.deviations:
        return part.stop - part.start, FEWEST_FOR_LIMITS + 1
    return int(np.isfinite(shown.values[part][plan.base[part]]).sum()), FEWEST_FOR_LIMITS


def _mean(line):
    present = line[~np.isnan(line)]
    return float(present.mean()) if len(present) else float("nan")
