"""Approval ballots, several seats, every part of the voters represented."""

from fractions import Fraction
from math import lcm

from labengines.voting.errors import among
from labengines.voting.phragmen import Earning
from labengines.voting.purses import Purses
from labengines.voting.shares import Shares
from labengines.voting.ties import best, reported
from labengines.voting.types import Stage

COMPLETIONS = ("none", "approval", "phragmen", "add1")


def sequential_pav(poll):
    """Seat by seat to the option whose supporters have least so far.

    A ballot that already helped elect k options counts 1 / (k + 1). Tallies of each stage are these sums.
    Source: Thiele (1895), Om Flerfoldsvalg; sequential proportional approval voting.
    """
    unit = lcm(*range(1, poll.seats + 1))
    helped = dict.fromkeys(poll.counted, 0)
    stages, winners, tied, weights = [], (), (), [Fraction(0)] * len(poll.options)
    while len(winners) < poll.seats:
        sums = [0] * len(poll.options)
        for ballot, number in poll.counted.items():
            for place in ballot:
                sums[place] += number * unit // (helped[ballot] + 1)
        for place in winners:
            sums[place] = 0
        weights = [Fraction(number, unit) for number in sums]
        found, tied, ties = best(poll, weights, seats=1, above=0)
        stages.append(_seat(poll, weights, found, ties, "most-weight"))
        if not found:
            break
        winners += found
        for ballot in helped:
            helped[ballot] += found[0] in ballot
    return reported(
        poll,
        "sequential-pav",
        stages=stages,
        tallies=weights,
        winners=winners,
        tied=tied,
    )


def equal_shares(poll, *, completion="none"):
    """Each voter gets the same share of the seats; an option wins when its supporters can pay one seat.

    Next is always the one that costs its supporters the least share each. Stage tallies: the largest
    payment of a supporter, 0 where they cannot afford it.
    completion, who gets seats that nobody can afford: "none"; "approval", the most approved of the rest;
    "phragmen", all earn at the same pace from there on, see `sequential_phragmen`;
    "add1", all shares grow by a seat's worth together as long as not too many are elected.
    Source: Peters and Skowron (2020), Proportionality and the limits of welfarism, EC '20 (Rule X).
    """
    among(COMPLETIONS, completion=completion)
    costs = [1] * len(poll.options)
    shares = Shares(poll, costs, satisfaction="cardinality")
    voters = max(poll.marked, 1)
    shares.run(Fraction(poll.seats, voters))
    if completion == "add1":
        supported = sum(votes > 0 for votes in shares.purses.support)
        shares.grow(Fraction(1, voters), limit=poll.seats, wanted=min(poll.seats, supported))
    winners, stages, tied = shares.winners, list(shares.stages), shares.tied
    if completion in ("approval", "phragmen") and not tied and len(winners) < poll.seats:
        seats = poll.seats - len(winners)
        if completion == "approval":
            more, tied, further = _by_approval(poll, shares, seats)
        else:
            more, tied, further = _by_earning(poll, shares.purses, seats, but=winners)
        winners, stages = winners + more, stages + further
    return reported(
        poll,
        "equal-shares",
        stages=stages,
        tallies=shares.purses.support,
        winners=winners,
        tied=tied,
        choices=(("completion", completion),),
    )


def sequential_phragmen(poll):
    """Every voter earns at the same pace; an option is elected when its supporters can pay 1 together.

    They have then spent all they had. Stage tallies: how much more each voter has to earn.
    Source: Phragmén (1894), Sur une méthode nouvelle ...; Brill and others (2017), Phragmén's voting methods.
    """
    purses = Purses(poll)
    purses.fill(0, ())
    winners, tied, stages = _by_earning(poll, purses, poll.seats)
    return reported(
        poll, "sequential-phragmen", stages=stages, tallies=purses.support, winners=winners, tied=tied
    )


def _by_approval(poll, shares, seats):
    """(winners, tied, stages) of filling the seats left with the most approved."""
    support = enumerate(shares.purses.support)
    votes = [0 if place in shares.winners else number for place, number in support]
    found, tied, ties = best(poll, votes, seats=seats, above=0)
    reasons = tuple((option, "most") for option in poll.ids(found))
    return found, tied, [Stage("completion", poll.tallies(votes), poll.ids(found), why=reasons, ties=ties)]


def _by_earning(poll, purses, seats, but=()):
    """The same with Phragmén's rule, starting from what each voter has; places in `but` have a seat already."""
    earning = Earning(poll, [1] * len(poll.options), purses)
    earning.run(set(poll.places) - set(but), lambda bought, _: len(bought) < seats)
    return earning.winners, earning.tied, earning.stages


def _seat(poll, weights, found, ties, why):
    reasons = tuple((option, why) for option in poll.ids(found))
    return Stage("seat", poll.tallies(weights), elected=poll.ids(found), why=reasons, ties=ties)
