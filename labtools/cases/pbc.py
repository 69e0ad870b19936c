"""Cases of pbcharts: I' charts with the spread of the baseline, and moving S charts."""

import numpy as np

from labengines.spc import chart
from labtools.cases.columns import listed, of_rows
from labtools.cases.qic import RUN_FIELDS

KINDS = {"i": "ip", "ms": "ms"}


def run(case):
    """{"points"}: values, lines, phases and signals of one chart."""
    made = _chart(case)
    limits, phases = made.limits, [made.phases[number - 1] for number in made.points.phase.tolist()]
    runs = ("runs_signal", "n_useful", "longest_run", "n_crossings")
    points = {
        "y": made.points.values.tolist(),
        "cl": made.centre.tolist(),
        "lcl": limits.lower.tolist(),
        "ucl": limits.upper.tolist(),
        "part": made.points.phase.tolist(),
        "sigma_signal": _outside(made.points.values, limits),
        **{name: [getattr(phase.runs, RUN_FIELDS[name]) for phase in phases] for name in runs},
    }
    return {"points": points}


def _outside(values, limits):
    """Whether each point lies beyond a limit, as R reckons: None where a missing limit leaves it open."""
    beyond = (values > limits.upper) | (values < limits.lower)
    open_question = np.isnan(values + limits.upper + limits.lower)
    return [
        True if out else None if unknown else False
        for out, unknown in zip(beyond, open_question, strict=True)
    ]


def _chart(case):
    given, options = case["input"], case["options"]
    part = listed(options.get("split", options.get("part")))
    rows = range(len(given["y"]))
    return chart(
        given["y"],
        KINDS[options.get("chart", case["chart"].removeprefix("pbc-"))],
        preset="pbcharts",
        denominators=of_rows(given.get("n"), rows),
        subgroups=given.get("x"),
        baseline=None if part else options.get("freeze"),
        phases=part or None,
        exclude=listed(options.get("exclude")),
        screening=options.get("screenms", False),
        centre=options.get("cl"),
        multiply=options.get("multiply", 1),
        deviations=(),
    )
