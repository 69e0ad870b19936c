"""Western Electric's and Nelson's rules: the point at which a pattern is complete.

Sources: Western Electric (1956), Statistical Quality Control Handbook; Nelson (1984), The
Shewhart control chart - tests for special causes; with the readings of the R package qcc 3.0:
comparisons are strict, a pattern needs all its points, and only completing points are marked.
"""

import numpy as np

from labengines.spc.stretches import directions, sides, stretches

WESTERN_ELECTRIC = ("we-1", "we-2", "we-3", "we-4")
NELSON = tuple(f"nelson-{number}" for number in range(1, 9))


def zone_rules(values, centre, sigma):
    """Where each rule is met.

    values: float (n,), NaN = missing, which breaks every pattern. centre, sigma: number or (n,).
    Returns {rule: int (n,)}: 0, or +1 (high, rising) or -1 (low, falling) at the points that
    complete the pattern; rules without a side carry the side of that point.
    """
    distance = (values - centre) / sigma
    side, steps = sides(values, centre), directions(values)
    beyond = _beyond(distance, 3)
    two_of_three, four_of_five = _most_of(distance, 2, 2, 3), _most_of(distance, 1, 4, 5)
    inside = (np.abs(distance) <= 1).astype(int)
    return {
        "we-1": beyond,
        "we-2": two_of_three,
        "we-3": four_of_five,
        "we-4": _complete(side, 8),
        "nelson-1": beyond,
        "nelson-2": _complete(side, 9),
        "nelson-3": _after(_complete(steps, 5), len(values)),
        "nelson-4": _alternating(steps, len(values)),
        "nelson-5": two_of_three,
        "nelson-6": four_of_five,
        "nelson-7": _complete(inside, 15) * np.where(side == 0, 1, side),
        "nelson-8": _both_sides(_beyond(distance, 1)),
    }


def _beyond(distance, sigmas):
    return np.where(np.abs(distance) > sigmas, np.sign(np.nan_to_num(distance)), 0).astype(int)


def _complete(codes, length):
    """The code of a stretch at each of its entries from the `length`-th on, else 0."""
    found = np.zeros(len(codes), int)
    for start, stop, code in zip(*stretches(codes), strict=True):
        found[start + length - 1 : stop] = code
    return found


def _after(found, length):
    """Marks of steps as marks of the points that they lead to."""
    return np.concatenate((np.zeros(min(length, 1), int), found))


def _most_of(distance, sigmas, most, window):
    """Points beyond `sigmas` that are at least the `most`-th such one on their side in `window` points."""
    found = np.zeros(len(distance), int)
    for side in (1, -1):
        counted = np.convolve(_beyond(distance, sigmas) == side, np.ones(window, int))[: len(distance)]
        found[(counted >= most) & (_beyond(distance, sigmas) == side)] = side
    found[: window - 1] = 0
    return found


def _alternating(steps, length):
    """Fourteen points alternate: thirteen steps, each against the one before."""
    if length < 3:
        return np.zeros(length, int)
    turns = _complete((steps[1:] * steps[:-1] < 0).astype(int), 12)
    return np.concatenate(([0, 0], turns * steps[1:]))


def _both_sides(beyond):
    """Eight points outside one standard deviation, with both sides among them."""
    found = np.zeros(len(beyond), int)
    for last in range(7, len(beyond)):
        window = beyond[last - 7 : last + 1]
        if (window != 0).all() and len(set(window.tolist())) > 1:
            found[last] = beyond[last]
    return found
