"""Cases of qcc: zone rules on individuals, np charts, and charts of subgroup means and ranges."""

import numpy as np

from labengines.spc import chart
from labengines.spc.constants import MR_SIGMA, d2
from labengines.spc.spread import mean, moving_ranges
from labengines.spc.zones import NELSON, WESTERN_ELECTRIC, zone_rules


def run_rules(case):
    """Limits, and for each Western Electric and Nelson rule the numbers of the points that complete it."""
    values, options = np.array(case["input"]["y"], dtype=float), case["options"]
    centre = options.get("center", mean(values))
    sigma = options.get("std_dev", mean(moving_ranges(values)) / MR_SIGMA)
    width = options.get("nsigmas", 3) * sigma
    met = zone_rules(values, centre, sigma)
    found = {"center": centre, "std_dev": sigma, "lcl": centre - width, "ucl": centre + width}
    for rule in (*WESTERN_ELECTRIC, *NELSON):
        found[rule.replace("-", "_")] = (np.flatnonzero(met[rule]) + 1).tolist()
    return found


def run_np(case):
    """Centre, standard deviation and limits of the number of cases."""
    sizes = np.array(case["input"]["n"], dtype=float)
    made = chart(case["input"]["y"], "np", denominators=sizes, deviations=())
    sigma = np.sqrt(made.centre * (1 - made.centre / sizes))
    width = case["options"].get("nsigmas", 3) * sigma
    lower, upper = np.maximum(made.centre - width, 0), np.minimum(made.centre + width, sizes)
    return _scalars({"center": made.centre, "std_dev": sigma, "lcl": lower, "ucl": upper})


def run_xbar_r(case):
    """Means or ranges of the samples, their centre and limits; std_dev is that of single values."""
    kind = {"R": "r", "xbar-R": "xbar-r"}[case["chart"]]
    made = chart(case["input"]["samples"], kind, deviations=())
    ranges = chart(case["input"]["samples"], "r", deviations=()).points
    width = case["options"].get("nsigmas", 3) / 3 * (made.limits.upper - made.centre)
    lower = made.centre - width
    return {"statistics": made.points.values.tolist()} | _scalars(
        {
            "center": made.centre,
            "std_dev": np.full(len(made), np.mean(ranges.values / d2(ranges.sizes))),
            "lcl": np.maximum(lower, 0) if kind == "r" else lower,
            "ucl": made.centre + width,
        }
    )


def _scalars(columns):
    """A line that is the same at every point as one number, any other as a list."""
    return {name: line.tolist() if np.ptp(line) > 0 else float(line[0]) for name, line in columns.items()}
