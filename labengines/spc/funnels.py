"""Funnels: which units differ from the target by more than chance, each judged by its own size."""

from typing import NamedTuple

import numpy as np

from labengines.spc.errors import NotDetermined, OutOfRange
from labengines.spc.fingertips import significance
from labengines.spc.funnel_limits import (
    METHODS,
    MOST,
    at_most,
    by_chance,
    checked_sizes,
    checked_target,
    on_scale,
    shmi_rounded,
    times,
    whole,
)
from labengines.spc.inputs import at_least, expect_length, floats, frozen, one_of
from labengines.spc.overdispersion import SCALES, UPSTREAM_SCALES, dispersion
from labengines.spc.types.funnels import Funnel, FunnelCurve

# Where limits without a scale of their own are widened for overdispersion.
SCALE_OF = {
    "proportion": "arcsine",
    "ratio": "square-root",
    "rate": "square-root",
    "ratio-of-counts": "log",
}
FEW_UNITS = 10  # below which variation between units can hardly be estimated
GRID = 200


def funnel(  # noqa: PLR0913 - a funnel has this many choices, each by name
    numerators,
    denominators,
    *,
    kind="proportion",
    method=None,
    target=None,
    overdispersion=None,
    trim=0.1,
    multiplier=1,
    groups=None,
    flag_at=99.8,
    upstream=False,
):
    """Funnel of units compared at one time.

    numerators: events of each unit (n,), 0 or more. denominators: their number of cases, expected events
    or exposure (n,), above 0. None or NaN in either: the unit has no value and counts nowhere.
    kind: "proportion" (k of n), "ratio" (observed to expected), "rate" (events by exposure) or
    "ratio-of-counts" (two counts). method: how limits are found, see METHODS; None is the first:
    "exact" (Spiegelhalter 2005, interpolated binomial or Poisson), "arcsine", "chi-squared" and "shmi" (as
    FunnelPlotR; "shmi" rounds expected events to 2 decimals), "square-root", "log", "ohid" (Fingertips).
    target: the centre; None is 1 for a ratio, else all events by all cases.
    overdispersion: None widens the limits where units differ more than chance explains, True wants
    that and raises NotDetermined where it cannot be told, False never. trim: share of the units at
    each end that counts less in estimating it. multiplier: values, target and limits are times this.
    groups: names (n,); equal names are added up. flag_at: 99.8 or 95, the limits that flag.
    upstream: True repeats faults of FunnelPlotR 0.6.0 ("square-root" limits left on the root scale,
    "log" limits without the numerator). Raises OutOfRange, NotANumber, DifferentLengths, Unknown.
    """
    method = _method(kind, method, overdispersion)
    options = _options(trim=trim, multiplier=multiplier, flag_at=flag_at)
    names, events, given = _units(numerators, denominators, groups, kind=kind, method=method)
    sizes = _rounded(given, method)
    widened = method != "ohid" and overdispersion is not False
    target = _target(events, given, kind, target)
    limits = _Limits(kind, method, target, 0.0, multiplier, upstream, widened)
    spread = _dispersion(events, sizes, limits, trim, needed=overdispersion)
    units = {"groups": names, "numerators": frozen(events), "denominators": frozen(given)}
    return _funnel(units, sizes, limits._replace(tau2=spread.tau2), spread, options)


class _Limits(NamedTuple):
    """The two sets of limits of a funnel, as functions of the denominators."""

    kind: str
    method: str
    target: float
    tau2: float
    multiplier: float
    upstream: bool
    widened: bool

    def plain(self, sizes):
        """FunnelLimits of chance alone."""
        options = {"kind": self.kind, "method": self.method, "upstream": self.upstream}
        return times(by_chance(sizes, self.target, **options), self.multiplier)

    def adjusted(self, sizes):
        """FunnelLimits with the variation between units too, or None if that was not asked for."""
        if not self.widened:
            return None
        options = {"method": _scale(self.kind, self.method), "tau2": self.tau2, "upstream": self.upstream}
        return times(on_scale(sizes, self.target, **options), self.multiplier)


def _funnel(units, sizes, limits, spread, options):
    events = units["numerators"]
    values = frozen(events / units["denominators"] * limits.multiplier)
    plain, adjusted = limits.plain(sizes), limits.adjusted(sizes)
    widened = adjusted is not None and spread.tau2 > 0
    labels = ()
    if limits.method == "ohid":
        labels = significance(events, sizes, kind=limits.kind, target=limits.target)
    return Funnel(
        kind=limits.kind,
        method=limits.method,
        values=values,
        target=limits.target * limits.multiplier,
        limits=plain,
        adjusted_limits=adjusted,
        adjusted=widened,
        flagged=frozen(_flagged(values, adjusted if widened else plain, labels, options["flag_at"])),
        dispersion=spread,
        curve=_curve(sizes, limits),
        significance=labels,
        upstream=limits.upstream,
        notes=_notes(values, adjusted, spread),
        **units,
        **options,
    )


