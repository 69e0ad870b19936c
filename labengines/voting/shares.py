"""The method of equal shares on distinct ballots: every voter pays the same share of what she supports."""

from fractions import Fraction

from labengines.voting.ties import best
from labengines.voting.types import Stage


class Shares:
    """One run. costs: whole numbers by place. satisfaction: "cost" or "cardinality".

    winners, tied: places. stages: of Stage; tallies are what supporters pay for each unit of satisfaction (of
    those who are not next: at least), 0 = cannot pay. support: ballots for each place. spent: what the winners cost.
    """

    def __init__(self, poll, costs, *, satisfaction):
        self.poll, self.costs = poll, costs
        self.worth = [cost or 1 for cost in costs] if satisfaction == "cost" else [1] * len(costs)
        self.voters = {place: [] for place in poll.places}
        self.support = [0] * len(costs)
        for ballot, number in poll.counted.items():
            for place in _options(ballot):
                self.voters[place].append(ballot)
                self.support[place] += number
        self.winners, self.tied, self.stages = (), (), []

    def run(self, share):
        """Spend `share` (money for each voter) as far as it goes, or until a tie that stays open."""
        self.money = dict.fromkeys(self.poll.counted, Fraction(share))
        prices = {place: Fraction(0) for place in self.poll.places if self.voters[place]}
        while True:
            prices = self._reckoned(prices)
            if not prices:
                return
            lowest = min(prices.values())
            level = [int(prices.get(place) == lowest) for place in self.poll.places]
            found, self.tied, ties = best(self.poll, level, seats=1, above=0)
            self._record(prices, found, ties)
            if not found:
                return
            self.tied = ()
            self._pay(found[0], lowest)
            del prices[found[0]]

    @property
    def spent(self):
        """What the winners cost together."""
        return sum(self.costs[place] for place in self.winners)

    def _reckoned(self, before):
        """{place: price} of what can be paid. Prices only rise, so one that was dearer before than the cheapest
        is now cannot be the cheapest: it keeps its old price for the time being."""
        now, lowest = {}, None
        for place, price in sorted(before.items(), key=lambda pair: pair[1]):
            if lowest is not None and price > lowest:
                now[place] = price
                continue
            found = self._price(place)
            if found is not None:
                now[place] = found
                lowest = found if lowest is None else min(lowest, found)
        return now

    def _price(self, place):
        """What a unit of satisfaction costs each supporter who can pay it all; None where they cannot pay."""
        supporters = [(self.money[ballot], self.poll.counted[ballot]) for ballot in self.voters[place]]
        cost, worth, paying = Fraction(self.costs[place]), self.worth[place], self.support[place]
        if min(supporters)[0] * paying < cost:
            supporters.sort()
        for money, number in supporters:
            if money * paying >= cost:
                return cost / paying / worth
            cost -= money * number
            paying -= number
        return None

    def _pay(self, place, price):
        most = price * self.worth[place]
        for ballot in self.voters[place]:
            self.money[ballot] -= min(self.money[ballot], most)
        self.winners += (place,)

    def _record(self, prices, found, ties):
        shown = [prices.get(place, Fraction(0)) for place in self.poll.places]
        ids = self.poll.ids(found)
        reasons = tuple((option, "affordable") for option in ids)
        self.stages.append(Stage("seat", self.poll.tallies(shown), elected=ids, why=reasons, ties=ties))


def _options(ballot):
    """Places on a ballot of marks or of points."""
    return [mark if isinstance(mark, int) else mark[0] for mark in ballot]
