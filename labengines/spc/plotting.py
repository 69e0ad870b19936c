"""What is drawn: the plotted values, the centre line and the limits, phase by phase."""

from dataclasses import dataclass, replace

import numpy as np

from labengines.spc.kinds import KINDS
from labengines.spc.limits import Part
from labengines.spc.spread import moving_deviations, moving_ranges
from labengines.spc.types.charts import Limits
from labengines.spc.types.notes import Note


@dataclass(frozen=True, eq=False)
class Drawn:
    """values, centre: float (m,). limits: Limits. notes: what a reader must know."""

    values: np.ndarray
    centre: np.ndarray
    limits: Limits
    notes: tuple

    def times(self, factor):
        """The same in another unit."""
        limits = Limits(*(line * factor for line in vars(self.limits).values()))
        return replace(self, values=self.values * factor, centre=self.centre * factor, limits=limits)


def draw(rows, plan, *, kind, choices):
    """Drawn for `rows` (Rows) used as `plan` (Plan) says, in the unit of the data."""
    values, denominators = plotted(rows, plan, KINDS[kind].plots)
    given = choices.centre_line(len(values))
    pieces = []
    for part in plan.slices:
        columns = (
            rows.numerators,
            denominators,
            rows.sizes,
            rows.means,
            rows.deviations,
            rows.ranges,
            plan.base,
        )
        shared = {
            "given": None if given is None else given[part],
            "category": rows.category,
            "preset": choices.preset,
            "screening": choices.screens,
            "fall_back": choices.departs("screening-falls-back"),
            "baseline_spread": choices.departs("baseline-spread") or choices.preset == "pbcharts",
        }
        piece = Part(values[part], *(column[part] for column in columns), **shared)
        pieces.append(KINDS[kind].lines(piece))
    notes = [
        Note("screening_given_up", {"phase": number})
        for number, piece in enumerate(pieces, 1)
        if piece.gave_up
    ]
    if choices.departs("no-variation"):
        pieces, still = _without_flat_limits(pieces)
        notes += still
    centre, *lines = (_joined(pieces, name) for name in ("centre", *Limits.__dataclass_fields__))
    if choices.floor and not (values < 0).any():
        lines = [np.where(line < 0, 0.0, line) for line in lines]
    return Drawn(values, centre, Limits(*lines), tuple(notes))


def plotted(rows, plan, what):
    """(values (m,), denominators (m,)) that a kind of chart draws."""
    with_denominators = bool(~np.isnan(rows.denominators).all())
    denominators = rows.denominators if with_denominators else rows.sizes.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = rows.numerators / denominators
    values = ratios if with_denominators or what == "ratios" else rows.aggregated
    if what == "moving ranges":
        values = _moving(plan, values, lambda part: moving_ranges(values[part]))
    elif what == "moving deviations":
        values = _moving(plan, ratios, lambda part: moving_deviations(ratios[part], denominators[part]))
    elif what in ("means", "deviations", "ranges", "numerators"):
        values = getattr(rows, what)
    return values.astype(float), denominators


def _moving(plan, values, distances):
    found = np.full(len(values), np.nan)
    for part in plan.slices:
        found[part.start + 1 : part.stop] = distances(part)
    return found


def _without_flat_limits(pieces):
    """(the same lines, but no limits where all of them lie on each other; notes that say so)."""
    flat = [_is_flat(piece) for piece in pieces]
    kept = [_without_limits(piece) if still else piece for piece, still in zip(pieces, flat, strict=True)]
    return kept, [Note("no_variation", {"phase": number}) for number, still in enumerate(flat, 1) if still]


def _is_flat(piece):
    width = piece.upper - np.where(np.isnan(piece.lower), piece.centre, piece.lower)
    return np.isfinite(width).any() and not np.nanmax(np.abs(width)) > 0


def _without_limits(piece):
    none = np.full(len(piece.upper), np.nan)
    return replace(piece, lower=none, lower_inner=none, upper_inner=none, upper=none)


def _joined(pieces, name):
    lines = np.concatenate([getattr(piece, name) for piece in pieces])
    return np.where(np.isfinite(lines), lines, np.nan)
