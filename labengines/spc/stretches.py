"""Maximal stretches of equal neighbours: what every run rule counts."""

import numpy as np


def stretches(codes):
    """(starts, stops, codes) of the maximal stretches of equal neighbours in `codes` (n,), n may be 0."""
    codes = np.asarray(codes)
    if not len(codes):
        return np.array([], int), np.array([], int), codes
    edges = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    starts = np.concatenate(([0], edges))
    return starts, np.concatenate((edges, [len(codes)])), codes[starts]


def long_ones(codes, length):
    """(start, stop, code) of each stretch of a code other than 0 that has `length` entries or more."""
    starts, stops, found = stretches(codes)
    long = (stops - starts >= length) & (found != 0)
    return [(int(a), int(b), int(c)) for a, b, c in zip(starts[long], stops[long], found[long], strict=True)]


def sides(values, centre):
    """-1, 0 or 1 for each value: below, on or above the centre line; 0 where either is missing."""
    return np.nan_to_num(np.sign(values - centre)).astype(int)


def directions(values):
    """-1, 0 or 1 for each step between neighbours (n - 1,); 0 beside a missing value."""
    return np.nan_to_num(np.sign(np.diff(values))).astype(int)
