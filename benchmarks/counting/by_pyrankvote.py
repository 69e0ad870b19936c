"""pyrankvote: one object for each ballot; its transferable vote is a rule of its own, nearest to the Scottish."""

import pyrankvote

from . import OPTIONS, SEATS, each, grouped


def prepared(rule, size, distinct):
    people = {option: pyrankvote.Candidate(option) for option in OPTIONS}
    ballots = each(
        (pyrankvote.Ballot([people[option] for option in ranking]), number)
        for ranking, number in grouped("ranked", size, distinct).items()
    )
    if rule == "instant-runoff":
        return lambda: _names(pyrankvote.instant_runoff_voting(list(people.values()), ballots))
    return lambda: _names(pyrankvote.single_transferable_vote(list(people.values()), ballots, SEATS))


def _names(result):
    return [winner.name for winner in result.get_winners()]
