"""Centre line and control limits of one phase, one function for each kind of chart.

Each takes a Part and gives Lines. Sources: Montgomery, Introduction to Statistical Quality
Control, for the classical charts; Laney (2002) for P' and U'; Taylor (2017) for I'; Nelson
(1994) for T; the conventions (what is screened, clipped, left missing) are those of the R
package qicharts2 0.8.1, read as rules, or of the named preset.
"""

from dataclasses import dataclass, replace

import numpy as np

from labengines.spc import constants
from labengines.spc.spread import mean, mean_range, moving_deviations, moving_ranges


@dataclass(frozen=True, eq=False)
class Part:
    """One phase as the limits see it; columns (k,).

    values: what is plotted. base: the points that the lines come from. given: a centre line
    (k,) or None. category: the periods have no order. preset, screening, fall_back,
    baseline_spread: as in the chart's options.
    """

    values: np.ndarray
    numerators: np.ndarray
    denominators: np.ndarray
    sizes: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    ranges: np.ndarray
    base: np.ndarray
    given: np.ndarray | None
    category: bool
    preset: str
    screening: bool
    fall_back: bool
    baseline_spread: bool

    def centre(self, found):
        """The centre line that was given, else `found`, as (k,)."""
        return np.full(len(self.values), found) if self.given is None else self.given


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of one phase (k,); gave_up: screening left no spread, so all ranges were used."""

    centre: np.ndarray
    lower: np.ndarray
    lower_inner: np.ndarray
    upper_inner: np.ndarray
    upper: np.ndarray
    gave_up: bool = False


def run(part):
    """Median; no limits."""
    found = part.values[part.base & ~np.isnan(part.values)]
    none = np.full(len(part.values), np.nan)
    return Lines(part.centre(np.median(found) if len(found) else np.nan), none, none, none, none)


def individuals(part):
    """I: mean, and three standard deviations from mean moving ranges."""
    centre = part.centre(mean(part.values[part.base]))
    distances = (part.values - centre)[part.base]
    spread, gave_up = _screened(part, moving_ranges(distances))
    if part.preset == "making-data-count":
        width, inner = constants.NATURAL_WIDTH * spread, 2 * (constants.NATURAL_WIDTH / 3) * spread
        return Lines(centre, centre - width, centre - inner, centre + inner, centre + width, gave_up)
    return _around(centre, spread / constants.MR_SIGMA, gave_up=gave_up)


def moving_range(part):
    """MR: mean moving range and its upper limit; `values` are moving ranges already."""
    centre = part.centre(mean(part.values[part.base]))
    upper = constants.MR_UPPER * centre
    inner = constants.MR_UPPER / 3 * 2 * centre
    return Lines(centre, 0 * centre, 0 * centre, inner, upper)


def moving_s(part):
    """Moving S of pbcharts: mean moving standard deviation and its upper limit."""
    centre = part.centre(mean(part.values[part.base]))
    upper = np.where(np.isnan(part.values), np.nan, 3.2665 * centre)
    none = np.full(len(centre), np.nan)
    return Lines(centre, none, none, none, upper)


def individuals_prime(part):
    """I': individuals with a width that follows each point's denominator."""
    centre = part.centre(_pooled(part))
    source = part.base if part.baseline_spread else slice(None)
    spread, gave_up = _screened(
        part, moving_deviations(part.values[source], part.denominators[source]), 3.2665
    )
    with np.errstate(divide="ignore"):
        sigma = spread / np.sqrt(part.denominators)
    return _around(centre, sigma, gave_up=gave_up)


def xbar(part):
    """Xbar: means of subgroups, width from their standard deviations."""
    counted = part.base & (part.sizes > 0)
    sizes = part.sizes[counted]
    centre = part.centre(np.sum(sizes * part.means[counted]) / np.sum(sizes) if len(sizes) else np.nan)
    return _around(centre, _mean_deviation(part) / (constants.c4(part.sizes) * _root(part.sizes)))


def standard_deviation(part):
    """S: standard deviations of subgroups."""
    centre = part.centre(_mean_deviation(part))
    c4 = constants.c4(part.sizes)
    return _around(centre, centre * np.sqrt(1 - c4**2) / c4, low=0.0)


def subgroup_range(part):
    """R: ranges of subgroups (sizes 2 to 25)."""
    centre = part.centre(mean(part.ranges[part.base]))
    return _around(centre, centre * constants.d3(part.sizes) / constants.d2(part.sizes), low=0.0)


def xbar_from_ranges(part):
    """Xbar with the width from ranges of subgroups (sizes 2 to 25)."""
    centre = part.centre(mean(part.means[part.base]))
    sigma = mean(part.ranges[part.base]) / constants.d2(part.sizes)
    return _around(centre, sigma / _root(part.sizes))


def time_between(part):
    """T: individuals on the power 1/3.6 of waiting times; centre and limits back on their scale."""
    power = constants.T_POWER
    given = None if part.given is None else part.given ** (1 / power)
    lines = individuals(replace(part, values=part.values ** (1 / power), given=given))
    lower = np.where(lines.lower > 0, lines.lower, 0.0) ** power
    inner = np.where(lines.lower_inner >= 0, lines.lower_inner, np.nan) ** power
    upper_inner, upper = lines.upper_inner**power, lines.upper**power
    return Lines(lines.centre**power, lower, inner, upper_inner, upper, lines.gave_up)


def proportion(part):
    """P: share of cases, binomial width."""
    centre = part.centre(_pooled(part))
    return _around(centre, _binomial(part, centre), low=0.0, high=1.0)


def proportion_prime(part):
    """P': P chart whose width follows how much the points really vary (Laney)."""
    centre = part.centre(_pooled(part))
    sigma, gave_up = _laney(part, centre, _binomial(part, centre))
    return _around(centre, sigma, low=0.0, high=1.0, gave_up=gave_up)


