"""Staggered starts: sites change one after the other, and each period is compared across sites."""

import numpy as np

from labengines.spc.effects import mixed
from labengines.spc.effects.design import whole
from labengines.spc.effects.kenward_roger import adjusted
from labengines.spc.effects.least_squares import expect_determined, terms
from labengines.spc.effects.lots import p_by_lots
from labengines.spc.errors import NotDetermined, OutOfRange, TooFewPoints, Unknown
from labengines.spc.inputs import expect_length, floats
from labengines.spc.intervals import quantile, share, two_sided
from labengines.spc.types.effects import SteppedWedge, Term
from labengines.spc.types.notes import Note

FEW = 6  # sites below which the spread between them is hardly estimable


def stepped_wedge(values, *, site, period, treat, level=0.95, rng=None, draws=1999):
    """The effect of treat in values ~ treat + period + site, sites as random intercepts, as SteppedWedge.

    values (n,): continuous. site, period (n,): names or numbers. treat (n,): 0 and 1. Rows that miss a value are
    left out. rng: numpy Generator, for the permutation test where start dates were drawn by lot, with `draws` lots;
    treat must then be 1 from a site's start on. Raises EngineError.
    """
    level, draws = share(level, field="level"), whole(draws, "draws", least=1)
    y, site, period, treat, names = _rows(values, site, period, treat)
    matrix = _design(treat, period)
    if len(y) < matrix.shape[1] + 3:
        raise TooFewPoints(points=len(y), needed=matrix.shape[1] + 3)
    expect_determined(matrix, ("level", "treat", *(f"period {name}" for name in names[1:])))
    with np.errstate(all="ignore"):
        fit = mixed.fit(matrix, y, site)
        wald = terms(["treat"], fit.estimate[1:2], fit.covariance[1:2, 1:2], level=level)[0]
        small = _small_sample(wald, *adjusted(matrix, site, fit, 1), level)
    _expect_finite(wald, small)
    lots_p = (
        None if rng is None else p_by_lots(y, site=site, period=period, treat=treat, rng=rng, draws=draws)
    )
    return SteppedWedge(
        effect=wald,
        kenward_roger=small,
        level=level,
        sites=int(site.max()) + 1,
        rows=len(y),
        site_sd=float(np.sqrt(fit.ratio) * fit.sigma),
        residual_sd=fit.sigma,
        reml_loglik=fit.reml_loglik,
        lots_p=lots_p,
        draws=0 if rng is None else draws,
        notes=_notes(int(site.max()) + 1, fit),
    )


def _rows(values, site, period, treat):
    """The complete rows: values, site and period as numbers from 0, treat; and the names of the periods."""
    y = floats(values, field="values")
    treat = floats(treat, field="treat", length=len(y))
    for row in np.flatnonzero((treat != 0) & (treat != 1) & ~np.isnan(treat)):
        raise OutOfRange(field="treat", row=int(row) + 1, value=float(treat[row]), allowed="0 or 1")
    kept = np.isfinite(y + treat)
    if not kept.any():
        raise TooFewPoints(points=0, needed=5)
    _, sites = _numbered(site, kept, "site")
    names, periods = _numbered(period, kept, "period")
    if sites.max() < 1:
        raise TooFewPoints(points=1, needed=2)
    return y[kept], sites, periods, treat[kept], names


def _numbered(labels, kept, field):
    """Sorted names, and each kept row's number among them."""
    rows = list(labels)
    expect_length(rows, field=field, length=len(kept))
    try:
        return np.unique(
            np.array([row for row, used in zip(rows, kept, strict=True) if used]), return_inverse=True
        )
    except (TypeError, ValueError):
        raise Unknown(field=field, value="names of several kinds", choices=("texts", "numbers")) from None


def _design(treat, period):
    later = period[:, None] == np.arange(1, period.max() + 1)
    return np.column_stack([np.ones_like(treat), treat, later])


def _small_sample(wald, error, df, level):
    statistic = wald.estimate / error
    reach = quantile((1 + level) / 2, df) * error
    p = two_sided(statistic, df)
    return Term("treat", wald.estimate, error, statistic, p, wald.estimate - reach, wald.estimate + reach, df)


def _expect_finite(*found):
    if not all(
        np.isfinite([term.estimate, term.standard_error]).all() and term.standard_error > 0 for term in found
    ):
        raise NotDetermined(field="values")


def _notes(sites, fit):
    found = [Note("few_sites", {"sites": sites, "advised": FEW})] if sites < FEW else []
    if fit.ratio == 0:
        found.append(Note("sites_alike", {}))
    return tuple(found)
