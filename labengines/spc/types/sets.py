"""Many charts at once, as columns."""

from dataclasses import dataclass, fields

import numpy as np

from labengines.spc.types.charts import Limits


@dataclass(frozen=True, eq=False)
class ChartSet:
    """The same kind of chart for S series of up to L points; columns (S,), tables (S, L).

    Tables are NaN beyond the end of a shorter series. kind: as in Options.
    lengths: points of each series. values, centre: tables, in the unit shown. limits: Limits
    of tables. outside: points beyond a limit. useful to crossings_min: as in Runs, 0 where no
    point lies off the centre line. runs_signal: whether the runs show a change.
    screening_given_up, no_variation: what a reader must know of a series.
    """

    kind: str
    lengths: np.ndarray
    values: np.ndarray
    centre: np.ndarray
    limits: Limits
    outside: np.ndarray
    useful: np.ndarray
    longest: np.ndarray
    longest_max: np.ndarray
    crossings: np.ndarray
    crossings_min: np.ndarray
    runs_signal: np.ndarray
    screening_given_up: np.ndarray
    no_variation: np.ndarray

    def __len__(self):
        return len(self.lengths)

    @property
    def signals(self):
        """bool (S,): a point beyond a limit, or runs that show a change."""
        return self.runs_signal | (self.outside > 0)

    def columns(self):
        """{name: list} of what each series comes to; lines are means over its points."""
        tables = {"centre": self.centre, "lower": self.limits.lower, "upper": self.limits.upper}
        found = {name: _row_means(table).tolist() for name, table in tables.items()}
        columns = [field.name for field in fields(self) if getattr(getattr(self, field.name), "ndim", 0) == 1]
        return found | {name: getattr(self, name).tolist() for name in columns}

    def __str__(self):
        return (
            f"{len(self)} {self.kind} charts of up to {self.values.shape[1]} points: "
            f"{int(self.signals.sum())} signal"
        )

    __repr__ = __str__


def _row_means(table):
    """Mean of each row without its missing values; NaN for a row without any."""
    there = ~np.isnan(table)
    counted = there.sum(axis=1)
    total = np.where(there, table, 0.0).sum(axis=1)
    return np.divide(total, counted, out=np.full(len(table), np.nan), where=counted > 0)
