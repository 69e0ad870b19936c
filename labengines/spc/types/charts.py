"""What a run chart or control chart holds: points, lines, phases, signals, and how it was made."""

from dataclasses import asdict, dataclass, fields

import numpy as np

COMMON = "common_cause"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"
HIGH = "special_cause_neutral_high"
LOW = "special_cause_neutral_low"


@dataclass(frozen=True)
class Options:
    """Every choice that produced a chart; `chart(values, **...)` with the same ones repeats it.

    kind: "i", "p" and so on. preset: whose conventions. baseline: how many first points
    the lines come from, None = all. phases: numbers (from 1) of the last point before each
    new phase. exclude: numbers of points left out of the lines and runs. target: in the unit
    shown. direction: "increase", "decrease" or "neutral". screening: whether unusually large
    moving ranges were left out. rules: names of the rule sets used. centre: a centre line
    that was given. multiply: factor between the data and what is shown. floor: whether
    limits below zero were raised to zero. aggregate: what became of several rows in one
    period. deviations: where the method departs on purpose from the package it follows.
    """

    kind: str
    preset: str
    baseline: int | None
    phases: tuple
    exclude: tuple
    target: float | None
    direction: str
    screening: bool
    rules: tuple
    centre: float | tuple | None
    multiply: float
    floor: bool
    aggregate: str
    deviations: tuple


@dataclass(frozen=True, eq=False)
class Points:
    """Columns of length m, one entry for each point, oldest first.

    x: period, date or category. values: what is plotted. numerators: sums of the rows.
    denominators: sums, NaN without any. sizes: rows with a value. means, deviations: of the
    rows, the latter with n - 1. phase: number from 1. baseline: counted among the points
    that the lines come from. included: not left out by hand.
    """

    x: tuple
    values: np.ndarray
    numerators: np.ndarray
    denominators: np.ndarray
    sizes: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    phase: np.ndarray
    baseline: np.ndarray
    included: np.ndarray

    def __len__(self):
        return len(self.x)


@dataclass(frozen=True, eq=False)
class Limits:
    """Control limits (m,) in the unit shown, NaN where there are none.

    lower, upper: three standard deviations from the centre; lower_inner, upper_inner: two.
    """

    lower: np.ndarray
    lower_inner: np.ndarray
    upper_inner: np.ndarray
    upper: np.ndarray


@dataclass(frozen=True)
class Signal:
    """One rule met by one point. point: number from 1. side: +1 high or rising, -1 low or falling."""

    point: int
    rule: str
    side: int


@dataclass(frozen=True)
class Runs:
    """Runs analysis of one phase; None where no point lies off the centre line.

    method: "anhoej", "best-box" or "cut-box". observed: points that were not left out.
    useful: points off the centre line. longest_max, crossings_min: Anhoej's limits.
    signal: whether the runs show that something changed.
    """

    method: str
    observed: int
    useful: int
    longest: int | None
    longest_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


@dataclass(frozen=True)
class RunCount:
    """Number of runs about the median and the exact 2.5 % bounds; verdict "few", "many" or "expected"."""

    useful: int
    runs: int
    low: int | None
    high: int | None
    verdict: str


@dataclass(frozen=True)
class Phase:
    """One phase in figures; lines are means over its points.

    number: from 1. first, last: numbers of its points. observed: points that count.
    runs: None if its rule was not asked for; run_count likewise. outside: points beyond a limit.
    """

    number: int
    first: int
    last: int
    observed: int
    centre: float
    lower: float
    lower_inner: float
    upper_inner: float
    upper: float
    outside: int
    common_cause: int
    improvement: int
    concern: int
    variation: str
    assurance: str | None
    runs: Runs | None
    run_count: RunCount | None


@dataclass(frozen=True)
class Icons:
    """The two round icons of Making Data Count, for the latest phase.

    variation: "common_cause", or "improvement", "concern" or "neutral" with "_high" or "_low".
    assurance: "pass", "fail" or "inconsistent"; None without a target or a direction.
    """

    variation: str
    assurance: str | None


@dataclass(frozen=True, eq=False)
class Chart:
    """A run chart or control chart, whole: what is drawn, tabled and put into words.

    points: Points. centre: float (m,), the centre line. limits: Limits. phases: Phases.
    signals: every rule met by a point, ordered by point. names: for each point the Signal
    that names it, None for common cause. point_types: for each point its kind of variation.
    target: in the unit shown, or None. notes: what a reader must know.
    """

    options: Options
    points: Points
    centre: np.ndarray
    limits: Limits
    phases: tuple
    signals: tuple
    names: tuple
    point_types: tuple
    target: float | None
    icons: Icons
    notes: tuple

    def __len__(self):
        return len(self.points)

    @property
    def runs(self):
        """Runs of each phase, None where they were not asked for."""
        return tuple(phase.runs for phase in self.phases)

    @property
    def summary(self):
        """One dictionary for each phase: its Phase in plain figures."""
        return tuple(asdict(phase) for phase in self.phases)

    @property
    def rules_at(self):
        """For each point the names of the rules it meets, as tuples."""
        met = [[] for _ in range(len(self))]
        for signal in self.signals:
            met[signal.point - 1].append(signal.rule)
        return tuple(tuple(rules) for rules in met)

    @property
    def has_limits(self):
        """Whether any point has control limits."""
        return bool(np.isfinite(self.limits.upper).any() or np.isfinite(self.limits.lower).any())

    def columns(self):
        """The chart as {name: list}, one entry for each point, missing numbers as None."""
        found = {field.name: _plain(getattr(self.points, field.name)) for field in fields(Points)}
        found["centre"] = _plain(self.centre)
        found |= {field.name: _plain(getattr(self.limits, field.name)) for field in fields(Limits)}
        return found | {"point_type": list(self.point_types), "rules": list(self.rules_at)}

    def to_frame(self):
        """The chart as a pandas DataFrame, one row for each point; needs pandas, which is not installed along."""
        import pandas as pd  # noqa: PLC0415 - only who asks for a frame needs pandas

        return pd.DataFrame(self.columns())

    def __str__(self):
        return "\n".join(
            [self._title(), *(_line(phase) for phase in self.phases), *map(_sentence, self.notes)]
        )

    __repr__ = __str__

    def _title(self):
        signals = sum(bool(rules) for rules in self.rules_at)
        return (
            f"{self.options.kind} chart ({self.options.preset}): {len(self)} points, "
            f"{len(self.phases)} phase{'s' * (len(self.phases) != 1)}, {signals} points signal"
        )


def _plain(column):
    if not isinstance(column, np.ndarray):
        return list(column)
    return [None if isinstance(value, float) and np.isnan(value) else value for value in column.tolist()]


def _line(phase):
    text = f"  points {phase.first}-{phase.last}: centre {phase.centre:.6g}"
    if np.isfinite(phase.lower) or np.isfinite(phase.upper):
        text += f", limits {phase.lower:.6g} to {phase.upper:.6g}, {phase.outside} outside"
    if phase.runs and phase.runs.useful:
        text += f", longest run {phase.runs.longest} (at most {phase.runs.longest_max})"
        text += f", crossings {phase.runs.crossings} (at least {phase.runs.crossings_min})"
    return text


def _sentence(note):
    return f"  note: {note.code.replace('_', ' ')} " + ", ".join(f"{k} {v}" for k, v in note.params.items())
