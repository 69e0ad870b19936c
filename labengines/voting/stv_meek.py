"""Single transferable vote by Meek's method, in the reference form of the PR Foundation."""

from fractions import Fraction

from labengines.voting.piles import strict
from labengines.voting.ties import reported, settled
from labengines.voting.types import Stage

ONE = 10**9  # votes and keep factors are whole numbers of 1/1,000,000,000
OMEGA = 10**3  # an iteration ends when all surpluses together are below 0.000001


def stv_meek(poll):
    """Several seats by transferable vote; elected options keep only the part of each vote that they need.

    Nine decimals, kept parts rounded up, quota = votes still counting / (seats + 1), truncated, + 0.000000001.
    A round ends when someone is elected or the lowest is excluded. Tallies are Fractions.
    Options within the surplus still to be moved of the lowest are tied with it; the tie break
    decides, without one the count stops. Cost: rounds x iterations x distinct beginnings of ballots.
    Source: Hill, Wichmann and Woodall (1987), Algorithm 123, Computer Journal 30; Reference Meek Rule,
    Proportional Representation Foundation.
    """
    poll = strict(poll)
    count = _Meek(poll)
    count.run()
    return reported(
        poll,
        "stv-meek",
        stages=count.stages,
        tallies=[_votes(number) for number in count.votes],
        winners=count.elected,
        tied=count.tied,
    )


class _Meek:
    def __init__(self, poll):
        self.poll = poll
        self.valid = poll.marked
        self.tree = _tree(poll.counted)
        self.keep = [ONE] * len(poll.options)
        self.votes = [0] * len(poll.options)
        self.hopeful, self.elected, self.tied = list(poll.places), (), ()
        self.stages, self.quota = [], 0

    def run(self):
        """Iterate to the quota, elect or exclude, until the seats are filled or a tie stops the count."""
        out = ()
        while self.valid and len(self.hopeful) > self.poll.seats - len(self.elected) > 0:
            now, surplus = self._iterate()
            moved, out = out, ()
            ties = ()
            if not now:
                out, ties = self._lowest(surplus)
            self._record(now, out, moved, ties)
            if self.tied:
                return
            for place in out:
                self.keep[place] = 0
                self.hopeful.remove(place)
        if self.valid and len(self.elected) < self.poll.seats:
            self._distribute()
            rest, self.hopeful = tuple(sorted(self.hopeful, key=lambda place: -self.votes[place])), []
            self.elected += rest
            self._record(rest, (), out, (), why="remaining")

    def _iterate(self):
        before = self.valid * ONE
        while True:
            self._distribute()
            now = tuple(
                sorted((p for p in self.hopeful if self.votes[p] >= self.quota), key=lambda p: -self.votes[p])
            )
            self.elected += now
            self.hopeful = [place for place in self.hopeful if place not in now]
            surplus = max(0, sum(self.votes[place] - self.quota for place in self.elected))
            if now or surplus < OMEGA or surplus >= before:
                return now, surplus
            before = surplus
            for place in self.elected:
                self.keep[place] = _up(_up(self.keep[place] * self.quota, ONE) * ONE, self.votes[place])

    def _distribute(self):
        votes, keep = [0] * len(self.votes), self.keep
        waiting = [(self.tree, ONE)]
        while waiting:
            branches, weight = waiting.pop()
            for place, (number, further) in branches.items():
                kept = _up(weight * keep[place], ONE)
                votes[place] += kept * number
                if further and weight > kept:
                    waiting.append((further, weight - kept))
        self.votes = votes
        self.quota = sum(votes) // (self.poll.seats + 1) + 1

    def _lowest(self, surplus):
        fewest = min(self.votes[place] for place in self.hopeful)
        level = [place for place in self.hopeful if self.votes[place] <= fewest + surplus]
        if len(level) == 1:
            return tuple(level), ()
        order, met = settled(self.poll, "exclusion", level)
        self.tied = () if order else tuple(level)
        return order[-1:], (met,)

    def _record(self, now, out, moved, ties, why="quota"):
        ids = self.poll.ids
        self.stages.append(
            Stage(
                name="exclusion" if moved else ("round" if self.stages else "count"),
                tallies=self.poll.tallies([_votes(number) for number in self.votes]),
                elected=ids(now),
                excluded=ids(out),
                why=tuple((option, why) for option in ids(now))
                + tuple((option, "lowest") for option in ids(out)),
                moved=ids(moved),
                exhausted=_votes(self.valid * ONE - sum(self.votes)),
                needed=_votes(self.quota),
                ties=ties,
            )
        )


def _tree(ballots):
    """{place: [ballots that begin so, the same of what follows]}; equal beginnings are counted once."""
    root = {}
    for ranking, number in ballots.items():
        branches = root
        for place in ranking:
            branch = branches.setdefault(place, [0, {}])
            branch[0] += number
            branches = branch[1]
    return root


def _up(product, by):
    return -(-product // by)


def _votes(number):
    return Fraction(number, ONE)
