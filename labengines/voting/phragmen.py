"""Phragmén's rule: everyone earns at the same pace, supporters buy what they can first pay together."""

from fractions import Fraction

from labengines.voting.ties import best
from labengines.voting.types import Stage


class Earning:
    """One run. costs: by place. money: {ballot: what each of its voters has}. voters: {place: its ballots}.

    winners, tied: places. stages: of Stage; tallies are how much more each voter must earn, 0 for what
    is bought already or has no supporters.
    """

    def __init__(self, poll, costs, money, voters):
        self.poll, self.costs, self.money, self.voters = poll, costs, money, voters
        self.number = [sum(poll.counted[ballot] for ballot in voters[place]) for place in poll.places]
        self.winners, self.tied, self.stages = (), (), []

    def run(self, left, room):
        """Buy until `room(winners, place)` refuses what would be next, or a tie stays open."""
        left = {place for place in left if self.voters[place]}
        while left:
            waits = {place: self._wait(place) for place in left}
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

    def _wait(self, place):
        have = sum(self.money[ballot] * self.poll.counted[ballot] for ballot in self.voters[place])
        return max(Fraction(0), (self.costs[place] - have) / self.number[place])

    def _buy(self, place, wait):
        for ballot in self.money:
            self.money[ballot] += wait
        for ballot in self.voters[place]:
            self.money[ballot] = Fraction(0)
        self.winners += (place,)

    def _record(self, waits, found, ties):
        shown = [waits.get(place, Fraction(0)) for place in self.poll.places]
        ids = self.poll.ids(found)
        reasons = tuple((option, "first-paid") for option in ids)
        self.stages.append(Stage("seat", self.poll.tallies(shown), elected=ids, why=reasons, ties=ties))
