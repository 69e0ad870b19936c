"""Single transferable vote by the Scottish Local Government Elections Order 2007, rules 45 to 52."""

from dataclasses import replace
from fractions import Fraction

from labengines.voting.piles import last, moved, strict
from labengines.voting.runoff import named
from labengines.voting.ties import reported
from labengines.voting.types import EXHAUSTED, ROUNDING, Stage

PLACES = 100_000  # votes are whole numbers of 1/100,000


def stv_scottish(poll):
    """Several seats by transferable vote, stage by stage.

    Quota: valid ballots / (seats + 1), without decimals, plus 1 (rule 46). Whoever has it is elected (47).
    The largest surplus is moved first, all ballots at surplus x value / votes, to five decimals, the rest
    ignored (48); equal ones by the latest earlier stage where they differ, then the tie break (49). Else the
    lowest leaves, ballots at the value they came with (50), ties the same way (51). As many left as seats
    are elected (52). Tallies and transfers are Fractions of 1/100,000; what rounding takes is `lost`.
    A ballot ends at a rank that it gives to several options; if that is its first it is not valid.
    Without a tie break the count stops at a tie that no stage settles. Cost: distinct ballots x moves.
    Source: SSI 2007/42, schedule 1.
    """
    poll = strict(poll)
    count = _Count(poll)
    count.run()
    return reported(
        poll,
        "stv-scottish",
        stages=count.stages,
        tallies=[_votes(number) for number in count.votes],
        winners=count.elected,
        tied=count.tied,
        choices=(("quota", count.quota // PLACES),),
    )


class _Count:
    def __init__(self, poll):
        self.poll = poll
        size = len(poll.options)
        self.votes, self.piles = [0] * size, [[] for _ in poll.places]
        self.standing = [True] * size
        self.history, self.stages = [], []
        self.elected, self.surpluses, self.tied = (), [], ()
        self.exhausted = self.lost = 0
        for ranking, number in poll.counted.items():
            self.votes[ranking[0]] += number * PLACES
            self.piles[ranking[0]].append((ranking, 0, number, PLACES))
        self.valid = poll.marked
        self.quota = (self.valid // (poll.seats + 1) + 1) * PLACES

    def run(self):
        """Transfer surpluses and exclude, stage by stage, until the seats are filled or a tie stops the count."""
        self._stage("count", (), ())
        while not self.complete and self.valid:
            if self.surpluses:
                place, ties = self._largest()
                step = self._surplus
            else:
                left = [place for place in self.poll.places if self.standing[place]]
                place, ties = last(self.poll, "exclusion", left, self.votes, self.history)
                step = self._exclusion
            if place is None:
                self._stop(ties)
                return
            self._note(ties, () if step == self._surplus else (place,))
            self.history.append(self.votes.copy())
            transfers = step(place)
            self._stage("surplus" if step == self._surplus else "exclusion", (place,), transfers)

    @property
    def complete(self):
        """Whether no seat is vacant, or no more options stand than seats are."""
        vacant = self.poll.seats - len(self.elected)
        return vacant <= 0 or sum(self.standing) <= vacant

    def _largest(self):
        return last(self.poll, "surplus", self.surpluses, self.votes, self.history, lowest=False)

    def _surplus(self, place):
        surplus, total = self.votes[place] - self.quota, self.votes[place]
        self.surpluses.remove(place)
        self.votes[place] = self.quota
        transfers, given = [], 0
        for to, parcel in moved(self.piles[place], self.standing).items():
            revalued = [(ranking, at, n, value * surplus // total) for ranking, at, n, value in parcel]
            given += self._give(to, revalued, transfers)
        self.lost += surplus - given
        self.piles[place] = []
        return [*transfers, (ROUNDING, surplus - given)]

    def _exclusion(self, place):
        self.standing[place] = False
        transfers = []
        for to, parcel in moved(self.piles[place], self.standing).items():
            self._give(to, parcel, transfers)
        self.votes[place], self.piles[place] = 0, []
        return transfers

    def _give(self, to, parcel, transfers):
        votes = sum(number * value for _, _, number, value in parcel)
        transfers.append((to, votes))
        if to == EXHAUSTED:
            self.exhausted += votes
        else:
            self.votes[to] += votes
            self.piles[to] += parcel
        return votes

    def _stage(self, name, from_places, transfers):
        """Record a stage and elect who has the quota, and all who are left where that is enough."""
        now = sorted(
            (place for place in self.poll.places if self.standing[place] and self.votes[place] >= self.quota),
            key=lambda place: [-self.votes[place]] + [-votes[place] for votes in reversed(self.history)],
        )
        why = [(option, "quota") for option in self.poll.ids(now)]
        self._elect(now)
        self.surpluses += [place for place in now if self.votes[place] > self.quota]
        rest = [place for place in self.poll.places if self.standing[place]]
        if self.valid and rest and len(rest) <= self.poll.seats - len(self.elected):
            rest.sort(key=lambda place: -self.votes[place])
            why += [(option, "remaining") for option in self.poll.ids(rest)]
            self._elect(rest)
            now += rest
        self.stages.append(
            Stage(
                name=name,
                tallies=self.poll.tallies([_votes(number) for number in self.votes]),
                elected=self.poll.ids(now),
                why=tuple(why),
                moved=self.poll.ids(from_places),
                transfers=tuple((to, _votes(votes)) for to, votes in named(self.poll, transfers)),
                exhausted=_votes(self.exhausted),
                lost=_votes(self.lost),
                needed=self.quota // PLACES,
            )
        )

    def _elect(self, places):
        for place in places:
            self.standing[place] = False
        self.elected += tuple(places)

    def _note(self, ties, out):
        """Write into the last stage who leaves next, and by which tie."""
        stage = self.stages[-1]
        why = stage.why + tuple((option, "lowest") for option in self.poll.ids(out))
        self.stages[-1] = replace(stage, excluded=self.poll.ids(out), why=why, ties=ties)

    def _stop(self, ties):
        self._note(ties, ())
        self.tied = tuple(self.poll.options.index(option) for option in ties[0].options)


def _votes(number):
    return Fraction(number, PLACES)
