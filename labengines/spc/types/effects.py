"""Results on the size of an effect: at one site, at staggered starts, over several sites."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Term:
    """One coefficient of a model, on the model's own scale (logarithms for counts and proportions).

    statistic: estimate / standard_error, compared with Student's t on df degrees, or with the normal
    distribution where df is None. p: two-sided. low, high: the interval at the model's level.
    """

    name: str
    estimate: float
    standard_error: float
    statistic: float
    p: float
    low: float
    high: float
    df: float | None = None


@dataclass(frozen=True)
class Ratio:
    """A term of a model on logarithms as a ratio: 0.89 (0.84 to 0.93) is 11 % less."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Effect:
    """What changed at one site when it changed its way of working.

    kind: "continuous", "count" or "proportion". model: "gls-ar1", "least-squares", "quasi-poisson",
    "quasi-binomial". terms: all coefficients, tuple of Term. level: of the intervals, 0..1.
    points_before, points_after: rows with a value. df: rows less coefficients.
    dispersion: Pearson's, for counts and proportions, else None.
    rho: correlation of neighbouring points, estimated by the model (gls-ar1) or from its residuals.
    sigma, reml_loglik: residual standard deviation and restricted log-likelihood, continuous only.
    time, observed, fitted, without: arrays (n,) in order of time; observed is a rate or share where there
    is a denominator, fitted what the model says, without what it says had nothing been changed.
    """

    kind: str
    model: str
    terms: tuple
    level: float
    points_before: int
    points_after: int
    df: int
    dispersion: float | None
    rho: float
    sigma: float | None
    reml_loglik: float | None
    time: np.ndarray
    observed: np.ndarray
    fitted: np.ndarray
    without: np.ndarray
    notes: tuple = ()

    def term(self, name):
        """The term of that name, or None."""
        return next((term for term in self.terms if term.name == name), None)

    @property
    def step(self):
        """The jump of the level at the change."""
        return self.term("after")

    @property
    def slope_change(self):
        """How much steeper per unit of time since the change, or None if not asked for."""
        return self.term("time since change")

    @property
    def ratio(self):
        """The jump as a rate ratio (count) or odds ratio (proportion), None for continuous values."""
        if self.kind == "continuous":
            return None
        return Ratio(
            *(float(np.exp(number)) for number in (self.step.estimate, self.step.low, self.step.high))
        )

    @property
    def facts(self):
        """What a sentence on the jump needs: its measure, numbers and whether "no change" is excluded."""
        shown = self.ratio or self.step
        measures = {"continuous": "step", "count": "rate ratio", "proportion": "odds ratio"}
        return {
            "measure": measures[self.kind],
            "estimate": shown.estimate,
            "low": shown.low,
            "high": shown.high,
            "level": self.level,
            "p": self.step.p,
            "excludes_no_change": not self.step.low <= 0 <= self.step.high,
            "points_before": self.points_before,
            "points_after": self.points_after,
        }


@dataclass(frozen=True, eq=False)
class Combined:
    """One effect from several sites.

    method: how the sites' differences were estimated; k: sites that were used.
    estimate, se, low, high, statistic, p: of the mean effect; df: of Student's t, None for normal.
    tau2: variance between sites. q, q_df, q_p: Cochran's test. i2: share of the spread that is
    between sites, percent. prediction_low, prediction_high: what to expect at the next site.
    weights: (k,), summing to 1.
    """

    method: str
    hartung_knapp: bool
    level: float
    k: int
    estimate: float
    se: float
    statistic: float
    p: float
    low: float
    high: float
    df: int | None
    tau2: float
    q: float
    q_df: int
    q_p: float
    i2: float
    prediction_low: float
    prediction_high: float
    weights: np.ndarray
    notes: tuple = ()


@dataclass(frozen=True, eq=False)
class EffectsAtSites:
    """Both stages: effects is ((site, Effect), ...), left_out is ((site, reason), ...); combined or None."""

    effects: tuple
    left_out: tuple
    combined: Combined | None


@dataclass(frozen=True, eq=False)
class SteppedWedge:
    """The effect where sites began at different times.

    effect: Term with the normal interval. kenward_roger: the same effect with the standard error and
    degrees of freedom that allow for few sites. site_sd, residual_sd: of sites and of rows.
    lots_p: p by drawing the starts anew, None if not asked for; draws: how many lots were drawn.
    """

    effect: Term
    kenward_roger: Term
    level: float
    sites: int
    rows: int
    site_sd: float
    residual_sd: float
    reml_loglik: float
    lots_p: float | None = None
    draws: int = 0
    notes: tuple = ()