def _method(kind, method, overdispersion):
    one_of(kind, tuple(METHODS), field="kind")
    method = one_of(METHODS[kind][0] if method is None else method, METHODS[kind], field="method")
    one_of(overdispersion, (None, False) if method == "ohid" else (None, True, False), field="overdispersion")
    return method


def _scale(kind, method):
    return method if method in SCALES else SCALE_OF[kind]


def _options(*, trim, multiplier, flag_at):
    if not 0 <= trim < 0.5:
        raise OutOfRange(field="trim", row=None, value=trim, allowed="0 to below 0.5")
    if not 0 < multiplier < np.inf:
        raise OutOfRange(field="multiplier", row=None, value=multiplier, allowed="above 0")
    return {
        "trim": trim,
        "multiplier": multiplier,
        "flag_at": one_of(flag_at, (95, 99.8), field="flag_at"),
    }


def _units(numerators, denominators, groups, *, kind, method):
    """(names, events (n,), sizes (n,)), equal groups added up in the order of their first row."""
    events = floats(numerators, field="numerators")
    sizes = checked_sizes(denominators, length=len(events))
    at_least(events, 0, field="numerators")
    at_most(events, MOST, field="numerators")
    events, sizes = _both(events, sizes)
    names = tuple(str(row) for row in range(1, len(events) + 1)) if groups is None else tuple(groups)
    expect_length(names, field="groups", length=len(events))
    if len(set(names)) < len(names):
        names, events, sizes = _added_up(names, events, sizes)
    if kind == "proportion":
        _check_shares(events, sizes, method)
    return names, events, sizes


def _rounded(sizes, method):
    """The denominators at which SHMI draws its limits: expected events to 2 decimals."""
    if method != "shmi":
        return sizes
    rounded = shmi_rounded(sizes)
    at_least(rounded, 0, field="denominators", strictly=True)
    return rounded


def _both(events, sizes):
    missing = np.isnan(events) | np.isnan(sizes)
    return np.where(missing, np.nan, events), np.where(missing, np.nan, sizes)


def _added_up(names, events, sizes):
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    place = np.array([order[name] for name in names])
    sums = np.full((2, len(order)), np.nan)
    for at in range(len(order)):
        rows = (place == at) & ~np.isnan(events)
        if rows.any():
            sums[:, at] = events[rows].sum(), sizes[rows].sum()
    return tuple(order), sums[0], sums[1]


def _check_shares(events, sizes, method):
    if method == "exact":
        whole(sizes, field="denominators")
    for row in np.flatnonzero(events > sizes):
        allowed = f"at most {sizes[row]:g}"
        raise OutOfRange(field="numerators", row=int(row) + 1, value=float(events[row]), allowed=allowed)


def _target(events, sizes, kind, given):
    if given is None and kind != "ratio" and np.isnan(events).all():
        raise NotDetermined(field="target")
    if given is None:
        given = 1 if kind == "ratio" else np.nansum(events) / np.nansum(sizes)
    checked_target(given, kind)
    return float(given)


def _dispersion(events, sizes, limits, trim, *, needed):
    scale = (UPSTREAM_SCALES if limits.upstream else SCALES)[_scale(limits.kind, limits.method)]
    found = dispersion(events, sizes, limits.target, scale=scale, trim=trim, wanted=limits.widened)
    if needed and not np.isfinite(found.phi):
        raise NotDetermined(field="overdispersion")
    return found


def _flagged(values, limits, labels, flag_at):
    if labels:
        worth = {95: ("(0.001)", "(0.025)"), 99.8: ("(0.001)",)}[flag_at]
        sides = {"High": 1, "Low": -1}
        return np.array([sides.get(label.partition(" ")[0], 0) * label.endswith(worth) for label in labels])
    lower, upper = limits.at(flag_at)
    return (values > upper).astype(int) - (values < lower)


def _notes(values, adjusted, spread):
    present = int((~np.isnan(values)).sum())
    facts = {
        "missing": present < len(values),
        "few-units": adjusted is not None and present < FEW_UNITS,
        "not-overdispersed": adjusted is not None and spread.tau2 == 0,
    }
    return tuple(code for code, holds in facts.items() if holds)


def _curve(sizes, limits):
    """The limits from half the smallest to just beyond the largest unit, closer where they bend."""
    present = sizes[~np.isnan(sizes)]
    grid = np.geomspace(present.min() / 2, present.max() * 1.05, GRID) if present.size else np.empty(0)
    if limits.kind == "proportion" and limits.method in ("exact", "ohid"):
        grid = np.unique(np.maximum(1, np.ceil(grid)))
    return FunnelCurve(frozen(grid), limits.plain(grid), limits.adjusted(grid))
