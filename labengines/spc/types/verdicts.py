"""What was decided about a change, by a rule that was declared before it."""

from dataclasses import dataclass

from labengines.spc.types.charts import Chart
from labengines.spc.types.effects import Effect

OUTCOMES = ("improved", "worse", "no evidence of change", "too early", "baseline unstable")


@dataclass(frozen=True)
class Rule:
    """What was declared beforehand.

    kind, direction: as of a chart. baseline: number of points the centre line comes from.
    change: first period after the change. run: points in a row on one side that decide.
    follow_up: fewest points after the change for "no evidence of change". with_runs: whether an
    Anhoej signal after the change with most points on one side decides too. measures, looks:
    how many measures were tested, and how many times they were looked at.
    """

    kind: str
    direction: str
    baseline: int
    change: object
    run: int
    follow_up: int
    with_runs: bool
    measures: int
    looks: int


@dataclass(frozen=True, eq=False)
class Verdict:
    """The decision and everything that must be read beside it.

    outcome: one of OUTCOMES. rule: Rule. before, after: points with a value. points: (first, last)
    numbers of the points that decided, or None. deciding: how many of them lie off the line in a
    row, 0 if the runs decided. first_after: number of the first point after the change. both_ways:
    runs of both sides were found; the later one decided. reasons: numbers of baseline points that
    signal; baseline_runs: whether the baseline's runs do. false_alarm, false_alarm_alike: share of
    unchanged processes (0..1) that one use of the rule calls improved, where points are
    independent, and where neighbours correlate with 0.3. autocorrelation: between neighbours in
    the baseline, None where it does not vary. chart: Chart with the frozen lines. effect: size of
    the step, None with fewer than 12 points on a side.
    """

    outcome: str
    rule: Rule
    before: int
    after: int
    points: tuple | None
    deciding: int
    first_after: int
    both_ways: bool
    reasons: tuple
    baseline_runs: bool
    false_alarm: float
    false_alarm_alike: float
    autocorrelation: float | None
    chart: Chart
    effect: Effect | None

    @property
    def needed(self):
        """Fewest points after the change for an answer."""
        return self.rule.run if self.after < self.rule.run else self.rule.follow_up

    @property
    def alike(self):
        """Whether neighbouring points are so alike (over 0.3) that false alarms are more frequent."""
        return self.autocorrelation is not None and self.autocorrelation > 0.3

    @property
    def any_false_alarm(self):
        """Chance (0..1) that at least one of all uses of the rule calls an unchanged process improved."""
        uses = self.rule.measures * self.rule.looks
        return 1 - (1 - (self.false_alarm_alike if self.alike else self.false_alarm)) ** uses

    @property
    def caution(self):
        """The sentence that belongs beside every verdict."""
        said = [
            f"This rule calls about {self.false_alarm:.0%} of unchanged processes improved, "
            f"and about {self.false_alarm_alike:.0%} if neighbouring points are alike (correlation 0.3)."
        ]
        if self.alike:
            said.append(f"Here they are alike: {self.autocorrelation:.2f} in the baseline.")
        if self.rule.measures * self.rule.looks > 1:
            said.append(
                f"With {self.rule.measures} measures looked at {self.rule.looks} times, "
                f"the chance of at least one such mistake is up to {self.any_false_alarm:.0%}."
            )
        return " ".join(said)

    def __str__(self):
        return f"{self.outcome} ({self.before} points before, {self.after} after). {self.caution}"

    __repr__ = __str__
