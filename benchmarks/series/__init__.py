"""Contestants that reckon I charts with runs rules of the same many series, each made anew from one seed."""

import numpy as np

NUMBER = 10_000
SHORTEST, LONGEST = 24, 60
ONE_BY_ONE = 500


def made():
    """Columns of normal values; a tenth of them shift halfway."""
    rng = np.random.default_rng(2026)
    lengths = rng.integers(SHORTEST, LONGEST + 1, NUMBER)
    return [
        rng.normal(50, 8, length) + (number % 10 == 0) * 8 * (np.arange(length) > length // 2)
        for number, length in enumerate(lengths)
    ]
