"""Charts that find small lasting changes: EWMA, CUSUM and the CUSUM of single yes-or-no cases.

Sources: Montgomery, Introduction to Statistical Quality Control, chapter 9, as in qcc 3.0; Bernoulli
CUSUM: Reynolds and Stoumbos 1999, as in qicharts2 0.8.1. A missing value leaves the sums as they are.
"""

from itertools import accumulate

import numpy as np

from labengines.spc.constants import MR_SIGMA
from labengines.spc.errors import NotDetermined, OutOfRange, TooFewPoints
from labengines.spc.inputs import floats, frozen
from labengines.spc.types.series import BernoulliCusum, Cusum, Ewma

LARGEST_OPTION = 1e100
SMALLEST_SD = 1e-100  # below which sums of standard deviations no longer fit into a float


def ewma(values, *, weight=0.2, width=3, centre=None, sd=None, baseline=None):
    """Ewma of a series (n,).

    weight: of the newest value, above 0 to 1. width: of the limits in standard errors. centre, sd: known
    values; None takes the mean, and the mean moving range / 1.128, of the first `baseline` points (None:
    all). The limits widen with the number of values so far.
    Raises NotANumber, OutOfRange, TooFewPoints, NotDetermined.
    """
    _between("weight", weight, 0, 1)
    _between("width", width, 0, LARGEST_OPTION)
    rows = floats(values, field="values")
    centre, sd = _centre_and_sd(rows, centre, sd, baseline)
    present = ~np.isnan(rows)
    steps = accumulate(
        rows[present], lambda last, value: weight * value + (1 - weight) * last, initial=centre
    )
    smoothed = _spread_out(list(steps)[1:], present)
    seen = np.maximum(np.cumsum(present), 1)
    half = width * sd * np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * seen)))
    lower, upper = centre - half, centre + half
    signal = (smoothed > upper) | (smoothed < lower)
    arrays = {"smoothed": smoothed, "lower": lower, "upper": upper, "signal": signal, "values": rows}
    return Ewma(**_closed(arrays), centre=centre, sd=sd, weight=weight, width=width, baseline=baseline)


def cusum(values, *, decision=5, shift=1, head_start=0, centre=None, sd=None, baseline=None):
    """Cusum of a series (n,).

    decision: sum that signals when it is passed, in standard deviations. shift: change worth finding, in
    standard deviations. head_start: sum to start from, for a quicker first signal. centre, sd,
    baseline: as in `ewma`. Raises NotANumber, OutOfRange, TooFewPoints, NotDetermined.
    """
    _between("decision", decision, 0, LARGEST_OPTION)
    _between("shift", shift, 0, LARGEST_OPTION)
    _between("head_start", head_start, 0, LARGEST_OPTION, least_too=True)
    rows = floats(values, field="values")
    centre, sd = _centre_and_sd(rows, centre, sd, baseline)
    present = ~np.isnan(rows)
    z = (rows[present] - centre) / sd
    above = accumulate(z - shift / 2, lambda sum_, step: max(0.0, sum_ + step), initial=head_start)
    below = accumulate(z + shift / 2, lambda sum_, step: min(0.0, sum_ + step), initial=-head_start)
    above, below = (_spread_out(list(sums)[1:], present) for sums in (above, below))
    arrays = {
        "above": above,
        "below": below,
        "signal_above": above > decision,
        "signal_below": below < -decision,
    }
    options = {"decision": decision, "shift": shift, "head_start": head_start, "baseline": baseline}
    return Cusum(**_closed(arrays | {"values": rows}), centre=centre, sd=sd, **options)


def bernoulli_cusum(events, *, target=None, odds_ratio=2, limit=3.5):
    """BernoulliCusum of single cases in order of time (n,).

    events: 1 (or True) for an event, 0 for none, missing for unknown. target: chance of an event, above
    0 and below 1; a number above 1 is how many first cases to take it from; None takes all cases.
    odds_ratio: change of the odds worth finding, above 1. limit: evidence that signals when reached.
    Raises OutOfRange, NotANumber, NotDetermined where the cases give no chance between 0 and 1.
    """
    _between("odds_ratio", odds_ratio, 1, LARGEST_OPTION)
    _between("limit", limit, 0, LARGEST_OPTION)
    rows = floats(events, field="events")
    for row in np.flatnonzero(~np.isnan(rows) & (rows != 0) & (rows != 1)):
        raise OutOfRange(field="events", row=int(row) + 1, value=float(rows[row]), allowed="0 or 1")
    expected = _chance(rows, target)
    higher, lower = (_at_odds(expected, ratio) for ratio in (odds_ratio, 1 / odds_ratio))
    above = _evidence(rows, expected, higher, limit)
    below = -_evidence(rows, expected, lower, limit)
    arrays = {"above": above, "below": below, "signal_above": above >= limit, "signal_below": below <= -limit}
    options = {"odds_ratio": odds_ratio, "limit": limit}
    chances = {"expected": expected, "higher": higher, "lower": lower}
    return BernoulliCusum(**_closed(arrays | {"events": rows}), **chances, **options)


def _between(field, value, least, most, *, least_too=False):
    if not (least < value <= most or (least_too and value == least)):
        raise OutOfRange(field=field, row=None, value=value, allowed=f"above {least:g} and up to {most:g}")


def _centre_and_sd(rows, centre, sd, baseline):
    if baseline is not None and not 2 <= baseline <= len(rows):
        raise OutOfRange(field="baseline", row=None, value=baseline, allowed=f"2 to {len(rows)}")
    first = rows[:baseline]
    first = first[~np.isnan(first)]
    needed = 2 if sd is None else int(centre is None)
    if len(first) < needed:
        raise TooFewPoints(points=len(first), needed=needed)
    centre = float(np.mean(first) if centre is None else centre)
    sd = float(np.mean(np.abs(np.diff(first))) / MR_SIGMA if sd is None else sd)
    if not (sd > SMALLEST_SD and np.isfinite([centre, sd]).all()):
        raise NotDetermined(field="sd" if np.isfinite(centre) else "centre")
    return centre, sd


def _spread_out(found, present):
    """The found numbers at the points that have a value, NaN at the others."""
    rows = np.full(len(present), np.nan)
    rows[present] = found
    return rows


def _closed(arrays):
    return {name: frozen(array) for name, array in arrays.items()}


def _chance(rows, target):
    cases = rows if target is None or target <= 1 else rows[: int(target)]
    cases = cases[~np.isnan(cases)]
    given = target is not None and target <= 1
    if not given and not cases.size:
        raise TooFewPoints(points=0, needed=1)
    chance = float(target if given else cases.mean())
    if not 0 < chance < 1:
        raise NotDetermined(field="target")
    return chance


def _at_odds(chance, ratio):
    odds = ratio * chance / (1 - chance)
    return odds / (1 + odds)


def _evidence(rows, expected, other, limit):
    """Running log-likelihood ratio for `other` against `expected`, at least 0, anew after passing `limit`."""
    present = ~np.isnan(rows)
    event, none = np.log(other / expected), np.log((1 - other) / (1 - expected))
    steps = np.where(rows[present] == 1, event, none)

    def added(sum_, step):
        """The sum after one more step, begun anew once it has passed the limit."""
        return max(0.0, (0.0 if sum_ > limit else sum_) + step)

    return _spread_out(list(accumulate(steps, added, initial=0.0))[1:], present)
