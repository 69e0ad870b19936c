"""Instant run-off: the last leaves, round by round, until one has a majority."""

from labengines.voting.errors import among
from labengines.voting.piles import last, moved, strict
from labengines.voting.ties import preferred, reported, tie
from labengines.voting.types import EXHAUSTED, Stage

LAST = ("one", "together")
UNTIL = ("majority", "two")


def instant_runoff(poll, *, tied_last="one", until="majority", batch=False):
    """One seat; the option with the fewest votes leaves and its ballots go to their next choice.

    tied_last, what happens where several have the fewest: "one" leaves (the one with fewer votes in the
    latest earlier round where they differ, then the tie break; open without one); or all leave "together"
    (if nobody would be left they share the win). They can elect different options.
    batch: all leave at once who together have fewer votes than the next, as they could not catch up.
    until: "majority" of the ballots still counting, or "two", which counts on until two are left.
    A ballot ends at a rank that it gives to several options.
    Source: Robert's Rules (preferential voting); Maine 21-A MRSA 723-A for the majority of continuing ballots.
    """
    among(LAST, tied_last=tied_last)
    among(UNTIL, until=until)
    poll = strict(poll)
    count = _Runoff(poll, tied_last, until, batch)
    count.run()
    return reported(
        poll,
        "instant-runoff",
        stages=count.stages,
        tallies=count.votes,
        winners=count.winners,
        tied=count.tied,
        choices=(("tied_last", tied_last), ("until", until), ("batch", batch)),
    )


class _Runoff:
    def __init__(self, poll, tied_last, until, batch):
        self.poll, self.tied_last, self.until, self.batch = poll, tied_last, until, batch
        size = len(poll.options)
        self.votes, self.piles = [0] * size, [[] for _ in poll.places]
        self.standing, self.history = [True] * size, []
        self.stages, self.winners, self.tied = [], (), ()
        self.exhausted = 0
        for ranking, number in poll.counted.items():
            self.votes[ranking[0]] += number
            self.piles[ranking[0]].append((ranking, 0, number, 1))

    def run(self):
        """Exclude round by round until somebody has a majority or a tie stops the count."""
        leaving, transfers = (), ()
        while True:
            elected = self._elected()
            out, ties = ((), ()) if elected or self.tied else self._last()
            self._record(leaving, transfers, elected, out, ties)
            if elected or not out:
                return
            leaving, transfers = out, self._exclude(out)

    def _elected(self):
        left = [place for place in self.poll.places if self.standing[place]]
        most = max(self.votes[place] for place in left)
        total = sum(self.votes)
        if not total:
            return ()
        first = [place for place in left if self.votes[place] == most]
        enough = self.until == "majority" or len(left) <= 2
        if len(first) == 1 and enough and (2 * most > total or len(left) == 1):
            self.winners = tuple(first)
        return self.winners

    def _last(self):
        left = [place for place in self.poll.places if self.standing[place]]
        fewest = min(self.votes[place] for place in left)
        level = [place for place in left if self.votes[place] == fewest]
        if not sum(self.votes):
            return (), ()
        hopeless = self._hopeless(left) if self.batch else ()
        if len(hopeless) > 1:
            return hopeless, ()
        if self.tied_last == "together" and len(level) > 1:
            return self._together(left, level)
        out, ties = last(self.poll, "exclusion", left, self.votes, self.history)
        if out is None:
            self.tied = tuple(level)
        return (() if out is None else (out,)), ties

    def _hopeless(self, left):
        """The longest run of the lowest that together have fewer votes than the one above."""
        ranked = sorted(left, key=lambda place: self.votes[place])
        found, total = 0, 0
        for at, place in enumerate(ranked[:-1], 1):
            total += self.votes[place]
            found = at if total < self.votes[ranked[at]] else found
        return tuple(sorted(ranked[:found]))

    def _together(self, left, level):
        if len(level) < len(left):
            return tuple(level), ()
        self.tied, order = tuple(level), preferred(self.poll, level)
        self.winners = order[:1]
        return (), (tie(self.poll, "seat", level, by="lot" if order else "open", first=order),)

    def _exclude(self, out):
        self.history.append(self.votes.copy())
        for place in out:
            self.standing[place] = False
        transfers = []
        for place in out:
            for to, parcel in moved(self.piles[place], self.standing).items():
                number = sum(ballots for _, _, ballots, _ in parcel)
                transfers.append((to, number))
                if to == EXHAUSTED:
                    self.exhausted += number
                else:
                    self.piles[to] += parcel
                    self.votes[to] += number
            self.piles[place], self.votes[place] = [], 0
        return transfers

    def _record(self, leaving, transfers, elected, out, ties):
        ids = self.poll.ids
        winners = self.winners or elected
        alone = sum(self.standing) == 1
        why = [(option, "remaining" if alone else "majority") for option in ids(winners)]
        why += [(option, "lowest" if len(out) == 1 else "lowest-together") for option in ids(out)]
        self.stages.append(
            Stage(
                name="exclusion" if leaving else "count",
                tallies=self.poll.tallies(self.votes),
                elected=ids(winners),
                excluded=ids(out),
                why=tuple(why),
                moved=ids(leaving),
                transfers=named(self.poll, transfers),
                exhausted=self.exhausted,
                needed=sum(self.votes) // 2 + 1,
                ties=ties,
            )
        )


def named(poll, transfers):
    """((option id or EXHAUSTED or ROUNDING, votes), ...), options in the ballot's order, each once."""
    added = {}
    for to, number in transfers:
        added[to] = added.get(to, 0) + number
    order = sorted(to for to in added if not isinstance(to, str))
    order += sorted(to for to in added if isinstance(to, str))
    return tuple((to if isinstance(to, str) else poll.options[to], added[to]) for to in order if added[to])
