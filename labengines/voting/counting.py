"""Counting ballots. Every rule is a function of distinct ballots with counts.

So a count costs as much as there are different ballots, not as there are voters,
and the order in which ballots lie in the box cannot matter.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping

from labengines.voting.errors import (
    MoreBallotsThanRoll,
    NegativeCount,
    OptionTwice,
    UnknownOption,
    UnknownRule,
)
from labengines.voting.types import NO_CHOICE, Result, Stage


def count(ballots, *, options, rule="plurality", seats=1, roll=None, tie_break=None):
    """The result of a vote.

    ballots: mapping of choice to number of ballots, or an iterable of choices; a
    choice is an option's id, or None or "" for no choice.
    options: ids in the ballot's order. rule: "plurality" (more will follow).
    seats: how many can win. roll: people who could vote, or None.
    tie_break: None leaves a tie at the cut open (a run-off follows); else a function
    from the tied ids to the same ids in order of preference, such as `lot(seed)`.
    Returns Result. Never changes `ballots`; the same ballots give the same result in
    any order. Raises UnknownOption, OptionTwice, NegativeCount, MoreBallotsThanRoll,
    UnknownRule.
    Source: single choice, most votes win, as the members' vote of 2017.
    """
    if rule not in RULES:
        raise UnknownRule(rule=rule)
    options = _checked_options(options, seats)
    counted = _distinct(ballots, options)
    cast = sum(counted.values())
    if roll is not None and cast > roll:
        raise MoreBallotsThanRoll(cast=cast, roll=roll)
    return RULES[rule](counted, options=options, seats=seats, roll=roll, tie_break=tie_break)


def lot(seed):
    """A tie break that anyone can repeat: lowest SHA-256 of seed and id comes first.

    seed: bytes whose SHA-256 was published before the vote opened.
    Returns a function for `count(..., tie_break=...)`.
    """

    def drawn(tied):
        """The tied options in the order of the lot."""
        return tuple(sorted(tied, key=lambda option: hashlib.sha256(seed + option.encode()).digest()))

    return drawn


def commitment(seed):
    """What to publish of the lot's seed before the vote: its SHA-256, 64 hex signs."""
    return hashlib.sha256(seed).hexdigest()


def _plurality(counted, *, options, seats, roll, tie_break):
    tallies = tuple((option, counted[option]) for option in options)
    sure, tied = _at_the_cut(tallies, seats)
    winners, decided_by = sure, "votes"
    if tied:
        drawn = tuple(tie_break(tied)) if tie_break else ()
        if drawn and sorted(drawn) != sorted(tied):
            raise UnknownOption(drawn=drawn, tied=tied)
        winners = (sure + drawn)[:seats]
        decided_by = "lot" if drawn else "open"
    return Result(
        rule="plurality",
        seats=seats,
        stages=(Stage("count", tallies, elected=winners),),
        tallies=tallies,
        blanks=counted[NO_CHOICE],
        roll=roll,
        winners=winners,
        ties=tied,
        decided_by=decided_by if winners or tied else "open",
    )


RULES = {"plurality": _plurality}


def _at_the_cut(tallies, seats):
    """(options sure to win, best first; options that tie for what is left)."""
    ranked = sorted((pair for pair in tallies if pair[1] > 0), key=lambda pair: -pair[1])
    if len(ranked) <= seats:
        return tuple(option for option, _ in ranked), ()
    last = ranked[seats - 1][1]
    sure = tuple(option for option, votes in ranked if votes > last)
    level = tuple(option for option, votes in ranked if votes == last)
    return (sure + level, ()) if len(sure) + len(level) == seats else (sure, level)


def _distinct(ballots, options):
    pairs = ballots.items() if isinstance(ballots, Mapping) else Counter(ballots).items()
    counted = Counter()
    for mark, number in pairs:
        choice = mark or NO_CHOICE
        if choice != NO_CHOICE and choice not in options:
            raise UnknownOption(option=choice)
        if not isinstance(number, int) or number < 0:
            raise NegativeCount(option=choice, count=number)
        counted[choice] += number
    return counted


def _checked_options(options, seats):
    options = tuple(options)
    if len(set(options)) != len(options) or NO_CHOICE in options or None in options:
        raise OptionTwice(options=options)
    if not 1 <= seats <= len(options):
        raise UnknownRule(seats=seats, options=len(options))
    return options
