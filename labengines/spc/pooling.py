"""One effect from several sites: random-effects meta-analysis with a prediction interval.

Viechtbauer, J Educ Behav Stat 2005;30:261-293 (REML); Paule & Mandel, J Res NBS 1982;87:377-385; DerSimonian &
Laird, Control Clin Trials 1986;7:177-188; Hartung & Knapp, Stat Med 2001;20:3875-3889; Higgins & Thompson, Stat Med
2002;21:1539-1558 (I2). Numbers are those of metafor.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc

from labengines.spc.errors import NotDetermined, TooFewPoints
from labengines.spc.inputs import LARGEST, at_least, floats, frozen, one_of
from labengines.spc.intervals import quantile, share, two_sided
from labengines.spc.types.effects import Combined
from labengines.spc.types.notes import Note

FEW = 5  # sites below which their differences are hardly estimable
LADDER = np.concatenate(
    [[0.0], np.geomspace(1e-9, 10, 60)]
)  # trial variances, in units of the estimates' own


def combine(estimates, variances, *, method="reml", hartung_knapp=True, level=0.95):
    """The mean effect of k sites as Combined.

    estimates (k,): effects of the sites, as logarithms for ratios. variances (k,): squares of their standard errors,
    more than 0. A site that misses either is left out. method: how the variance between sites is estimated: "reml",
    "paule-mandel", "dersimonian-laird", or "fixed" for none. hartung_knapp: standard error from the sites' own
    spread and Student's t on k - 1; else the normal interval. The prediction interval uses the same quantile.
    Raises EngineError, TooFewPoints below two sites.
    """
    one_of(method, METHODS, field="method")
    level = share(level, field="level")
    y, v, left_out = _pairs(estimates, variances)
    with np.errstate(all="ignore"):
        found = _combined(y, v, method=method, hartung_knapp=hartung_knapp, level=level, left_out=left_out)
    if not np.isfinite([found.estimate, found.se, found.tau2]).all() or not found.se > 0:
        raise NotDetermined(field="estimates")
    return found


def _pairs(estimates, variances):
    """The complete pairs and how many were not."""
    y = floats(estimates, field="estimates")
    v = floats(variances, field="variances", length=len(y))
    at_least(v, 0, field="variances", strictly=True)
    at_least(v, 1 / LARGEST, field="variances")
    kept = np.isfinite(y) & np.isfinite(v)
    if kept.sum() < 2:
        raise TooFewPoints(points=int(kept.sum()), needed=2)
    return y[kept], v[kept], int((~kept).sum())


def _combined(y, v, *, method, hartung_knapp, level, left_out):
    k = len(y)
    tau2 = METHODS[method](y, v)
    weights = 1 / (v + tau2)
    estimate, spread = _mean(y, weights), _spread(y, weights)
    plain = np.sqrt(1 / weights.sum())
    se = np.sqrt(spread / (k - 1)) * plain if hartung_knapp else plain
    df = k - 1 if hartung_knapp else None
    reach = quantile((1 + level) / 2, df)
    ahead = np.nan if method == "fixed" else reach * np.sqrt(se**2 + tau2)
    q = _spread(y, 1 / v)
    return Combined(
        method=method,
        hartung_knapp=bool(hartung_knapp),
        level=level,
        k=k,
        estimate=float(estimate),
        se=float(se),
        statistic=float(estimate / se),
        p=two_sided(estimate / se, df),
        low=float(estimate - reach * se),
        high=float(estimate + reach * se),
        df=df,
        tau2=float(tau2),
        q=float(q),
        q_df=k - 1,
        q_p=float(chdtrc(k - 1, q)),
        i2=_i2(v, q, tau2, method),
        prediction_low=float(estimate - ahead),
        prediction_high=float(estimate + ahead),
        weights=frozen(weights / weights.sum()),
        notes=_notes(k, left_out, se < plain),
    )


def _notes(k, left_out, narrower):
    found = []
    if k < FEW:
        found.append(Note("few_sites", {"sites": k, "advised": FEW}))
    if left_out:
        found.append(Note("sites_left_out", {"sites": left_out}))
    if narrower:
        found.append(Note("narrower_than_sites_allow", {}))
    return tuple(found)


def _mean(y, weights):
    return (weights * y).sum() / weights.sum()


def _spread(y, weights):
    """Weighted squares about the weighted mean: Cochran's Q where the weights are 1 / variance."""
    return (weights * (y - _mean(y, weights)) ** 2).sum()


def _i2(v, q, tau2, method):
    """Share between sites in percent, by tau2 against a typical variance within, or by Q where tau2 is not used."""
    w = 1 / v
    if method == "fixed":
        return float(max(0, 100 * (q - (len(v) - 1)) / q)) if q > 0 else 0.0
    typical = (len(v) - 1) / (w.sum() - (w**2).sum() / w.sum())
    return float(100 * tau2 / (typical + tau2))


def _fixed(_y, _v):
    return 0.0


def _dersimonian_laird(y, v):
    w = 1 / v
    return max(0.0, (_spread(y, w) - (len(y) - 1)) / (w.sum() - (w**2).sum() / w.sum()))


def _paule_mandel(y, v):
    """The variance at which the spread is what chance would give."""

    def surplus(tau2):
        """How much more the estimates spread than chance makes them with that variance between sites."""
        return _spread(y, 1 / (v + tau2)) - (len(y) - 1)

    if surplus(0.0) <= 0:
        return 0.0
    return _root(surplus, 0.0, 2 * _own(y))


def _reml(y, v):
    """The variance of highest restricted likelihood: the best rung of a ladder, then the root of the slope there."""
    ladder = np.unique(np.concatenate([LADDER * _own(y), LADDER * v.mean()]))
    best = int(np.argmax([_restricted(y, v, tau2) for tau2 in ladder]))
    low, high = ladder[max(best - 1, 0)], ladder[min(best + 1, len(ladder) - 1)]
    if _slope(y, v, low) <= 0:
        return float(ladder[best])
    return _root(lambda tau2: _slope(y, v, tau2), low, high)


def _own(y):
    return ((y - y.mean()) ** 2).sum() / (len(y) - 1)


def _root(function, low, high):
    """Where a function falls through zero; NotDetermined where it does not, or goes beyond a float."""
    if not function(low) > 0 >= function(high):
        raise NotDetermined(field="variances")
    return float(brentq(function, low, high, xtol=1e-14 * high, rtol=1e-14))


def _restricted(y, v, tau2):
    weights = 1 / (v + tau2)
    return 0.5 * (np.log(weights).sum() - np.log(weights.sum()) - _spread(y, weights))


def _slope(y, v, tau2):
    """Twice the derivative of the restricted log-likelihood by tau2."""
    w = 1 / (v + tau2)
    away = y - _mean(y, w)
    return (w**2 * away**2).sum() - w.sum() + (w**2).sum() / w.sum()


METHODS = {
    "reml": _reml,
    "paule-mandel": _paule_mandel,
    "dersimonian-laird": _dersimonian_laird,
    "fixed": _fixed,
}
