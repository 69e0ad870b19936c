"""What voters have to spend, exactly: whole numbers over one denominator, which no payment has to round."""

from fractions import Fraction
from math import lcm
from operator import mul


class Purses:
    """A purse for each different ballot, in the order of `poll.counted`; all its voters have the same.

    numbers: voters with each ballot. holders: for each place the ballots with it. support: for each place
    its voters. values: what a voter has, in parts of which `unit` make 1. rates: by how much that would be
    more had every voter begun with 1 more.
    """

    def __init__(self, poll):
        self.numbers = list(poll.counted.values())
        self.holders = [[] for _ in poll.options]
        self.support = [0] * len(poll.options)
        for at, (ballot, number) in enumerate(poll.counted.items()):
            for place in _places(ballot):
                self.holders[place].append(at)
                self.support[place] += number

    def fill(self, share, costs):
        """Give every voter `share`; returns the costs in parts."""
        self.unit = lcm(*(Fraction(number).denominator for number in (share, *costs)))
        self.values = [int(share * self.unit)] * len(self.numbers)
        self.rates = [self.unit] * len(self.numbers)
        return [int(cost * self.unit) for cost in costs]

    def split(self, parts):
        """Make every part `parts` smaller ones."""
        self.unit *= parts
        self.values = [value * parts for value in self.values]
        self.rates = [rate * parts for rate in self.rates]

    def earn(self, amount):
        """Give every voter `amount` more."""
        self.split((amount * self.unit).denominator)
        more = int(amount * self.unit)
        self.values = [value + more for value in self.values]

    def empty(self, place):
        """Take all that the voters of a place have."""
        for at in self.holders[place]:
            self.values[at] = 0

    def held(self):
        """For each place what its voters have together, in parts."""
        totals = list(map(mul, self.values, self.numbers))
        return [sum(map(totals.__getitem__, holders)) for holders in self.holders]


def _places(ballot):
    """Places on a ballot of marks or of points."""
    return [mark if isinstance(mark, int) else mark[0] for mark in ballot]
