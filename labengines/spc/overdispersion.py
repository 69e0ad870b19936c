"""Whether units differ more than chance explains, and by how much (phi and tau2).

A scale turns a unit's value into one whose standard error is known; the z scores on it give phi and
tau2, and limits drawn on it are turned back. Sources: Spiegelhalter 2005 (Statistics in Medicine
24:1185-1202); Spiegelhalter and others 2012 (JRSS A 175:1-47); NHS Digital, SHMI methodology.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from labengines.spc.inputs import frozen
from labengines.spc.types.funnels import Dispersion


class Scale(NamedTuple):
    """A scale to judge units on; functions of numerators, denominators (n,) and the target.

    unit: value of each unit. centre: the target. unit_spread: standard error of each unit.
    spread: standard error at the target of a unit with that denominator. back: scale to value.
    trims: what is done to the extremes, "winsorise" (pull in) or "truncate" (leave out).
    """

    unit: callable
    centre: callable
    unit_spread: callable
    spread: callable
    back: callable
    trims: str = "winsorise"


def _half_root(denominators, _target):
    return 1 / (2 * np.sqrt(denominators))


def _of_target(spread):
    return lambda _numerators, denominators, target: spread(denominators, target)


def _ratio_spread(denominators, target):
    return 1 / np.sqrt(denominators * target)


def _counts_spread(denominators, target):
    return np.sqrt(1 / (denominators * target) + 1 / denominators)


def _counts_unit_spread(numerators, denominators, _target):
    return np.sqrt(numerators / (numerators + 0.5) ** 2 + denominators / (denominators + 0.5) ** 2)


def _exp(exponent):
    return np.exp(np.clip(exponent, -200, 200))


SCALES = {
    "arcsine": Scale(
        unit=lambda events, n: np.arcsin(np.sqrt(events / n)),
        centre=lambda target: np.arcsin(np.sqrt(target)),
        unit_spread=_of_target(_half_root),
        spread=_half_root,
        back=lambda angle: np.sin(np.clip(angle, 0, np.pi / 2)) ** 2,
    ),
    "square-root": Scale(
        unit=lambda events, n: np.sqrt(events / n),
        centre=np.sqrt,
        unit_spread=_of_target(_half_root),
        spread=_half_root,
        back=lambda root: np.maximum(root, 0) ** 2,
    ),
    "shmi": Scale(
        unit=lambda events, n: np.log(events / n),
        centre=np.log,
        unit_spread=_of_target(_ratio_spread),
        spread=_ratio_spread,
        back=_exp,
        trims="truncate",
    ),
    "log": Scale(
        unit=lambda events, n: np.log((events + 0.5) / (n + 0.5)),
        centre=np.log,
        unit_spread=_counts_unit_spread,
        spread=_counts_spread,
        back=_exp,
    ),
}
# FunnelPlotR 0.6.0 leaves limits on the root scale, and forgets the numerator of a ratio of counts.
UPSTREAM_SCALES = SCALES | {
    "square-root": SCALES["square-root"]._replace(back=lambda root: root),
    "log": SCALES["log"]._replace(spread=_half_root),
}


def dispersion(numerators, denominators, target, *, scale, trim, wanted=True):
    """Dispersion of units around `target`.

    numerators, denominators: (n,), NaN where missing. scale: Scale. trim: share of the units at each
    end that is pulled in or left out, 0 to below 0.5. wanted: False leaves tau2 at 0.
    Phi is NaN without a unit, and not finite where the logarithm of no event is kept.
    """
    centre = float(scale.centre(target))
    with np.errstate(divide="ignore"):
        transformed = scale.unit(numerators, denominators)
    spread = scale.unit_spread(numerators, denominators, target)
    z = (transformed - centre) / spread
    kept_z, trimmed = TRIMS[scale.trims](z, trim)
    phi = _phi(kept_z)
    tau2 = _tau2(kept_z, spread, phi) if wanted else 0.0
    adjusted_z = (transformed - centre) / np.sqrt(spread**2 + tau2)
    arrays = (frozen(array) for array in (transformed, z, kept_z, trimmed, adjusted_z))
    transformed, z, kept_z, trimmed, adjusted_z = arrays
    return Dispersion(transformed, centre, z, kept_z, trimmed, phi, tau2, adjusted_z)


def winsorise(z, trim):
    """(z with the `trim` lowest and highest pulled in to that quantile (type 7), which were at or beyond)."""
    present = z[~np.isnan(z)]
    if not present.size:
        return z.copy(), np.zeros(z.size, bool)
    low, high = np.sort(present)[[0, -1]] if trim == 0 else np.quantile(present, [trim, 1 - trim])
    return np.clip(z, low, high), ~((z > low) & (z < high)) & ~np.isnan(z)


def truncate(z, trim):
    """(z with NaN for the `trim` lowest and highest by rank, which those were), as SHMI does."""
    trimmed = np.zeros(z.size, bool)
    present = ~np.isnan(z)
    if trim > 0:
        slices = 1 / trim
        slice_of = np.floor(rankdata(z[present]) * slices / (present.sum() + 1))
        trimmed[present] = (slice_of <= 0) | (slice_of >= slices - 1)
    return np.where(trimmed, np.nan, z), trimmed


TRIMS = {"winsorise": winsorise, "truncate": truncate}


def _phi(kept_z):
    present = kept_z[~np.isnan(kept_z)]
    return float(np.mean(present**2)) if present.size else float("nan")


def _tau2(kept_z, spread, phi):
    """Variance between units by the method of moments (DerSimonian and Laird)."""
    kept = ~np.isnan(kept_z)
    units = int(kept.sum())
    if units < 2 or not np.isfinite(phi) or units * phi < units - 1:
        return 0.0
    weight = 1 / spread[kept] ** 2
    share = weight.sum() - (weight**2).sum() / weight.sum()  # 0 where one unit outweighs all others
    return float(max(0.0, (units * phi - (units - 1)) / share)) if share > 0 else 0.0
