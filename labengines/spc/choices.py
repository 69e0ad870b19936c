"""What a caller may choose about a chart, and what is refused."""

from dataclasses import dataclass

import numpy as np

from labengines.spc import inputs
from labengines.spc.errors import OutOfRange
from labengines.spc.kinds import KINDS
from labengines.spc.types.charts import Options

PRESETS = {
    "qicharts2": ("outside", "anhoej"),
    "making-data-count": ("making-data-count",),
    "pbcharts": ("outside", "anhoej"),
}
DIRECTIONS = ("increase", "decrease", "neutral")
RULE_SETS = (
    "outside",
    "anhoej",
    "best-box",
    "cut-box",
    "ihi",
    "making-data-count",
    "western-electric",
    "nelson",
)
DEVIATIONS = {
    "no-variation": "a baseline without variation has no limits, and says so",
    "screening-falls-back": "where screening leaves no moving range, all are used",
    "next-rebase": "a rebase date between two points counts from the next one",
    "refuse-impossible": "denominators of zero, negative counts and shares over 1 are refused",
    "baseline-spread": "the I' chart's width comes from the baseline, as its centre does",
    "gaps-break": "a missing value ends a trend (Making Data Count preset)",
    "trial-under-12": "limits are called trial limits if they rest on under 12 points, not in phases under 13",
}
FEWEST_TO_FIX = 12


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Everything about a chart but its columns and its kind; each has the field's usual default.

    preset: "qicharts2", "making-data-count" or "pbcharts": whose conventions hold.
    baseline: number of first points that the lines come from; in each phase with Making Data
    Count, else for charts without phases only. phases: numbers (from 1) of the last point before
    each new phase, or a label for each row (a phase begins where a label first appears).
    rebase: periods that begin a new phase. exclude: numbers (from 1) of points to leave out.
    target: in the unit shown. direction: "increase" or "decrease" is better, or "neutral".
    screening: leave out unusually large moving ranges; by default yes, but no with pbcharts.
    rules: names out of RULE_SETS; by default the preset's. centre: a centre line, one number or
    one for each point. multiply: factor for what is shown. floor: raise limits below zero to
    zero where no value is below zero. aggregate: "mean", "median", "sum" or "sd" of several rows
    in one period. levels: order of periods that are names. deviations: names out of DEVIATIONS,
    where the method departs from the preset's package on purpose; () repeats it exactly.
    """

    preset: str = "qicharts2"
    baseline: int | None = None
    phases: object = None
    rebase: tuple = ()
    exclude: tuple = ()
    target: float | None = None
    direction: str | None = "neutral"
    screening: bool | None = None
    rules: str | tuple | None = None
    centre: object = None
    multiply: float = 1
    floor: bool = False
    aggregate: str = "mean"
    levels: tuple | None = None
    deviations: tuple = tuple(DEVIATIONS)

    def __post_init__(self):
        inputs.one_of(self.preset, PRESETS, field="preset")
        inputs.one_of(self.direction or "neutral", DIRECTIONS, field="direction")
        for rule in self.rule_sets:
            inputs.one_of(rule, RULE_SETS, field="rules")
        for name in self.deviations:
            inputs.one_of(name, DEVIATIONS, field="deviations")
        if self.baseline is not None:
            least = FEWEST_TO_FIX if self.preset == "making-data-count" else 1
            _expect_whole(self.baseline, least, field="baseline")
        if not 0 < float(self.multiply) <= inputs.LARGEST:
            raise OutOfRange(field="multiply", row=1, value=self.multiply, allowed="more than 0")

    @property
    def rule_sets(self):
        """Names of the rule sets that hold."""
        if self.rules is None:
            return PRESETS[self.preset]
        return (self.rules,) if isinstance(self.rules, str) else tuple(self.rules)

    @property
    def screens(self):
        """Whether unusually large moving ranges are left out."""
        return self.preset != "pbcharts" if self.screening is None else bool(self.screening)

    def departs(self, name):
        """Whether the method departs from the preset's package in the way called `name`."""
        return name in self.deviations

    def centre_line(self, length):
        """The centre line that was given as (length,), or None."""
        if self.centre is None:
            return None
        if np.ndim(self.centre) == 0:
            return np.full(length, inputs.floats([self.centre], field="centre")[0])
        return inputs.floats(self.centre, field="centre", length=length)

    def options(self, kind, plan):
        """These choices, fit to be stored, with what the plan made of them."""
        given = self.centre_line(len(plan.phase))
        return Options(
            kind=inputs.one_of(kind, KINDS, field="kind"),
            preset=self.preset,
            baseline=plan.baseline_points,
            phases=plan.last_points,
            exclude=plan.excluded,
            target=None if self.target is None else float(inputs.floats([self.target], field="target")[0]),
            direction=self.direction or "neutral",
            screening=self.screens,
            rules=self.rule_sets,
            centre=None if given is None else tuple(given.tolist()),
            multiply=self.multiply,
            floor=bool(self.floor),
            aggregate=self.aggregate,
            deviations=tuple(name for name in DEVIATIONS if self.departs(name)),
        )


def _expect_whole(number, least, *, field):
    if isinstance(number, bool) or int(number) != number or number < least:
        raise OutOfRange(field=field, row=1, value=number, allowed=f"a whole number of at least {least}")
