"""Thousands of short series at once, as whole tables."""

import numpy as np

from labengines.spc import constants, inputs
from labengines.spc.choices import Choices
from labengines.spc.errors import MissingColumn, TooFewPoints
from labengines.spc.runs import crossings_fewest, longest_run_max
from labengines.spc.types.charts import Limits
from labengines.spc.types.sets import ChartSet

KINDS = ("run", "i", "p", "u", "c")
WITH_DENOMINATORS = ("p", "u")
CHOICES = ("baseline", "centre", "screening", "deviations")


def charts(series, kind="i", denominators=None, **choices):
    """One chart for each of S series of different lengths, with limits and runs.

    series: S columns, oldest value first, missing ones None or NaN. kind: "run", "i", "p", "u"
    or "c". denominators: S columns, for "p" and "u". choices: baseline, centre (one number),
    screening and deviations of `Choices`; figures are those of `chart` on each series.
    Returns ChartSet. Raises Unknown, MissingColumn, NotANumber, OutOfRange, DifferentLengths,
    TooFewPoints; `field` says which series.
    """
    inputs.one_of(kind, KINDS, field="kind")
    for name in choices:
        inputs.one_of(name, CHOICES, field="choices")
    choices = Choices(**choices)
    values, within = _table(series, "series")
    sizes = _sizes(kind, denominators, values, within)
    if kind not in ("run", "i") and choices.departs("refuse-impossible"):
        _refuse_impossible(kind, values, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        shown = values if sizes is None else values / sizes
    line, sigma, gave_up = _lines(kind, values, shown, sizes, choices)
    still = _still(sigma) & choices.departs("no-variation")
    sigma = np.where(within & ~still[:, None], sigma, np.nan)
    line = np.where(within, line, np.nan)
    limits = _limits(kind, line, sigma)
    return ChartSet(
        kind=kind,
        lengths=within.sum(axis=1),
        values=shown,
        centre=line,
        limits=limits,
        outside=((shown > limits.upper) | (shown < limits.lower)).sum(axis=1),
        **_runs(np.sign(shown - line)),
        screening_given_up=gave_up,
        no_variation=still,
    )


def _table(series, name):
    """(values (S, L) with NaN beyond the ends, whether each place belongs to its series)."""
    columns = [inputs.numbers(column, field=f"{name} {place}") for place, column in enumerate(series, 1)]
    lengths = np.array([len(column) for column in columns], dtype=int)
    if not columns or not lengths.all():
        raise TooFewPoints(points=0, needed=1)
    within = np.arange(lengths.max()) < lengths[:, None]
    table = np.full(within.shape, np.nan)
    table[within] = np.concatenate(columns)
    for place in np.flatnonzero((np.abs(table) > inputs.LARGEST).any(axis=1)):
        inputs.not_too_large(table[place], field=f"{name} {place + 1}")
    return table, within


def _sizes(kind, denominators, values, within):
    """Denominators as a table, missing where values are, and the other way round; None for kinds without."""
    if kind not in WITH_DENOMINATORS:
        return None
    if denominators is None:
        raise MissingColumn(field="denominators", kind=kind)
    sizes, there = _table(denominators, "denominators")
    for place, (found, expected) in enumerate(zip(there.sum(axis=1), within.sum(axis=1), strict=True), 1):
        inputs.expect_length(range(found), field=f"denominators {place}", length=expected)
    lost = np.isnan(sizes) | np.isnan(values)
    values[lost] = sizes[lost] = np.nan
    return sizes


def _refuse_impossible(kind, values, sizes):
    for place, counts in enumerate(values, 1):
        inputs.at_least(counts, 0, field=f"series {place}")
        if sizes is not None:
            inputs.at_least(sizes[place - 1], 0, field=f"denominators {place}", strictly=True)
        if kind == "p":
            inputs.at_least(sizes[place - 1] - counts, 0, field=f"denominators less series {place}")


def _lines(kind, values, shown, sizes, choices):
    """(centre (S, 1), standard deviations (S, 1) or (S, L), whether screening was given up (S,))."""
    base = slice(None) if choices.baseline is None else slice(int(choices.baseline))
    if choices.centre is not None:
        centre = np.full((len(values), 1), float(choices.centre))
    else:
        centre = _centre(kind, values[:, base], None if sizes is None else sizes[:, base])[:, None]
    gave_up = np.zeros(len(values), bool)
    if kind == "i":
        spread, gave_up = _spread(shown[:, base], choices)
        return centre, spread[:, None] / constants.MR_SIGMA, gave_up
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = {
            "run": lambda: np.full_like(centre, np.nan),
            "c": lambda: np.sqrt(centre),
            "p": lambda: np.sqrt(centre * (1 - centre) / sizes),
            "u": lambda: np.sqrt(centre / sizes),
        }[kind]()
    return centre, np.where(np.isfinite(sigma), sigma, np.nan), gave_up


def _centre(kind, values, sizes):
    if kind == "run":
        return _medians(values)
    if sizes is None:
        return _means(values)
    total = np.nansum(sizes, axis=1)
    return np.divide(np.nansum(values, axis=1), total, out=np.full(len(total), np.nan), where=total > 0)


def _spread(base, choices):
    """(mean moving ranges (S,), whether screening was given up)."""
    ranges = np.abs(np.diff(base, axis=1))
    plain = _means(ranges)
    if not choices.screens:
        return plain, np.zeros(len(base), bool)
    screened = _means(np.where(ranges < constants.MR_UPPER * plain[:, None], ranges, np.nan))
    gave_up = (plain > 0) & ~(screened > 0) & choices.departs("screening-falls-back")
    return np.where(gave_up, plain, screened), gave_up


def _still(sigma):
    there = np.isfinite(sigma)
    return there.any(axis=1) & ~(np.where(there, sigma, 0) > 0).any(axis=1)


def _limits(kind, line, sigma):
    tables = (line + steps * sigma for steps in (-3, -2, 2, 3))
    if kind in ("run", "i"):
        return Limits(*tables)
    return Limits(*(np.clip(table, 0, 1 if kind == "p" else np.inf) for table in tables))


def _means(table):
    there = ~np.isnan(table)
    counted = there.sum(axis=1)
    total = np.where(there, table, 0.0).sum(axis=1)
    return np.divide(total, counted, out=np.full(len(table), np.nan), where=counted > 0)


def _medians(table):
    ordered = np.sort(table, axis=1)  # NaN comes last
    counted = (~np.isnan(table)).sum(axis=1)
    rows = np.arange(len(table))
    return (
        ordered[rows, np.maximum(counted - 1, 0) // 2]
        + ordered[rows, np.minimum(counted // 2, table.shape[1] - 1)]
    ) / 2


def _runs(side):
    """Columns of the runs analysis from -1, 0, 1 and NaN (S, L)."""
    rows, places = np.nonzero(np.nan_to_num(side))
    useful = np.bincount(rows, minlength=len(side))
    signs = side[rows, places]
    begins = np.ones(len(rows), bool)
    begins[1:] = (rows[1:] != rows[:-1]) | (signs[1:] != signs[:-1])
    starts = np.flatnonzero(begins)
    longest = np.zeros(len(side), int)
    np.maximum.at(longest, rows[starts], np.diff(np.append(starts, len(rows))))
    crossings = np.maximum(np.bincount(rows[starts], minlength=len(side)) - 1, 0)
    longest_max, fewest = _expected(useful)
    return {
        "useful": useful,
        "longest": longest,
        "longest_max": longest_max,
        "crossings": crossings,
        "crossings_min": fewest,
        "runs_signal": (useful > 0) & ((longest > longest_max) | (crossings < fewest)),
    }


def _expected(useful):
    """(longest run, fewest crossings) that chance explains for each number of useful points; 0 for none."""
    numbers = range(1, useful.max(initial=0) + 1)
    longest_max = np.array([0, *map(longest_run_max, numbers)])
    fewest = np.array([0, *map(crossings_fewest, numbers)])
    return longest_max[useful], fewest[useful]
