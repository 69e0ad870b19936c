"""The size of one site's effect: an interrupted time series.

Bernal, Cummins & Gasparrini, Int J Epidemiol 2017;46:348-355, for counts and proportions; continuous values by
generalised least squares, since neighbouring points are alike.
"""

import numpy as np

from labengines.spc.effects import glm, gls
from labengines.spc.effects.design import CHANGE, columns, expect_both_sides
from labengines.spc.effects.least_squares import expect_determined, terms
from labengines.spc.effects.series import read
from labengines.spc.errors import NotDetermined, TooFewPoints
from labengines.spc.inputs import frozen, one_of
from labengines.spc.intervals import share
from labengines.spc.types.effects import Effect
from labengines.spc.types.notes import Note

ADVISED = 12  # points on each side
ALIKE = 0.3  # correlation of neighbours from which standard errors that ignore it mislead
FAMILIES = {"count": glm.Poisson, "proportion": glm.Binomial}


def effect(  # noqa: PLR0913 - a model has this many choices, each by name
    values,
    *,
    time=None,
    after=None,
    change=None,
    kind="continuous",
    denominators=None,
    slope_change=False,
    season=None,
    correlation="ar1",
    reference=None,
    level=0.95,
):
    """How much changed, as Effect.

    values (n,): the value, or for a count or proportion the number of events. denominators (n,): exposure of a
    count (1 without), trials of a proportion. time (n,): in any unit, 1, 2, 3 ... without; rows may come in any
    order. after (n,): 0 and 1, or change: the number (from 1) of the first point after. slope_change: whether the
    trend may change too. season: {"period": 12, "pairs": 2}. correlation of neighbours, continuous values only:
    "ar1" or None. reference: "t" or "normal" for p and intervals; by default "t" for continuous values, "normal"
    for others, as published. level of the intervals, 0..1.
    Rows that miss a value are left out; the correlation still spans them. Raises EngineError.
    """
    one_of(correlation, ("ar1", None), field="correlation")
    one_of(reference, ("t", "normal", None), field="reference")
    level = share(level, field="level")
    series = read(values, kind=kind, denominators=denominators, time=time, after=after, change=change)
    expect_both_sides(series.after, needed=3 if slope_change else 2)
    design = columns(series.time, series.after, slope_change=slope_change, season=season)
    needed = len(design.names) + 2
    if len(series.time) < needed:
        raise TooFewPoints(points=len(series.time), needed=needed)
    expect_determined(design.matrix, design.names)
    if kind == "continuous":
        return _continuous(series, design, level, correlation, reference or "t")
    return _events(series, design, level, kind, reference or "normal")


def _continuous(series, design, level, correlation, reference):
    with np.errstate(all="ignore"):
        rho = None if correlation == "ar1" else 0.0
        fit = gls.fit(design.matrix, series.values, position=series.position, rho=rho)
        fitted = design.matrix @ fit.estimate
        alike = fit.rho if correlation == "ar1" else neighbours(series.values - fitted, series.position)
    notes = [Note("correlation_at_bound", {"rho": fit.rho})] if fit.at_bound else []
    return _effect(
        series,
        design,
        fit,
        kind="continuous",
        model="gls-ar1" if correlation == "ar1" else "least-squares",
        terms=_terms(design, fit, level, reference, fit.covariance),
        level=level,
        dispersion=None,
        rho=alike,
        sigma=fit.sigma,
        reml_loglik=fit.reml_loglik,
        fitted=frozen(fitted),
        without=frozen(_without(design, fit)),
        notes=_notes(series, alike, notes),
    )


def _events(series, design, level, kind, reference):
    family = FAMILIES[kind]
    fit = glm.fit(design.matrix, series.values, family, size=series.sizes)
    with np.errstate(all="ignore"):
        residuals = glm.pearson_residuals(series.values, fit.fitted, family, series.sizes)
        without = family.mean(_without(design, fit), np.ones_like(series.sizes))
    rho = neighbours(residuals, series.position)
    notes = [Note("less_spread_than_chance", {"dispersion": fit.dispersion})] if fit.dispersion < 1 else []
    return _effect(
        series,
        design,
        fit,
        kind=kind,
        model={"count": "quasi-poisson", "proportion": "quasi-binomial"}[kind],
        terms=_terms(design, fit, level, reference, fit.covariance * fit.dispersion),
        level=level,
        dispersion=fit.dispersion,
        rho=rho,
        sigma=None,
        reml_loglik=None,
        fitted=frozen(fit.fitted / series.sizes),
        without=frozen(without),
        notes=_notes(series, rho, notes),
    )


def _effect(series, design, fit, **found):
    """Effect with what every kind has in common; refuses numbers that are beyond a float."""
    numbers = [number for term in found["terms"] for number in (term.estimate, term.standard_error)]
    if not np.isfinite(numbers).all() or not min(term.standard_error for term in found["terms"]) > 0:
        raise NotDetermined(field="values")
    return Effect(
        points_before=int((series.after == 0).sum()),
        points_after=int((series.after == 1).sum()),
        df=fit.df,
        time=frozen(series.time),
        observed=frozen(series.values / series.sizes),
        **found,
    )


def _terms(design, fit, level, reference, covariance):
    df = fit.df if reference == "t" else None
    return terms(design.names, fit.estimate, covariance, level=level, df=df)


def _without(design, fit):
    """The linear predictor had nothing been changed, (n,)."""
    kept = [name not in CHANGE for name in design.names]
    return design.matrix[:, kept] @ fit.estimate[kept]


def neighbours(residuals, position):
    """Correlation of residuals one step apart, 0 where there is none."""
    together = np.diff(position) == 1
    total = float(residuals @ residuals)
    return float((residuals[:-1] * residuals[1:])[together].sum() / total) if total > 0 else 0.0


def _notes(series, rho, notes):
    sides = {"before": int((series.after == 0).sum()), "after": int((series.after == 1).sum())}
    if min(sides.values()) < ADVISED:
        notes.append(Note("few_points", sides | {"advised": ADVISED}))
    if rho > ALIKE:
        notes.append(Note("neighbours_alike", {"rho": rho, "limit": ALIKE}))
    return tuple(notes)
