"""How much neighbouring points differ: mean moving ranges, with or without unusually large ones."""

import numpy as np

from labengines.spc.constants import MR_UPPER


def mean_range(ranges, *, screening, limit=MR_UPPER, keep_limit=False, fall_back=True):
    """(mean of moving ranges, whether screening had to be given up).

    ranges: float (k,), missing ones NaN. screening: leave out, once, ranges of `limit` times
    the mean or more (Nelson 1982); keep_limit: a range of exactly that size stays.
    fall_back: where screening leaves no spread, use all ranges. NaN without any range.
    """
    plain = mean(ranges)
    if not screening:
        return plain, False
    kept = ranges <= limit * plain if keep_limit else ranges < limit * plain
    screened = mean(ranges[kept])
    if fall_back and plain > 0 and not screened > 0:
        return plain, True
    return screened, False


def mean(values):
    """Mean of the values that are not missing; NaN without any."""
    present = values[~np.isnan(values)]
    return present.mean() if len(present) else np.nan


def moving_ranges(values):
    """Distances between neighbours (n - 1,); NaN beside a missing value."""
    return np.abs(np.diff(values))


def moving_deviations(values, denominators):
    """Standard deviations from neighbours, freed of their denominators (n - 1,).

    Source: Taylor (2017), Normalized individuals chart: sqrt(pi/2) |y2 - y1| / sqrt(1/n1 + 1/n2).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            np.sqrt(np.pi / 2) * moving_ranges(values) / np.sqrt(1 / denominators[1:] + 1 / denominators[:-1])
        )
