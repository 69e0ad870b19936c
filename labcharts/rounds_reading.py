"""A count read once for its picture and its table: who stands where, with how many votes, and what to say of it."""

from dataclasses import dataclass

from labcharts.rounds_words import figure
from labengines.voting.types import EXHAUSTED


@dataclass(frozen=True)
class RoundLabels:
    """Every word of picture and table, in English; a page passes its own for another language."""

    option: str = "Option"
    round: str = "Round {number}"
    total: str = "Votes"
    elected: str = "elected"
    leaves: str = "leaves"
    exhausted: str = "No further choice"
    needed: str = "needed: {needed}"
    moved: str = "The votes of {options} move."
    surplus: str = "What {options} has beyond the votes needed moves."
    others: str = "{number} others, each with at most {most}"
    change: str = "{votes} ({change})"
    gained: str = "moved here in this round"
    lost: str = "moved on in this round"
    hatched: str = "leaves, or counts for nobody"
    join: str = ", "


class Reading:
    """A Result read once. lanes: options, winners first, and EXHAUSTED where votes end up with nobody."""

    def __init__(self, result, titles, labels):
        self.result, self.titles, self.labels, self.stages = result, titles, labels, result.stages
        self.votes = [dict(stage.tallies) | {EXHAUSTED: stage.exhausted} for stage in self.stages]
        ends = (EXHAUSTED,) if any(stage.exhausted for stage in self.stages) else ()
        self.lanes = (*_options(result), *ends)
        self.most = (
            max([abs(float(votes[lane])) for votes in self.votes for lane in self.lanes], default=0) or 1.0
        )

    @property
    def headings(self):
        """What stands above each round."""
        if len(self.stages) <= 1:
            return [self.labels.total] * len(self.stages)
        return [self.labels.round.format(number=number) for number in range(1, len(self.stages) + 1)]

    def title(self, lane):
        return self.labels.exhausted if lane == EXHAUSTED else self.titles[lane]

    def present(self, at):
        """Lanes that still have votes in a round, or could have."""
        gone = {option for stage in self.stages[:at] for option in stage.excluded}
        return [lane for lane in self.lanes if self.votes[at][lane] or lane not in gone]

    def hatched(self, lane, at):
        """Whether the votes of a lane leave, or count for nobody."""
        return lane == EXHAUSTED or lane in self.stages[at].excluded

    def change(self, lane, at):
        """Votes that came in a round, below zero where they went; 0 where none are moved."""
        return self.votes[at][lane] - self.votes[at - 1][lane] if self.stages[at].moved else 0

    def becomes(self, lane, at):
        """What a round decides about a lane, in a word or none."""
        if lane in self.stages[at].elected:
            return self.labels.elected
        return self.labels.leaves if lane in self.stages[at].excluded else ""

    def fate(self, option):
        """What became of an option in the end, in a word or none."""
        if option in self.result.winners:
            return self.labels.elected
        return self.labels.leaves if any(option in stage.excluded for stage in self.stages) else ""

    def needed(self, at):
        """The votes needed in a round, in words; none where they are those of the round before."""
        needed = self.stages[at].needed
        if needed is None or (at and needed == self.stages[at - 1].needed):
            return ""
        return self.labels.needed.format(needed=figure(needed))


def _options(result):
    """Winners as they were elected, then the others by when they left, the last first."""
    left = {option: at for at, stage in enumerate(result.stages) for option in stage.excluded}
    votes = dict(result.stages[-1].tallies) if result.stages else {}
    rest = [option for option, _ in result.tallies if option not in result.winners]
    rest.sort(key=lambda option: (-left.get(option, len(result.stages)), -votes.get(option, 0)))
    return (*result.winners, *rest)
