"""Results of the voting engines: frozen, ready to be stored and to be drawn.

Numbers are whole or fractions, never rounded, except where a rule itself rounds.
"""

from dataclasses import dataclass

NO_CHOICE = ""
EXHAUSTED = "exhausted"
ROUNDING = "rounding"


@dataclass(frozen=True)
class Tie:
    """Options that a rule could not tell apart.

    about: "seat" (who wins), "exclusion" (who leaves), "surplus" (whose is moved first),
    "place" (who goes on to the next round) or "order" (which of equal majorities counts first).
    options: ids, in the ballot's order. settled_by: "earlier" (an earlier stage, as the rule says),
    "rule" (another step of the rule), "lot" (the tie break that was passed in) or "open".
    first: ids in the order that was settled; () where open.
    """

    about: str
    options: tuple
    settled_by: str = "open"
    first: tuple = ()


@dataclass(frozen=True)
class Stage:
    """One step of a count; a rule with rounds has several.

    name: "count", "surplus", "exclusion", "round", "runoff", "seat", "completion", or a group's name.
    tallies: ((option id, votes), ...) in the ballot's order, after this step.
    elected, excluded: option ids decided in this step. why: ((option id, reason), ...) for
    both; a reason is a code such as "quota", "majority", "remaining" or "lowest".
    moved: option ids whose ballots were moved to reach these tallies.
    transfers: ((option id, EXHAUSTED or ROUNDING, votes), ...) of what was moved.
    exhausted: votes that no longer count for anyone; lost: votes lost by the rule's rounding.
    needed: votes that were enough to be elected here, or None. ties: of Tie.
    """

    name: str
    tallies: tuple
    elected: tuple = ()
    excluded: tuple = ()
    why: tuple = ()
    moved: tuple = ()
    transfers: tuple = ()
    exhausted: object = 0
    lost: object = 0
    needed: object = None
    ties: tuple = ()


@dataclass(frozen=True)
class Result:
    """What a count found. Numbers are ballots, or what the rule makes of them (points, money).

    rule: the method's name. seats: how many options can win.
    stages: tuple of Stage. tallies: ((option id, votes), ...) in the ballot's order.
    blanks: ballots with no choice. roll: people who could vote, None if not given.
    winners: option ids, best first; fewer than `seats` where a tie is left open.
    ties: option ids that tied at the cut, in the ballot's order, also when a lot
    has decided between them; empty without a tie.
    decided_by: "votes", "lot" (a tie was drawn) or "open" (not decided).
    marked: ballots that chose something, where that is not the sum of the tallies.
    pairwise: rows of how many ballots place the row's option above the column's, or None.
    choices: ((name, value), ...) of the rule's variants that were counted by.
    """

    rule: str
    seats: int
    stages: tuple
    tallies: tuple
    blanks: int
    roll: int | None
    winners: tuple
    ties: tuple
    decided_by: str
    marked: int | None = None
    pairwise: tuple | None = None
    choices: tuple = ()

    @property
    def valid(self):
        """Ballots that chose something."""
        return sum(votes for _, votes in self.tallies) if self.marked is None else self.marked

    @property
    def every_tie(self):
        """All ties met on the way, as (number of the stage from 1, Tie)."""
        return tuple((at, tie) for at, stage in enumerate(self.stages, 1) for tie in stage.ties)

    @property
    def cast(self):
        """All ballots, those without a choice too."""
        return self.valid + self.blanks

    @property
    def turnout(self):
        """Share of the roll that cast a ballot, 0..1, or None without a roll."""
        return self.cast / self.roll if self.roll else None

    @property
    def joint_first(self):
        """The options with the most votes, where two or more have them; else ()."""
        return joint_first(self.tallies)


@dataclass(frozen=True)
class Row:
    """One group of a breakdown.

    group: its name. shown: whether its numbers may be published.
    tallies, blanks, voters: as in Result; None where the group is hidden.
    """

    group: str
    shown: bool
    tallies: tuple | None = None
    blanks: int | None = None

    @property
    def voters(self):
        """Ballots cast in the group, blank ones included; None where hidden."""
        return sum(votes for _, votes in self.tallies) + self.blanks if self.shown else None

    @property
    def leading(self):
        """The option or options with the most votes; () where hidden or none has any."""
        return leaders(self.tallies) if self.shown else ()

    @property
    def joint_first(self):
        """The options that share the most votes; () where hidden or one leads alone."""
        return joint_first(self.tallies) if self.shown else ()


@dataclass(frozen=True)
class Breakdown:
    """Results by group, fit to be published: rows in the order given, and the rule.

    threshold: the fewest voters of a group that may be shown by itself.
    """

    rows: tuple
    threshold: int

    @property
    def hidden(self):
        """Names of the groups that are not shown."""
        return tuple(row.group for row in self.rows if not row.shown)


def leaders(tallies):
    """Ids of the options with the most votes, if any has one."""
    most = max((votes for _, votes in tallies), default=0)
    return tuple(option for option, votes in tallies if votes == most > 0)


def joint_first(tallies):
    """Ids of the options that share the most votes; () where one leads alone or none has any."""
    first = leaders(tallies)
    return first if len(first) > 1 else ()
