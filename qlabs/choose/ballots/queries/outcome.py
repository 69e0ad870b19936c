"""Reads of a declared result, in words and numbers for pages and letters."""

from dataclasses import dataclass

from labengines.voting import voter
from labengines.voting.ballot_file import in_order
from labengines.voting.types import leaders

from ..models import BallotFile, Reason, SealedVote
from .ballots import options
from .roll import groups_of


@dataclass(frozen=True)
class Line:
    """One option with its votes; `share` of the votes that chose something."""

    option: object
    votes: int
    share: float
    is_winner: bool


@dataclass(frozen=True)
class Outcome:
    """A declared result as it is told: lines with most votes first."""

    lines: tuple
    blanks: int
    cast: int
    roll: int
    winners: tuple
    tied: tuple
    decided_by: str
    quorum_met: bool

    @property
    def turnout(self):
        return self.cast / self.roll

    @property
    def valid(self):
        return self.cast - self.blanks


def outcome(ballot):
    """The Outcome of a declared ballot."""
    result, found = ballot.result, {option.public_id: option for option in options(ballot)}
    valid = sum(result["tallies"].values())
    lines = [
        Line(found[key], votes, votes / valid if valid else 0.0, key in result["winners"])
        for key, votes in result["tallies"].items()
    ]
    lines.sort(key=lambda line: (-line.votes, not line.is_winner, line.option.position))
    return Outcome(
        lines=tuple(lines),
        blanks=result["blanks"],
        cast=result["cast"],
        roll=ballot.roll_size,
        winners=tuple(found[key] for key in result["winners"]),
        tied=tuple(found[key] for key in result["tied"]),
        decided_by=result["decided_by"],
        quorum_met=result["quorum_met"],
    )


@dataclass(frozen=True)
class Group:
    """One group of a breakdown; where it is hidden there is nothing but its name."""

    words: str
    shown: bool
    votes: tuple = ()
    voters: int | None = None
    blanks: int | None = None
    leading: tuple = ()


def breakdown(ballot, attribute, lines):
    """The groups of a breakdown as published, each with its votes in the order of `lines`."""
    words = dict(groups_of(attribute))
    return [_group(words[row["group"]], row, lines) for row in ballot.marginals[attribute]]


def file_of(ballot):
    """The published bytes."""
    return bytes(BallotFile.objects.get(ballot=ballot).content)


def receipts(ballot):
    """The receipts of every vote counted, in the order of the file."""
    keys = SealedVote.objects.filter(ballot=ballot).values_list("public_key", flat=True)
    return [voter.receipt(bytes.fromhex(vote["key"])) for vote in in_order([{"key": key} for key in keys])]


def reasons_shown(ballot):
    """[(option or None for no choice, [texts])] of the reasons a moderator has let through."""
    found = {option.public_id: option for option in options(ballot)}
    texts = {}
    for reason in Reason.objects.filter(ballot=ballot, state=Reason.State.SHOWN):
        texts.setdefault(reason.choice, []).append(reason.text)
    keys = [*found, ""]
    return [(found.get(key), texts[key]) for key in keys if key in texts]


def reasons_to_read(ballot, state):
    return Reason.objects.filter(ballot=ballot, state=state)


def _group(words, row, lines):
    if not row["shown"]:
        return Group(words, shown=False)
    tallies = row["tallies"]
    first = leaders(tuple(tallies.items()))
    return Group(
        words,
        shown=True,
        votes=tuple(tallies[line.option.public_id] for line in lines),
        voters=row["voters"],
        blanks=row["blanks"],
        leading=tuple(line.option for line in lines if line.option.public_id in first),
    )
