"""Phragmén's rule: everyone earns at the same pace, supporters buy what they can first pay together."""

from fractions import Fraction

from labengines.voting.ties import best
from labengines.voting.types import Stage


class Earning:
    """One run. costs: by place. purses: Purses with what each voter has to begin with.

    winners, tied: places. stages: of Stage; tallies are how much more each voter must earn, 0 for what
    is bought already or has no supporters.
    """

    def __init__(self, poll, costs, purses):
        self.poll, self.costs, self.purses = poll, costs, purses
        self.winners, self.tied, self.stages = (), (), []

    def run(self, left, room):
        """Buy until `room(winners, place)` refuses what would be next, or a tie stays open."""
        left = {place for place in left if self.purses.holders[place]}
        while left:
            waits = self._waits(left)
            soonest = min(waits.values())
            level = [place for place in left if waits[place] == soonest]
            if not all(room(self.winners, place) for place in level):
                return
            scores = [int(place in level) for place in self.poll.places]
            found, self.tied, ties = best(self.poll, scores, seats=1, above=0)
            self._record(waits, found, ties)
            if not found:
                return
            self.tied = ()
            self._buy(found[0], soonest)
            left -= set(found)

    def _waits(self, left):
        purses, held = self.purses, self.purses.held()
        missing = {place: self.costs[place] * purses.unit - held[place] for place in left}
        return {
            place: max(Fraction(0), Fraction(missing[place]) / (purses.support[place] * purses.unit))
            for place in left
        }

    def _buy(self, place, wait):
        self.purses.earn(wait)
        self.purses.empty(place)
        self.winners += (place,)

    def _record(self, waits, found, ties):
        shown = [waits.get(place, Fraction(0)) for place in self.poll.places]
        ids = self.poll.ids(found)
        reasons = tuple((option, "first-paid") for option in ids)
        self.stages.append(Stage("seat", self.poll.tallies(shown), elected=ids, why=reasons, ties=ties))
