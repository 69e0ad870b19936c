"""Cases of NHSRplotthedots: XmR charts as Making Data Count draws them, in the words of its `ptd_spc`."""

from datetime import date

import numpy as np

from labengines.spc import chart
from labengines.spc.errors import Repeated
from labtools.cases.columns import groups, joined, listed, of_rows, periods

SHORT = 13  # rows in a group under which plotthedots warns
NO_FACET = "no facet"
LABELS = {
    ("outside", 1): "Above UCL",
    ("outside", -1): "Below LCL",
    ("trend", 1): "7 Point Trend (Increasing)",
    ("trend", -1): "7 Point Trend (Decreasing)",
    ("two-in-three", 1): "2 in 3 Above CL",
    ("two-in-three", -1): "2 in 3 Below CL",
    ("shift", 1): "7 Points Above CL",
    ("shift", -1): "7 Points Below CL",
}
ASSURANCE = {"pass": "consistent_pass", "fail": "consistent_fail", "inconsistent": "inconsistent", None: None}


def run(case):
    """{"points", "summary", "icons"} and, with a target, {"assurance"} of every facet in alphabetical order."""
    given, options = case["input"], case["options"]
    facets = {facet: rows for (facet,), rows in groups(len(given["y"]), given.get("facet")).items()}
    found = {facet: _chart(case, facet, rows) for facet, rows in facets.items()}
    answer = {
        "points": joined([_points(case, facet, made) for facet, made in found.items()]),
        "summary": joined([_summary(case, facet, made) for facet, made in found.items()]),
        "icons": _icons(options, found),
    }
    if "target" in options:
        icons = [_assurance(options, facet, made) for facet, made in found.items()]
        answer["assurance"] = {"facet": [_name(facet) for facet in found], "assurance_type": icons}
    return answer


def _chart(case, facet, rows):
    given, options = case["input"], case["options"]
    dates = of_rows(given["date"], rows)
    if len(set(dates)) < len(dates):
        raise Repeated(field="date", value=next(day for day in dates if dates.count(day) > 1))
    return chart(
        of_rows(given["y"], rows),
        "i",
        subgroups=periods(dates, "date"),
        preset="making-data-count",
        baseline=options.get("fix_after_n_points"),
        rebase=_rebase(options.get("rebase"), facet),
        target=_of_facet(options.get("target"), facet),
        direction=options["improvement_direction"],
        screening=options["screen_outliers"],
        deviations=(),
    )


def _rebase(given, facet):
    return [date.fromisoformat(day) for day in listed(_of_facet(given, facet))]


def _first_group(options, facet, made):
    """The number of the first group: 1 where the series begins on a day of rebasing, else 0."""
    return int(made.points.x[0] in _rebase(options.get("rebase"), facet))


def _of_facet(given, facet):
    """One value for all facets, or the one that a dictionary has for this facet."""
    return given.get(facet) if isinstance(given, dict) else given


def _name(facet):
    return NO_FACET if facet is None else facet


def _points(case, facet, made):
    phase = made.points.phase
    rows = np.bincount(phase)[phase]
    first = _first_group(case["options"], facet, made)
    outside, close = _places(made)
    found = {
        "date": list(made.points.x),
        "y": made.points.values.tolist(),
        "facet": [_name(facet)] * len(made),
        "rebase_group": (phase - 1 + first).tolist(),
        "mean": made.centre.tolist(),
        "lpl": made.limits.lower.tolist(),
        "upl": made.limits.upper.tolist(),
        "outside_limits": outside,
        "relative_to_mean": np.sign(made.points.values - made.centre).tolist(),
        "close_to_limits": close,
        "special_cause_type": [_label(signal) for signal in made.names],
        "special_cause_flag": [signal is not None for signal in made.names],
        "point_type": list(made.point_types),
        "short_group_warning": (rows < SHORT).tolist(),
    }
    return found | {"target": [made.target] * len(made)} if "target" in case["options"] else found


def _places(made):
    """(outside the limits, between the inner and outer limits) for each point; None where either is missing."""
    values, limits = made.points.values, made.limits
    outside = (values > limits.upper) | (values < limits.lower)
    close = ~outside & ((values > limits.upper_inner) | (values < limits.lower_inner))
    known = np.isfinite(values) & np.isfinite(limits.upper)
    return [
        [bool(flag) if there else None for flag, there in zip(flags, known, strict=True)]
        for flags in (outside, close)
    ]


def _label(signal):
    return "Common Cause" if signal is None else LABELS[signal.rule, signal.side]


def _summary(case, facet, made):
    phases, options = made.phases, case["options"]
    found = {"f": [_name(facet)] * len(phases)}
    if "rebase" in options:
        first = _first_group(options, facet, made)
        found["rebase_group"] = [phase.number - 1 + first for phase in phases]
    found |= {
        "mean_col": [phase.centre for phase in phases],
        "lpl": [phase.lower for phase in phases],
        "upl": [phase.upper for phase in phases],
        "n": [phase.last - phase.first + 1 for phase in phases],
        "common_cause": [phase.common_cause for phase in phases],
        "special_cause_improvement": [phase.improvement for phase in phases],
        "special_cause_concern": [phase.concern for phase in phases],
        "variation_type": [phase.variation for phase in phases],
    }
    if "target" in options:
        found["assurance_type"] = [None] * (len(phases) - 1) + [_assurance(options, facet, made)]
    return found


def _icons(options, found):
    rows = [(_name(facet), "variation", made.icons.variation) for facet, made in found.items()]
    if "target" in options:
        types = {facet: _assurance(options, facet, made) for facet, made in found.items()}
        rows += [
            (_name(facet), "assurance", kind.removeprefix("consistent_"))
            for facet, kind in types.items()
            if kind
        ]
    return {
        name: list(column)
        for name, column in zip(("facet", "type", "icon"), zip(*rows, strict=True), strict=True)
    }


def _assurance(options, facet, made):
    """The package's word for the icon; it gives "inconsistent" to a facet that has no target of its own."""
    forgotten = isinstance(options["target"], dict) and facet not in options["target"]
    return "inconsistent" if forgotten else ASSURANCE[made.icons.assurance]