def number_of_cases(part):
    """NP: number of cases out of equal denominators, binomial width."""
    share = _pooled(part)
    centre = part.centre(share * part.denominators)
    sigma = np.sqrt(part.denominators * share * (1 - share))
    return _around(centre, sigma, low=0.0, high=part.denominators)


def count(part):
    """C: events in equal periods, Poisson width."""
    centre = part.centre(mean(part.values[part.base]))
    return _around(centre, _root(centre), low=0.0)


def rate(part):
    """U: events for each unit of exposure, Poisson width."""
    centre = part.centre(_pooled(part))
    return _around(centre, _poisson(part, centre), low=0.0)


def rate_prime(part):
    """U': U chart whose width follows how much the points really vary (Laney)."""
    centre = part.centre(_pooled(part))
    sigma, gave_up = _laney(part, centre, _poisson(part, centre))
    return _around(centre, sigma, low=0.0, gave_up=gave_up)


def cases_between(part):
    """G: cases between events; limits from the mean of a geometric law, drawn about the median."""
    found = part.values[part.base & ~np.isnan(part.values)]
    middle = part.centre(found.mean() if len(found) else np.nan)
    lines = _around(middle, _root(middle * (middle + 1)), low=0.0)
    if part.given is None:
        median = np.full(len(middle), np.median(found) if len(found) else np.nan)
    else:
        median = constants.GEOMETRIC_MEDIAN * part.given
    return replace(lines, centre=median)


def _around(centre, sigma, *, low=-np.inf, high=np.inf, gave_up=False):
    sigma = np.where(np.isfinite(sigma), sigma, np.nan)
    steps = (centre - 3 * sigma, centre - 2 * sigma, centre + 2 * sigma, centre + 3 * sigma)
    return Lines(centre, *(np.minimum(np.maximum(step, low), high) for step in steps), gave_up)


def _screened(part, ranges, limit=constants.MR_UPPER):
    keep_limit = part.preset == "pbcharts"
    limit = 3.2665 if keep_limit else limit
    return mean_range(
        ranges, screening=part.screening, limit=limit, keep_limit=keep_limit, fall_back=part.fall_back
    )


def _pooled(part):
    """All cases of the baseline over all their denominators."""
    total = np.nansum(part.denominators[part.base])
    return np.nansum(part.numerators[part.base]) / total if total else np.nan


def _mean_deviation(part):
    """Mean standard deviation of subgroups of one size, else the pooled one."""
    counted = part.base & (part.sizes > 1)
    deviations, sizes = part.deviations[counted], part.sizes[counted]
    if not len(sizes):
        return np.nan
    if len(set(part.sizes.tolist())) == 1:
        return deviations.mean()
    return np.sqrt(np.sum((sizes - 1) * deviations**2) / np.sum(sizes - 1))


def _binomial(part, centre):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(centre * (1 - centre) / part.denominators)


def _poisson(part, centre):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(centre / part.denominators)


def _laney(part, centre, sigma):
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = ((part.values - centre) / sigma)[part.base]
    scores = np.where(np.isfinite(scores), scores, np.nan)
    if part.category:
        present = scores[~np.isnan(scores)]
        return sigma * (present.std(ddof=1) if len(present) > 1 else np.nan), False
    spread, gave_up = _screened(part, moving_ranges(scores))
    return sigma * spread / constants.MR_SIGMA, gave_up


def _root(values):
    with np.errstate(invalid="ignore"):
        return np.sqrt(values)
