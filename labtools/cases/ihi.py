"""Cases of the run chart rules of the Institute for Healthcare Improvement."""

from labengines.spc import chart
from labengines.spc.run_rules import shifts, trends

VERDICTS = {"few": "too few", "many": "too many", "expected": "as expected"}


def run(case):
    """The median, the count of runs with its bounds, and the points of every shift and trend."""
    made = chart(case["input"]["y"], "run", rules=("ihi",), deviations=())
    values, centre, runs = made.points.values, made.centre, made.phases[0].run_count
    return {
        "median": float(centre[0]),
        "n_useful": runs.useful,
        "n_runs": runs.runs,
        "runs_low_exact": runs.low,
        "runs_high_exact": runs.high,
        "runs_verdict": VERDICTS[runs.verdict],
        "shifts": [_run(found, "side", "below", "above") for found in shifts(values, centre)],
        "trends": [_run(found, "direction", "down", "up") for found in trends(values)],
    }


def _run(found, name, low, high):
    places, code = found
    return {"points": [int(place) + 1 for place in places], name: high if code > 0 else low}
