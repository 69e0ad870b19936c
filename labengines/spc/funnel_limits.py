"""Limits of a funnel: how far from the target chance takes a unit of a given size."""

import numpy as np
from scipy import special, stats

from labengines.spc.errors import OutOfRange
from labengines.spc.inputs import at_least, floats, frozen, one_of
from labengines.spc.overdispersion import SCALES, UPSTREAM_SCALES
from labengines.spc.types.funnels import FunnelLimits

METHODS = {
    "proportion": ("exact", "arcsine", "ohid"),
    "ratio": ("exact", "chi-squared", "shmi", "square-root", "ohid"),
    "rate": ("exact", "chi-squared", "square-root", "ohid"),
    "ratio-of-counts": ("log",),
}
TAILS = np.array([[0.001], [0.025], [0.975], [0.999]])
LEAST_SIZE, MOST = 1e-9, 1e12  # of units whose limits numbers with 16 digits can tell
Z = np.array([[-3.090232], [-1.959964], [1.959964], [3.090232]])


def funnel_limits(denominators, *, kind, target, method=None, tau2=0.0, multiplier=1, upstream=False):
    """FunnelLimits (n,) at the given denominators.

    denominators: sizes, expected events or exposure (n,), above 0 (NaN gives NaN). kind, method: as in
    `funnel`; method None is the first of METHODS[kind]. target: the centre, as a share, ratio or rate.
    tau2: variance between units on the method's scale; methods without a scale take none.
    Raises OutOfRange, NotANumber, Unknown.
    """
    one_of(kind, tuple(METHODS), field="kind")
    method = one_of(method or METHODS[kind][0], METHODS[kind], field="method")
    sizes = checked_sizes(denominators)
    checked_target(target, kind)
    if kind == "proportion" and method == "exact":
        whole(sizes, field="denominators")
    if method in SCALES:
        found = on_scale(sizes, target, method=method, tau2=tau2, upstream=upstream)
    else:
        found = by_chance(sizes, target, kind=kind, method=method)
    return times(found, multiplier)


def by_chance(denominators, target, *, kind, method, upstream=False):
    """(4, n) lower 99.8, lower 95, upper 95 and upper 99.8 % limits without variation between units."""
    if method in ("arcsine", "log"):
        return on_scale(denominators, target, method=method, upstream=upstream)
    if kind == "proportion":
        return (_wilson if method == "ohid" else _exact_binomial)(denominators, target)
    return _POISSON.get(method, _chi_squared)(denominators, target)


def on_scale(denominators, target, *, method, tau2=0.0, upstream=False):
    """(4, n) limits on the scale of `method`, turned back: back(centre + z sqrt(s^2 + tau2))."""
    scale = (UPSTREAM_SCALES if upstream else SCALES)[method]
    spread = np.sqrt(scale.spread(denominators, target) ** 2 + tau2)
    return scale.back(scale.centre(target) + Z * spread)


def times(limits, multiplier):
    """FunnelLimits from a (4, n) array in plain units."""
    return FunnelLimits(*(frozen(row * multiplier) for row in limits))


def checked_sizes(denominators, *, length=None):
    """Denominators as floats (n,). Raises OutOfRange unless each is above 0 (1e-9) and at most 1e12."""
    sizes = floats(denominators, field="denominators", length=length)
    at_least(sizes, 0, field="denominators", strictly=True)
    at_least(sizes, LEAST_SIZE, field="denominators")
    at_most(sizes, MOST, field="denominators")
    return sizes


def at_most(values, most, *, field):
    """Raise OutOfRange for the first value above `most`; NaN passes."""
    for row in np.flatnonzero(values > most):
        raise OutOfRange(field=field, row=int(row) + 1, value=float(values[row]), allowed=f"at most {most:g}")


def shmi_rounded(sizes):
    """Expected events to 2 decimals, halves by the exact value of the float, as R does."""
    return np.array([round(size, 2) for size in sizes.tolist()])


def checked_target(target, kind):
    """Raise OutOfRange unless the target can be one of this kind."""
    most = 1 if kind == "proportion" else np.inf
    least_is_wrong = target <= 0 if kind in ("ratio", "ratio-of-counts") else target < 0
    if not np.isfinite(target) or least_is_wrong or target > most:
        allowed = "between 0 and 1" if kind == "proportion" else "above 0"
        raise OutOfRange(field="target", row=None, value=float(target), allowed=allowed)


def whole(values, *, field):
    """Raise OutOfRange for the first value that is not a whole number; NaN passes."""
    for row in np.flatnonzero(np.mod(values, 1) > 0):
        raise OutOfRange(field=field, row=int(row) + 1, value=float(values[row]), allowed="whole numbers")


def _exact_binomial(denominators, target):
    """Spiegelhalter 2005, A.1.1: the quantile, interpolated between the counts around it."""
    return np.clip(_interpolated(stats.binom(denominators, target)) / denominators, 0, 1)


def _exact_poisson(denominators, target):
    return np.maximum(_interpolated(stats.poisson(denominators * target)) / denominators, 0)


def _interpolated(counts):
    """(4, n) r - a: r the smallest count with F(r) >= p, a = (F(r) - p) / (F(r) - F(r - 1))."""
    r = counts.ppf(TAILS)
    reached, before = counts.cdf(r), counts.cdf(r - 1)
    return r - (reached - TAILS) / (reached - before)


def _chi_squared(denominators, target):
    """Exact Poisson interval around the expected number, as FunnelPlotR draws for ratios."""
    expected = denominators * target
    upper = np.array([[0], [0], [1], [1]])
    return stats.chi2.ppf(TAILS, 2 * (expected + upper)) / 2 / denominators


def _wilson(denominators, target):
    """Where the target lies on the end of the unit's Wilson interval."""
    z = stats.norm.ppf(TAILS)
    return np.clip(target + z * np.sqrt(target * (1 - target) / denominators), 0, 1)


def _fingertips_poisson(denominators, target):
    """Where the expected number lies on the end of the exact Poisson interval of the events."""
    expected = denominators * target
    lower = np.where(special.pdtr(0, expected) < TAILS[:2], _events(TAILS[:2], expected), 0)
    upper = np.where(special.pdtr(0, expected) < TAILS[2:], 1 + _events(TAILS[2:], expected), 1)
    return np.vstack([lower, upper]) / denominators


def _events(share, expected):
    """Number of events k, not only whole ones, with P(at most k) = share."""
    return np.maximum(special.pdtrik(share, expected), 0)


_POISSON = {"exact": _exact_poisson, "ohid": _fingertips_poisson}
