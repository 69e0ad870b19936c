"""Our engine. A rule may have its completion behind a comma; ties fall to the option that stands first."""

from labengines.voting import RULES as ENGINE
from labengines.voting import count

from . import MARKS, OPTIONS, SEATS, grouped

RULES = (*ENGINE, "equal-shares, add1", "equal-shares, phragmen", "budget-equal-shares, add1")
BUDGET = {"costs": {option: 1_000 * place for place, option in enumerate(OPTIONS, 3)}, "budget": 50_000}
OWN = {"exactly": {"marks": MARKS}, "up-to": {"marks": MARKS}}


def prepared(rule, size, distinct):
    name, _, completion = rule.partition(", ")
    _function, form, several = ENGINE[name]
    ballots, choices = grouped(form, size, distinct), dict(OWN.get(name, {}))
    if name.startswith("budget"):
        choices |= BUDGET
    if completion:
        choices["completion"] = completion
    seats = SEATS if several else 1

    def counted():
        """The winners."""
        return count(ballots, options=OPTIONS, rule=name, seats=seats, tie_break=sorted, **choices).winners

    return counted
