"""The result by group (nation, perspective) as the lines of a table, hidden ones too."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GroupWords:
    """The words of the table, in English; names in {} are filled in.

    `hidden` stands for every hidden group alike: to say why one is hidden (too few, or
    all the same) would say what is hidden.
    """

    hidden: str = "Not shown, to protect the secrecy of the vote"
    not_given: str = "Not given"
    led: str = "“{first}”, with {votes} of {voters}"
    joint: str = "Joint first: {first}, with {votes} each of {voters}"
    nobody: str = "Nobody chose an option"
    join: str = " and "


ENGLISH = GroupWords()


@dataclass(frozen=True)
class GroupLine:
    """One group: numbers by option id in the ballot's order, None where hidden."""

    group: str
    title: str
    shown: bool
    voters: int | None
    tallies: tuple | None
    blanks: int | None
    outcome: str


def groups_table(breakdown, *, titles, groups, words=ENGLISH):
    """The lines of a breakdown in its own order.

    breakdown: labengines.voting.types.Breakdown. titles: {option id: title}.
    groups: {group: its name for people}; voters without a group are named in `words`.
    Returns a tuple of GroupLine. A hidden line holds no number at all.
    """
    return tuple(_line(row, titles, groups, words) for row in breakdown.rows)


def _line(row, titles, groups, words):
    name = groups[row.group] if row.group else words.not_given
    outcome = _outcome(row, titles, words) if row.shown else words.hidden
    return GroupLine(row.group, name, row.shown, row.voters, row.tallies, row.blanks, outcome)


def _outcome(row, titles, words):
    if not row.leading:
        return words.nobody
    facts = {"votes": f"{dict(row.tallies)[row.leading[0]]:,}", "voters": f"{row.voters:,}"}
    if not row.joint_first:
        return words.led.format(first=titles[row.leading[0]], **facts)
    first = words.join.join(f"“{titles[option]}”" for option in row.joint_first)
    return words.joint.format(first=first, **facts)
