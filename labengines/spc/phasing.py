"""Which points belong to which phase, and which of them the lines come from."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from labengines.spc.errors import NotANumber, OutOfRange, Repeated
from labengines.spc.types.notes import Note


@dataclass(frozen=True, eq=False)
class Plan:
    """How points are used; arrays (m,).

    phase: number from 1. baseline: within the first points that were fixed. included: not left
    out. last_points: numbers of the last point before each new phase. excluded: numbers left
    out. baseline_points: as chosen, None where phases make it void. notes: what was moved.
    """

    phase: np.ndarray
    baseline: np.ndarray
    included: np.ndarray
    last_points: tuple
    excluded: tuple
    baseline_points: int | None
    notes: tuple

    @property
    def base(self):
        """The points that lines come from."""
        return self.baseline & self.included

    @property
    def slices(self):
        """One slice of points for each phase."""
        edges = [0, *self.last_points, len(self.phase)]
        return tuple(slice(a, b) for a, b in pairwise(edges))


def plan(rows, choices):
    """Plan for `rows` (Rows). Raises Repeated for a period that stands twice where each may stand once."""
    m = len(rows.x)
    making_data_count = choices.preset == "making-data-count"
    if making_data_count and rows.repeated is not None:
        raise Repeated(field="subgroups", value=rows.repeated)
    starts, notes = _rebased(rows, choices)
    last_points = tuple(sorted({*_last_points(rows, choices.phases), *starts} - {0}))
    phase = 1 + np.searchsorted(last_points, np.arange(m), side="right")
    frozen = None if last_points and not making_data_count else choices.baseline
    place = np.arange(m) - np.concatenate(([0], last_points)).astype(int)[phase - 1]
    excluded = _numbers(choices.exclude, field="exclude")
    included = ~np.isin(np.arange(1, m + 1), excluded)
    baseline = place < (m if frozen is None else frozen)
    return Plan(phase, baseline, included, last_points, excluded, frozen, notes)


def _last_points(rows, phases):
    """Numbers of the last points before new phases, from numbers or from a label for each row."""
    if phases is None:
        return []
    phases = list(phases)
    if len(phases) == rows.rows > 1:
        return _changes([phases[row] for row in rows.first_rows])
    return [number for number in _numbers(phases, field="phases") if number < len(rows.x)]


def _changes(labels):
    """Places where a label appears for the first time, but for the first."""
    seen, places = set(), []
    for place, label in enumerate(labels):
        if label is not None and label not in seen:
            seen.add(label)
            places.append(place)
    return [place for place in places if place]


def _rebased(rows, choices):
    """(numbers of the last points before each rebase, notes on dates that were moved)."""
    starts, notes = [], []
    for period in choices.rebase or ():
        if period in rows.x:
            starts.append(rows.x.index(period))
        elif choices.departs("next-rebase"):
            later = [place for place, x in enumerate(rows.x) if _after(x, period)]
            starts += later[:1]
            used = rows.x[later[0]] if later else None
            notes.append(Note("rebase_moved", {"asked": period, "used": used}))
    return starts, tuple(notes)


def _after(x, period):
    try:
        return x > period
    except TypeError:
        raise NotANumber(field="rebase", row=1, value=period) from None


def _numbers(points, *, field):
    """Whole numbers from 0, sorted, each once."""
    found = set()
    for row, point in enumerate(points if points is not None else (), 1):
        try:
            whole = int(point) == point
        except (TypeError, ValueError, OverflowError):
            raise NotANumber(field=field, row=row, value=point) from None
        if not whole or point < 0:
            raise OutOfRange(field=field, row=row, value=point, allowed="numbers of points, from 1")
        found.add(int(point))
    return tuple(sorted(found))
