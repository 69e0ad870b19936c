"""Which projects a budget pays for."""

from fractions import Fraction

from labengines.voting.errors import UnknownChoice, among
from labengines.voting.phragmen import Earning
from labengines.voting.purses import Purses
from labengines.voting.shares import Shares
from labengines.voting.ties import reported, settled
from labengines.voting.types import Stage

SATISFACTIONS = ("cost", "cardinality")
COMPLETIONS = ("none", "add1")


def greedy(poll, *, costs, budget):
    """Most votes (or points) first, whatever no longer fits is passed over. Seats do not matter.

    costs: {option id: whole number}. budget: in the same unit. Options without votes are not funded.
    Options with equal votes that the money left pays for together are no tie.
    Source: how most towns count; Stolicki, Szufa and Talmon (2020), Pabulib, arXiv:2012.06539.
    """
    prices = _prices(poll, costs, budget)
    votes = [0] * len(poll.options)
    for ballot, number in poll.counted.items():
        for place, points in ballot:
            votes[place] += points * number
    money = (("budget", budget), ("costs", poll.tallies(prices)))
    left, winners, stages = budget, (), []
    for level in sorted({number for number in votes if number}, reverse=True):
        group = [place for place in poll.places if votes[place] == level]
        fitting = [place for place in group if prices[place] <= left]
        ties = ()
        if sum(prices[place] for place in fitting) > left:
            fitting, met = settled(poll, "seat", fitting)
            ties = (met,)
            if not fitting:
                tied = [poll.options.index(option) for option in met.options]
                stages.append(_step(poll, votes, (), (), ties))
                return _reported(poll, "budget-greedy", stages, votes, winners, tied, money)
        funded = []
        for place in fitting:
            if prices[place] <= left:
                left -= prices[place]
                funded.append(place)
        stages.append(_step(poll, votes, funded, [p for p in group if p not in funded], ties))
        winners += tuple(funded)
    return _reported(poll, "budget-greedy", stages, votes, winners, (), money)


def budget_shares(poll, *, costs, budget, satisfaction="cost", completion="none"):
    """The method of equal shares with prices: every voter has the same part of the budget to spend.

    Next is the project that gives a supporter most for her money. satisfaction: "cost" (a project is worth
    what it costs) or "cardinality" (each counts one). completion: "none", or "add1": every voter's part grows
    by 1 as long as the winners cost no more than the budget. Stage tallies: paid for a unit of satisfaction.
    Source: Peters, Pierczyński and Skowron (2021), Proportional participatory budgeting, NeurIPS 34.
    """
    among(SATISFACTIONS, satisfaction=satisfaction)
    among(COMPLETIONS, completion=completion)
    prices = _prices(poll, costs, budget)
    shares = Shares(poll, prices, satisfaction=satisfaction)
    shares.run(Fraction(budget) / max(poll.marked, 1))
    support = shares.purses.support
    if completion == "add1":
        payable = sum(votes > 0 and price <= budget for votes, price in zip(support, prices, strict=True))
        shares.grow(1, limit=budget, wanted=payable)
    choices = (
        ("budget", budget),
        ("costs", poll.tallies(prices)),
        ("satisfaction", satisfaction),
        ("completion", completion),
    )
    return _reported(
        poll, "budget-equal-shares", shares.stages, support, shares.winners, shares.tied, choices
    )


def budget_phragmen(poll, *, costs, budget):
    """Every voter earns at the same pace; a project is funded when its supporters can pay it together.

    The count ends when the next would cost more than is left. Stage tallies: what each still has to earn.
    Source: Los, Christoff and Grossi (2022), Proportional budget allocations, IJCAI-22.
    """
    prices = _prices(poll, costs, budget)
    purses = Purses(poll)
    purses.fill(0, prices)
    earning = Earning(poll, prices, purses)

    def fits(bought, place):
        """Whether the budget pays for one more."""
        return sum(prices[other] for other in bought) + prices[place] <= budget

    earning.run({place for place in poll.places if prices[place] <= budget}, fits)
    money = (("budget", budget), ("costs", poll.tallies(prices)))
    return _reported(
        poll, "budget-phragmen", earning.stages, purses.support, earning.winners, earning.tied, money
    )


def _prices(poll, costs, budget):
    missing = [option for option in poll.options if option not in costs]
    wrong = [
        value for value in [budget, *costs.values()] if not isinstance(value, int | Fraction) or value < 0
    ]
    if missing or wrong:
        raise UnknownChoice(costs=missing or wrong)
    return [costs[option] for option in poll.options]


def _step(poll, votes, funded, passed, ties):
    why = [(option, "fits") for option in poll.ids(funded)]
    why += [(option, "does-not-fit") for option in poll.ids(passed)]
    return Stage("seat", poll.tallies(votes), poll.ids(funded), poll.ids(passed), tuple(why), ties=ties)


def _reported(poll, rule, stages, votes, winners, tied, choices):
    return reported(
        poll,
        rule,
        stages=stages,
        tallies=votes,
        winners=winners,
        tied=tied,
        choices=choices,
    )
