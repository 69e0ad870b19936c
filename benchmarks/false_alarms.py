"""How often the verdict's rule calls an unchanged process improved: `python -m benchmarks.false_alarms`.

Normal values, neighbours correlated by `alike`, limits from the baseline; of the processes whose
baseline shows no signal, the share with 8 points in a row on the good side of the frozen mean
("run"), or that or an Anhoej signal with most points there and no such run on the other side
("with_runs"). Prints the table that `labengines.spc.false_alarms` holds.
"""

import sys

import numpy as np

from labengines.spc import charts
from labengines.spc.false_alarms import AFTER, ALIKE, BEFORE
from labengines.spc.verdicts import RUN

PROCESSES = 200_000
AT_ONCE = 20_000


def main(processes=PROCESSES):
    """Print {(correlation, with_runs): rows by points before, columns by points after}."""
    rng = np.random.default_rng(2026)
    for alike in ALIKE:
        table = np.array([shares(before, alike, rng=rng, processes=processes) for before in BEFORE])
        for place, with_runs in enumerate((False, True)):
            print((alike, with_runs), table[:, place].round(4).tolist())


def shares(before, alike, *, rng, processes):
    """((run (k,), with_runs (k,)) for each number of points after, AFTER."""
    called, stable = np.zeros((2, len(AFTER))), 0
    for _ in range(max(processes // AT_ONCE, 1)):
        values = unchanged(before + max(AFTER), alike, rng=rng, processes=min(processes, AT_ONCE))
        baseline = charts(values[:, :before], "i")
        kept = ~baseline.signals
        stable += kept.sum()
        distance = values[kept, before:] - baseline.centre[kept, :1]
        called += np.array([_called(distance[:, :after]) for after in AFTER]).T
    return called / stable


def unchanged(points, alike, *, rng, processes):
    """Normal values (processes, points) with lag-1 correlation `alike`."""
    noise = rng.standard_normal((processes, points))
    noise[:, 1:] *= np.sqrt(1 - alike**2)
    for point in range(1, points):
        noise[:, point] += alike * noise[:, point - 1]
    return noise


def _called(distance):
    """(processes called improved by the run of eight, by that or a signal of the runs)."""
    good, bad = (_longest(side * distance) >= RUN for side in (1, -1))
    runs = charts(distance, "run", centre=0.0).runs_signal
    mostly_good = np.sign(distance).sum(axis=1) > 0
    return good.sum(), (good | (runs & mostly_good & ~bad)).sum()


def _longest(distance):
    """Longest run above zero of each row."""
    current, longest = np.zeros(len(distance), int), np.zeros(len(distance), int)
    for column in distance.T:
        current = np.where(column > 0, current + 1, 0)
        longest = np.maximum(longest, current)
    return longest


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
