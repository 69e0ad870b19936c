"""Cases of qicharts2: run charts and control charts in the words of its `qic` function."""

from labengines.spc import chart
from labtools.cases.columns import groups, joined, listed, of_rows, periods

RUN_FIELDS = {
    "n_obs": "observed",
    "n_useful": "useful",
    "longest_run": "longest",
    "longest_run_max": "longest_max",
    "n_crossings": "crossings",
    "n_crossings_min": "crossings_min",
    "runs_signal": "signal",
}
LIMIT_FIELDS = {"lcl": "lower", "lcl_95": "lower_inner", "ucl_95": "upper_inner", "ucl": "upper"}
RULES = {"anhoej": "anhoej", "bestbox": "best-box", "cutbox": "cut-box"}


def run(case):
    """{"points", "summary"} of every facet, in the order of the facets."""
    given = case["input"]
    facets = groups(len(given["y"]), given.get("facet1"), given.get("facet2"))
    found = _charts(case, facets, floor=not case["options"].get("y_neg", True))
    return {
        "points": joined([_named(given, facet, _points(case, made)) for facet, made in found]),
        "summary": joined([_named(given, facet, _summary(made)) for facet, made in found]),
    }


def _charts(case, facets, *, floor):
    """[(facet, Chart)]; limits are raised to zero only where no facet has a value below it."""
    found = [(facet, _chart(case, rows, floor)) for facet, rows in facets.items()]
    if floor and any((made.points.values < 0).any() for _, made in found):
        return _charts(case, facets, floor=False)
    return found


def _chart(case, rows, floor):
    given, options = case["input"], case["options"]
    part = listed(options.get("part"))
    labels = of_rows(given.get("part_label"), rows) if len(rows) > 1 else None
    return chart(
        of_rows(given["y"], rows),
        case["chart"],
        denominators=of_rows(given.get("n"), rows),
        subgroups=periods(of_rows(given["x"], rows), case["x_type"]),
        levels=given.get("x_levels"),
        baseline=None if part else options.get("freeze") or None,
        phases=part or labels,
        exclude=listed(options.get("exclude")),
        screening=options["screened_mr"],
        rules=("outside", RULES[options.get("method", "anhoej")]),
        centre=_centre(options.get("cl"), len(given["y"]), rows),
        multiply=options.get("multiply", 1),
        floor=floor,
        aggregate=options.get("agg_fun", "mean"),
        deviations=(),
    )


def _centre(given, length, rows):
    """A centre line for each row of the case, cut to the rows of one facet; one for all as a number."""
    if not isinstance(given, list):
        return given
    return of_rows(given, rows) if len(given) == length else given[0] if len(given) == 1 else given


def _points(case, made):
    points = made.points
    with_n = case["input"].get("n") is not None
    return {
        "x": list(points.x),
        "part": points.phase.tolist(),
        "xx": list(range(1, len(made) + 1)),
        "y_sum": points.numerators.tolist(),
        "y_length": points.sizes.tolist(),
        "y_mean": points.means.tolist(),
        "y_sd": points.deviations.tolist(),
        "n": points.denominators.tolist() if with_n else [None] * len(made),
        "y": points.values.tolist(),
        "cl": made.centre.tolist(),
        **{name: getattr(made.limits, field).tolist() for name, field in LIMIT_FIELDS.items()},
        "baseline": points.baseline.tolist(),
        "include": points.included.tolist(),
        **_runs_of_points(made),
        "sigma_signal": _outside(made),
    }


def _runs_of_points(made):
    runs = [made.phases[number - 1].runs for number in made.points.phase.tolist()]
    return {name: [getattr(one, field) for one in runs] for name, field in RUN_FIELDS.items()}


def _outside(made):
    """Whether each point lies strictly beyond a limit; a missing one does not."""
    values, limits = made.points.values, made.limits
    return ((values > limits.upper) | (values < limits.lower)).tolist()


def _summary(made):
    phases = made.phases
    return {
        "part": [phase.number for phase in phases],
        **{name: [getattr(phase.runs, field) for phase in phases] for name, field in RUN_FIELDS.items()},
        "aLCL": [phase.lower for phase in phases],
        "aLCL_95": [phase.lower_inner for phase in phases],
        "CL": [phase.centre for phase in phases],
        "aUCL_95": [phase.upper_inner for phase in phases],
        "aUCL": [phase.upper for phase in phases],
        "sigma_signal": [phase.outside for phase in phases],
    }


def _named(given, facet, found):
    """The columns of one facet with the facet's own names in front."""
    length = len(next(iter(found.values())))
    names = zip(("facet1", "facet2"), facet, strict=True)
    return {name: [value] * length for name, value in names if name in given} | found
