"""Reference answers of other people's software that travel with the code (see cases/README.md)."""

import json
from pathlib import Path

import numpy as np

CASES = Path(__file__).parent / "cases"


def reference(name):
    """(input columns, expected fields) of a reference case."""
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return case["input"], case["expected"]


def monthly_counts(seed=1, *, before=24, after=12, ratio=0.7, mean=40.0):
    """Counts with an exposure and a drop to `ratio`, the same for the same seed."""
    rng = np.random.default_rng(seed)
    changed = np.repeat([0.0, 1.0], [before, after])
    exposure = rng.uniform(0.5, 2, before + after)
    return {
        "values": rng.poisson(mean * exposure * ratio**changed),
        "denominators": exposure,
        "after": changed,
    }
