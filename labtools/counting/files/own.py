"""Our own JSON: {"type", "candidates": [names], "seats", "ballots": [[number, ballot], ...]}.

Options are numbered from 1. type: ranked, approval, approval-budget, plurality, cumulative, ordinal or
score. `costs` and `budget` belong to a budget.
"""

import json
from fractions import Fraction

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused

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
    """The Election of a JSON file."""
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise Refused(f"This is not JSON: {fault}.") from None
    if not isinstance(found, dict) or found.get("type") not in FORMS:
        raise Refused(f"“type” must be one of {', '.join(FORMS)}.")
    try:
        return _election(found)
    except (KeyError, TypeError, ValueError) as fault:
        raise Refused(f"The file is not a whole election: {type(fault).__name__}, {fault}.") from None


def _election(found):
    names = {str(at): name for at, name in enumerate(found["candidates"], 1)}
    election = Election(FORMS[found["type"]], names, title=found.get("title", ""), seats=found.get("seats"))
    if found.get("costs") is not None:
        election.costs = dict(zip(names, map(Fraction, found["costs"]), strict=True))
        election.budget = Fraction(found["budget"])
    for at, (number, ballot) in enumerate(found["ballots"], 1):
        election.add(at, whole(number, at, "the number of ballots"), _ballot(ballot, election.form))
    return election


def _ballot(ballot, form):
    if form == "scored":
        return tuple(ballot)
    if form == "points":
        return tuple((str(m[0]), int(m[1])) if isinstance(m, list) else (str(m), 1) for m in ballot)
    return tuple(tuple(map(str, m)) if isinstance(m, list) else str(m) for m in ballot)
