"""The kinds of charts: what each needs, what it plots, and where its limits come from."""

from collections.abc import Callable
from dataclasses import dataclass

from labengines.spc import limits


@dataclass(frozen=True)
class Kind:
    """One kind of chart.

    name: for people. lines: function from Part to Lines. plots: the column that is drawn.
    needs: columns without which it means nothing. counts: whether values are numbers of events
    (never negative); share: whether they are part of their denominators.
    """

    name: str
    lines: Callable
    plots: str = "values"
    needs: tuple = ()
    counts: bool = False
    share: bool = False


KINDS = {
    "run": Kind("Run chart", limits.run),
    "i": Kind("I chart", limits.individuals),
    "mr": Kind("MR chart", limits.moving_range, plots="moving ranges"),
    "ms": Kind("Moving S chart", limits.moving_s, plots="moving deviations"),
    "ip": Kind("I' chart", limits.individuals_prime, plots="ratios"),
    "xbar": Kind("Xbar chart", limits.xbar, plots="means", needs=("subgroups",)),
    "s": Kind("S chart", limits.standard_deviation, plots="deviations", needs=("subgroups",)),
    "xbar-r": Kind("Xbar chart (ranges)", limits.xbar_from_ranges, plots="means", needs=("subgroups",)),
    "r": Kind("R chart", limits.subgroup_range, plots="ranges", needs=("subgroups",)),
    "t": Kind("T chart", limits.time_between),
    "p": Kind("P chart", limits.proportion, needs=("denominators",), counts=True, share=True),
    "pp": Kind("P' chart", limits.proportion_prime, needs=("denominators",), counts=True, share=True),
    "np": Kind("NP chart", limits.number_of_cases, "numerators", ("denominators",), counts=True, share=True),
    "c": Kind("C chart", limits.count, plots="numerators", counts=True),
    "u": Kind("U chart", limits.rate, needs=("denominators",), counts=True),
    "up": Kind("U' chart", limits.rate_prime, needs=("denominators",), counts=True),
    "g": Kind("G chart", limits.cases_between, counts=True),
}
