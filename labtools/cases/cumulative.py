"""Reference cases of charts that add up: EWMA and CUSUM of qcc, Bernoulli CUSUM of qicharts2."""

import numpy as np

from labengines.spc.cumulative import bernoulli_cusum, cusum, ewma


def run_ewma(case):
    """`expected` of a case of the family "ewma"."""
    names = {"lambda": "weight", "nsigmas": "width", "center": "centre", "std_dev": "sd"}
    found = ewma(case["input"]["y"], **_options(case, names))
    return {
        "center": found.centre,
        "std_dev": found.sd,
        "ewma": found.smoothed,
        "lcl": found.lower,
        "ucl": found.upper,
        "violation_index": _numbers(found.signal),
    }


def run_cusum(case):
    """`expected` of a case of the family "cusum"."""
    names = {
        "decision_interval": "decision",
        "se_shift": "shift",
        "head_start": "head_start",
        "center": "centre",
        "std_dev": "sd",
    }
    found = cusum(case["input"]["y"], **_options(case, names))
    return {
        "center": found.centre,
        "std_dev": found.sd,
        "pos": found.above,
        "neg": found.below,
        "upper_violation_index": _numbers(found.signal_above),
        "lower_violation_index": _numbers(found.signal_below),
    }


def run_bcusum(case):
    """`expected` of a case of the family "bcusum", where a sum beyond the limit is shown as 0."""
    names = {"target": "target", "or": "odds_ratio", "odds_ratio": "odds_ratio", "limit": "limit"}
    found = bernoulli_cusum(case["input"]["y"], **_options(case, names))
    return {
        "p0": found.expected,
        "p1": found.higher,
        "p2": found.lower,
        "cusum_up": np.where(found.above > found.limit, 0, found.above),
        "cusum_down": np.where(found.below < -found.limit, 0, found.below),
        "signal_up_index": _numbers(found.signal_above),
        "signal_down_index": _numbers(found.signal_below),
    }


def _options(case, names):
    given = case["options"]
    return {ours: given[theirs] for theirs, ours in names.items() if given.get(theirs) is not None}


def _numbers(signal):
    """Point numbers, from 1."""
    return (np.flatnonzero(signal) + 1).tolist()
