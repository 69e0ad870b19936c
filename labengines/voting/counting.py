"""Counting ballots. Every rule is a function of distinct ballots with counts.

So a count costs as much as there are different ballots, not as there are voters,
and the order in which ballots lie in the box cannot matter.
"""

import hashlib
import inspect

from labengines.voting import (
    borda,
    budgets,
    pairs,
    paths,
    proportional,
    runoff,
    star,
    stv_meek,
    stv_scottish,
    sums,
)
from labengines.voting.ballots import poll
from labengines.voting.errors import MoreBallotsThanRoll, UnknownChoice, UnknownRule

# rule: (function, form of its ballots, whether it can fill several seats)
RULES = {
    "plurality": (sums.plurality, "choice", True),
    "approval": (sums.approval, "chosen", True),
    "exactly": (sums.exactly, "chosen", True),
    "up-to": (sums.up_to, "chosen", True),
    "cumulative": (sums.cumulative, "points", True),
    "score": (sums.score, "scored", True),
    "star": (star.star, "scored", True),
    "consent": (sums.consent, "chosen", True),
    "first-choices": (sums.first_choices, "ranked", True),
    "borda": (borda.borda, "ranked", True),
    "instant-runoff": (runoff.instant_runoff, "ranked", False),
    "stv-scottish": (stv_scottish.stv_scottish, "ranked", True),
    "stv-meek": (stv_meek.stv_meek, "ranked", True),
    "condorcet": (pairs.condorcet, "ranked", False),
    "smith": (pairs.smith, "ranked", False),
    "schwartz": (pairs.schwartz, "ranked", False),
    "copeland": (pairs.copeland, "ranked", True),
    "minimax": (pairs.minimax, "ranked", True),
    "schulze": (paths.schulze, "ranked", False),
    "split-cycle": (paths.split_cycle, "ranked", False),
    "ranked-pairs": (paths.ranked_pairs, "ranked", False),
    "sequential-pav": (proportional.sequential_pav, "chosen", True),
    "equal-shares": (proportional.equal_shares, "chosen", True),
    "sequential-phragmen": (proportional.sequential_phragmen, "chosen", True),
    "budget-greedy": (budgets.greedy, "points", True),
    "budget-equal-shares": (budgets.budget_shares, "points", True),
    "budget-phragmen": (budgets.budget_phragmen, "points", True),
}


def count(ballots, *, options, rule="plurality", seats=1, roll=None, tie_break=None, **choices):
    """The result of a vote.

    ballots: mapping of ballot to number of ballots, or an iterable of ballots. What a ballot is depends
    on the rule: one option's id ("plurality"); the options marked, or objected to (approval rules,
    "consent"); options in order of preference, equal ones in a tuple (ranked rules); a score for each
    option in the ballot's order, or a mapping ("score", "star"); pairs of option and points
    ("cumulative", budgets). None, "" or an empty ballot is no choice.
    options: ids in the ballot's order. rule: a key of RULES. seats: how many can win.
    roll: people who could vote, or None.
    tie_break: None leaves a tie open (the count stops there); else a function from the tied ids to the
    same ids in order of preference, such as `lot(seed)`.
    choices: the rule's own, named in its docstring, such as `unranked="domination"`.
    Returns Result. Never changes `ballots`; the same ballots give the same result in any order.
    Raises UnknownOption, OptionTwice, RepeatedOption, BallotMalformed, WrongNumber, NegativeCount,
    MoreBallotsThanRoll, UnknownRule, UnknownChoice.
    Source: each rule's function names its own.
    """
    if rule not in RULES:
        raise UnknownRule(rule=rule)
    function, form, several = RULES[rule]
    options = tuple(options)
    if not 1 <= seats <= len(options) or (seats > 1 and not several):
        raise UnknownRule(rule=rule, seats=seats, options=len(options))
    _expect_known(function, rule, choices)
    ready = poll(ballots, form=form, options=options, seats=seats, tie_break=tie_break, roll=roll)
    cast = ready.marked + ready.blanks
    if roll is not None and cast > roll:
        raise MoreBallotsThanRoll(cast=cast, roll=roll)
    return function(ready, **choices)


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


def _expect_known(function, rule, choices):
    own = list(inspect.signature(function).parameters.values())[1:]
    unknown = [name for name in choices if name not in {one.name for one in own}]
    missing = [one.name for one in own if one.default is one.empty and one.name not in choices]
    if unknown or missing:
        raise UnknownChoice(rule=rule, unknown=unknown, missing=missing)
