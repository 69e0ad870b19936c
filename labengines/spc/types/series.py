"""Results of charts that add up small differences over time: frozen; arrays (n,) in the order given."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Ewma:
    """Exponentially weighted moving average. Points without a value are NaN and never signal.

    smoothed: the average after each point. lower, upper: its limits there. signal: beyond them.
    """

    values: np.ndarray
    smoothed: np.ndarray
    centre: float
    sd: float
    lower: np.ndarray
    upper: np.ndarray
    signal: np.ndarray
    weight: float
    width: float
    baseline: int | None


@dataclass(frozen=True, eq=False)
class Cusum:
    """Cumulative sums in standard deviations. Points without a value are NaN and never signal.

    above: sum of what exceeds centre + shift / 2, never below 0. below: of what falls short of
    centre - shift / 2, never above 0. signal_above, signal_below: beyond the decision interval.
    """

    values: np.ndarray
    above: np.ndarray
    below: np.ndarray
    centre: float
    sd: float
    signal_above: np.ndarray
    signal_below: np.ndarray
    decision: float
    shift: float
    head_start: float
    baseline: int | None


@dataclass(frozen=True, eq=False)
class BernoulliCusum:
    """Cumulative log-likelihood ratios of single cases.

    events: 1, 0 or NaN. above, below: evidence for the odds times, and divided by, odds_ratio; the next
    case after one beyond the limit starts anew from 0.
    expected, higher, lower: chance of an event at target and at the two alternatives.
    """

    events: np.ndarray
    above: np.ndarray
    below: np.ndarray
    signal_above: np.ndarray
    signal_below: np.ndarray
    expected: float
    higher: float
    lower: float
    odds_ratio: float
    limit: float
