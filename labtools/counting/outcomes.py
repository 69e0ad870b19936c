"""Everything that a count could end in, over all ways its ties could fall."""

from itertools import permutations

MOST_RUNS = 500
ALL_ORDERS = 4  # so many tied options are put in every order; of more, each comes first and last once


def outcomes(run, most=MOST_RUNS):
    """The different results of `run(tie_break)`, or None where there are more than `most` ways to try.

    run: a function of a tie break that returns a Result.
    """
    found, waiting, runs = {}, [()], 0
    while waiting:
        path = waiting.pop()
        runs += 1
        if runs > most:
            return None
        steps = _Steps(path)
        result = run(steps)
        found.setdefault(frozenset(result.winners), result)
        for depth in range(len(path), len(steps.ways)):
            waiting += [(*steps.taken[:depth], way) for way in range(1, steps.ways[depth])]
    return list(found.values())


class _Steps:
    """A tie break that follows a path and notes how many ways there were at each tie."""

    def __init__(self, path):
        self.path, self.ways, self.taken = path, [], ()

    def __call__(self, tied):
        """The tied options in the order that the path says."""
        orders = _orders(tied)
        step = len(self.ways)
        way = self.path[step] if step < len(self.path) else 0
        self.ways.append(len(orders))
        self.taken += (way,)
        return orders[way]


def _orders(tied):
    if len(tied) <= ALL_ORDERS:
        return list(permutations(tied))
    return [tied[at:] + tied[:at] for at in range(len(tied))]
