"""Borda counts: points by rank, and the weighted-groups form of priority-setting partnerships."""

from collections import Counter
from fractions import Fraction

from labengines.voting.ballots import Poll
from labengines.voting.ballots import poll as made
from labengines.voting.errors import UnknownChoice, among
from labengines.voting.pairs import margins, matrix
from labengines.voting.ties import at_once, best, reported
from labengines.voting.types import Stage

UNRANKED = ("symmetric", "domination")


def borda(poll, *, unranked="symmetric"):
    """Points by rank; most points win.

    unranked, how options that a ballot leaves out or ranks equal are treated:
    "symmetric": one point for each option below, minus one for each above, as if those left out
    shared the mean of their ranks. "domination": one point for each option below only, so that
    those left out get nothing. They can elect different options.
    Source: Borda (1784); Gärdenfors (1973) for symmetric; Terzopoulou and Endriss (2021), The Borda class.
    """
    rows = matrix(poll)
    points = _points(rows, unranked)
    return at_once(
        poll,
        "borda",
        points,
        best(poll, points),
        why="most",
        pairwise=rows,
        choices=(("unranked", unranked),),
    )


def priorities(groups, *, options, weights=None, seats=10, unranked="domination", tie_break=None):
    """A shared list of priorities in which every group weighs the same, however many answered.

    groups: {group: ballots}, ranked ballots as `count` takes them. weights: {group: number}, 1 for
    each if None. In each group options get Borda points and from them a place: as many points as
    there are options for the first, one fewer for each next, equal ones the mean of theirs. These,
    times the weight, are added up. One stage for each group, then "together".
    Source: James Lind Alliance Guidebook, interim prioritisation (each group's ranking weighs the same).
    """
    weights = dict.fromkeys(groups, 1) if weights is None else weights
    if set(weights) != set(groups) or not groups or any(weight < 0 for weight in weights.values()):
        raise UnknownChoice(weights=weights, groups=tuple(groups))
    polls = {
        group: made(ballots, form="ranked", options=options, seats=seats) for group, ballots in groups.items()
    }
    stages, total = [], [Fraction(0)] * len(tuple(options))
    for group, own in polls.items():
        points = _by_place(_points(matrix(own), unranked)) if own.counted else [Fraction(0)] * len(total)
        stages.append(Stage(str(group), own.tallies(points)))
        total = [so_far + Fraction(weights[group]) * more for so_far, more in zip(total, points, strict=True)]
    counted = sum((Counter(own.counted) for own in polls.values()), Counter())
    joint = Poll(tuple(options), counted, sum(own.blanks for own in polls.values()), seats, tie_break)
    winners, tied, ties = best(joint, total)
    reasons = tuple((option, "most") for option in joint.ids(winners))
    stages.append(Stage("together", joint.tallies(total), joint.ids(winners), why=reasons, ties=ties))
    return reported(
        joint,
        "priorities",
        stages=stages,
        tallies=total,
        winners=winners,
        tied=tied,
        choices=(("unranked", unranked), ("weights", tuple(weights.items()))),
    )


def _points(rows, unranked):
    among(UNRANKED, unranked=unranked)
    return [sum(row) for row in (margins(rows) if unranked == "symmetric" else rows)]


def _by_place(points):
    better = [sum(other > own for other in points) for own in points]
    level = [sum(other == own for other in points) for own in points]
    return [len(points) - above - Fraction(same - 1, 2) for above, same in zip(better, level, strict=True)]
