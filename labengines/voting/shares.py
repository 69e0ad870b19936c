"""The method of equal shares on distinct ballots: every voter pays the same share of what she supports."""

from fractions import Fraction
from math import ceil
from typing import NamedTuple

from labengines.voting.purses import Purses
from labengines.voting.ties import best
from labengines.voting.types import Stage


class Price(NamedTuple):
    """What a unit of satisfaction costs each supporter who can pay it all.

    amount: rest / parts. rest: what those `paying` pay together, the others giving all they have. rate: by
    how much `rest` would be more had every voter begun with 1 more (it is never positive).
    """

    amount: Fraction
    rest: int
    rate: int
    parts: int
    paying: int


class Shares:
    """Runs of the method. costs: numbers by place. satisfaction: "cost" or "cardinality".

    Of the last run: winners, tied: places. stages: of Stage; tallies are what supporters pay for each unit of
    satisfaction (of those who are not next: at least), 0 = cannot pay. spent: what the winners cost.
    until: with a share from here on others may win; with more than now but less than this, the same.
    """

    def __init__(self, poll, costs, *, satisfaction):
        self.poll, self.costs, self.purses = poll, costs, Purses(poll)
        self.worth = [cost or 1 for cost in costs] if satisfaction == "cost" else [1] * len(costs)

    def run(self, share):
        """Spend `share` (money for each voter) as far as it goes, or until a tie that stays open."""
        self.winners, self.tied, self.stages = (), (), []
        self.parts = self.purses.fill(share, self.costs)
        self.share, self._gap = share, None
        prices = {place: None for place in self.poll.places if self.purses.holders[place]}
        while True:
            prices = self._reckoned(prices)
            if not prices:
                return
            lowest = min(price.amount for price in prices.values())
            level = [place for place, price in prices.items() if price.amount == lowest]
            scores = [int(place in level) for place in self.poll.places]
            found, self.tied, ties = best(self.poll, scores, seats=1, above=0)
            self._record(prices, found, ties)
            if not found:
                return
            self.tied = ()
            self._watch(prices, level)
            self._pay(found[0], prices.pop(found[0]))

    def grow(self, step, *, limit, wanted):
        """After a run: `step` more for each voter, again and again, until `wanted` win or a tie stays open.

        The last run is the last whose winners cost no more than `limit`. Steps that change nothing are passed over.
        """
        while not self.tied and len(self.winners) < wanted:
            steps = max(1, ceil((self.until - self.share) / step))
            before = self.share + (steps - 1) * step
            self.run(before + step)
            if self.spent > limit:
                self.run(before)
                return

    @property
    def spent(self):
        """What the winners cost together."""
        return sum(self.costs[place] for place in self.winners)

    @property
    def until(self):
        """See the class; None where no share changes anything."""
        return None if self._gap is None else self.share + Fraction(*self._gap)

    def _reckoned(self, before):
        """{place: Price} of what can be paid. Prices only rise, so one that was dearer before than the cheapest
        is now cannot be the cheapest: it keeps its old price for the time being."""
        now, lowest = {}, None
        for place, price in sorted(before.items(), key=_amount):
            if lowest is not None and price is not None and price.amount > lowest:
                now[place] = price
                continue
            found = self._price(place)
            if found is not None:
                now[place] = found
                lowest = found.amount if lowest is None else min(lowest, found.amount)
        return now

    def _price(self, place):
        """The Price of a place; None where its supporters cannot pay."""
        purses, rest, rate = self.purses, self.parts[place], 0
        values, holders, paying = purses.values, purses.holders[place], purses.support[place]
        holders.sort(key=values.__getitem__)  # hardly ever out of order, so that this is quick
        for at in holders:
            if values[at] * paying >= rest:
                parts = paying * self.worth[place] * purses.unit
                return Price(Fraction(rest) / parts, rest, rate, parts, paying)
            number = purses.numbers[at]
            rest -= values[at] * number
            rate -= purses.rates[at] * number
            paying -= number
        self._changes_when(rest, -rate)
        return None

    def _watch(self, prices, level):
        """Note from which share on the next to win may be another, or be paid by more of its supporters.

        Of those who are not next only a lower bound is noted: as the share grows, a price falls ever more slowly.
        """
        next_ = prices[level[0]]
        for place, price in prices.items():
            gap = price.rest * next_.parts - next_.rest * price.parts
            closing = next_.rate * price.parts - price.rate * next_.parts
            self._changes_when(gap, closing if gap else abs(closing))
            if not gap:
                self._watch_the_poor(place, price)

    def _watch_the_poor(self, place, price):
        purses = self.purses
        for at in purses.holders[place]:
            gap = price.rest - purses.values[at] * price.paying
            if gap <= 0:
                return
            self._changes_when(gap, purses.rates[at] * price.paying - price.rate)

    def _changes_when(self, gap, closing):
        """Something changes once `gap` is closed, which 1 more for every voter makes smaller by `closing`."""
        if closing > 0 and (self._gap is None or gap * self._gap[1] < self._gap[0] * closing):
            self._gap = gap, closing

    def _pay(self, place, price):
        purses = self.purses
        purses.split(price.paying)
        for at in purses.holders[place]:
            pays = purses.values[at] >= price.rest
            purses.values[at] = purses.values[at] - price.rest if pays else 0
            purses.rates[at] = purses.rates[at] - price.rate if pays else 0
        self.parts = [cost * price.paying for cost in self.parts]
        self.winners += (place,)

    def _record(self, prices, found, ties):
        shown = [prices[place].amount if place in prices else Fraction(0) for place in self.poll.places]
        ids = self.poll.ids(found)
        reasons = tuple((option, "affordable") for option in ids)
        self.stages.append(Stage("seat", self.poll.tallies(shown), elected=ids, why=reasons, ties=ties))


def _amount(pair):
    """What a place cost before, for sorting; those not yet reckoned come first."""
    return pair[1].amount if pair[1] else -1
