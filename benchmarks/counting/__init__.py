"""Contestants that count the same ballots, each in a process of its own.

A contestant is a module whose `prepared(rule, size, distinct)` makes the ballots and returns a function that counts
them once and returns the ids of the winners. A rule has our name.
"""

import math
import random

OPTIONS = tuple(f"option-{number:02}" for number in range(14))
LIKED = dict(zip(OPTIONS, (1 + number / 10 for number in range(14)), strict=True))
SEATS = 5
MARKS = 6
HIGHEST = 5


def grouped(form, size, distinct):
    """{ballot: number}: `size` ballots, as many different ones of a form as there can be up to `distinct`."""
    chance = random.Random(f"{form} {size}")
    few = {"choice": len(OPTIONS), "chosen": math.comb(len(OPTIONS), MARKS)}
    wanted, found = min(distinct, few.get(form, distinct)), set()
    while len(found) < wanted:
        found.add(FORMS[form](chance))
    weights = [chance.expovariate(1) for _ in found]
    spare = (size - wanted) / sum(weights)
    ballots = {ballot: 1 + int(weight * spare) for ballot, weight in zip(sorted(found), weights, strict=True)}
    for ballot in list(ballots)[: size - sum(ballots.values())]:
        ballots[ballot] += 1
    return ballots


def each(ballots):
    """Every ballot by itself: what a package without counts is given. Equal ballots are one object."""
    return [ballot for ballot, number in ballots for _ in range(number)]


def _ranked(chance):
    order = sorted(OPTIONS, key=lambda option: -LIKED[option] * chance.random())
    return tuple(order[: chance.randint(2, len(OPTIONS))])


def _chosen(chance):
    return tuple(sorted(sorted(OPTIONS, key=lambda option: -LIKED[option] * chance.random())[:MARKS]))


def _scored(chance):
    return tuple(min(HIGHEST, int(LIKED[option] * chance.random() * 4)) for option in OPTIONS)


def _points(chance):
    return tuple((option, chance.randint(1, HIGHEST)) for option in _chosen(chance))


FORMS = {
    "choice": lambda chance: chance.choice(OPTIONS),
    "ranked": _ranked,
    "chosen": _chosen,
    "scored": _scored,
    "points": _points,
}
