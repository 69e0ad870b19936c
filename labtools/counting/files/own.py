"""Our own JSON: {"type", "candidates": [names], "seats", "ballots": [[number, ballot], ...]}.

Options are numbered from 1. type: ranked, approval, approval-budget, plurality, cumulative, ordinal or
score. `costs` and `budget` belong to a budget.
"""

import json
from fractions import Fraction

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused, shortened

FORMS = {
    "ranked": "ranked",
    "ordinal": "ranked",
    "approval": "chosen",
    "approval-budget": "points",
    "plurality": "points",
    "cumulative": "points",
    "score": "scored",
}


def read(text):
    """The Election of a JSON file; a row in a message is a place in the list of ballots."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refused(f"This is not JSON: {fault}.") from None
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(kind, str) or kind not in FORMS:
        raise Refused(f"“type” must be one of {', '.join(FORMS)}.")
    names = {str(at): name for at, name in enumerate(_texts(found.get("candidates")), 1)}
    election = Election(FORMS[kind], names, title=_text(found.get("title", ""), "title"))
    election.seats = _seats(found.get("seats"))
    if found.get("costs") is not None:
        election.costs = dict(zip(names, _costs(found["costs"], len(names)), strict=True))
        election.budget = _money(found.get("budget"), "budget")
    for at, entry in enumerate(_list(found.get("ballots"), "ballots"), 1):
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[1], list):
            raise Refused(f"Row {at}: “{shortened(entry)}” is not [number of ballots, [ballot]].")
        election.add(at, whole(entry[0], at, "the number of ballots"), _ballot(entry[1], election.form, at))
    return election


def _seats(found):
    if found is not None and (type(found) is not int or found < 1):
        raise Refused(f"“seats” must be a whole number from 1 on; it is {shortened(found)}.")
    return found


def _list(found, name):
    if not isinstance(found, list):
        raise Refused(f"“{name}” must be a list.")
    return found


def _text(found, name):
    if not isinstance(found, str):
        raise Refused(f"“{name}” must be a text; it is {shortened(found)}.")
    return found


def _texts(found):
    return [_text(name, "candidates") for name in _list(found, "candidates")]


def _costs(found, wanted):
    costs = [_money(value, "costs") for value in _list(found, "costs")]
    if len(costs) != wanted:
        raise Refused(f"There are {len(costs)} costs for {wanted} candidates.")
    return costs


def _money(found, name):
    try:
        return Fraction(str(found))
    except (ValueError, ZeroDivisionError):
        raise Refused(f"“{name}”: “{shortened(found)}” is not an amount of money.") from None


def _ballot(ballot, form, row):
    if form == "scored":
        return tuple(whole(score, row, "a score") for score in ballot)
    if form == "points":
        return tuple(_points(mark, row) for mark in ballot)
    return tuple(tuple(map(str, mark)) if isinstance(mark, list) else str(mark) for mark in ballot)


def _points(mark, row):
    if not isinstance(mark, list):
        return str(mark), 1
    if len(mark) != 2:
        raise Refused(f"Row {row}: “{shortened(mark)}” is not [option, points].")
    return str(mark[0]), whole(mark[1], row, "points")
