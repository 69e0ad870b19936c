"""A plain CSV file: a column for each option, a row for each ballot, a column `count` where rows stand for several.

What the numbers are depends on the rule: ranks (1 is first, equal ones are tied, empty is unranked),
scores, points, or marks (anything but empty, 0 or no). One column only is the names that were chosen.
"""

import csv

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused, shortened

COUNT = ("count", "ballots", "n")
NOT_MARKED = ("", "0", "no", "false", "-")


def read(text, form):
    """The Election of a plain CSV file. form: of the ballots that the rule takes."""
    lines = text.splitlines()
    separator = max(",;\t", key=next(line for line in lines if line.strip()).count)
    rows = [(at, cells) for at, cells in enumerate(csv.reader(lines, delimiter=separator), 1) if any(cells)]
    if not rows:
        raise Refused("The file holds no cell with anything in it.")
    head = [cell.strip().strip('"') for cell in rows[0][1]]
    counted = head[0].lower() in COUNT
    options = head[1:] if counted else head
    if not options or len(set(options)) != len(options) or "" in options:
        raise Refused(f"Row {rows[0][0]}: every column needs a name, and each option one column.")
    single = len(options) == 1
    if single:
        found = {cells[-1].strip() for _, cells in rows[1:] if cells}
        options, form = sorted(found - {""}), "choice"
    election = Election(form, {option: option for option in options})
    for row, cells in rows[1:]:
        if any(cell.strip() for cell in cells):
            _add(election, row, cells, counted, single)
    return election


def _add(election, row, cells, counted, single):
    number = whole(cells[0], row, "the number of ballots") if counted else 1
    values = [cell.strip() for cell in (cells[1:] if counted else cells)]
    wanted = 1 if single else len(election.names)
    if len(values) != wanted:
        raise Refused(f"Row {row}: {len(values)} cells for {wanted} columns.")
    form = {"choice": lambda *_: values[0]} if single else FORMS
    if election.form not in form:
        raise Refused("One column of chosen names is needed here, not a column for each option.")
    election.add(row, number, form[election.form](list(election.names), values, row))


def _ranked(options, values, row):
    ranks = {}
    for option, value in zip(options, values, strict=True):
        if value:
            ranks.setdefault(whole(value, row, f"the rank of “{shortened(option)}”", 1), []).append(option)
    levels = [tuple(ranks[rank]) for rank in sorted(ranks)]
    return tuple(level[0] if len(level) == 1 else level for level in levels)


def _scored(options, values, row):
    return tuple(
        whole(value or "0", row, f"the score of “{shortened(option)}”")
        for option, value in zip(options, values, strict=True)
    )


def _points(options, values, row):
    return tuple(pair for pair in zip(options, _scored(options, values, row), strict=True) if pair[1])


def _chosen(options, values, _row):
    return tuple(
        option for option, value in zip(options, values, strict=True) if value.lower() not in NOT_MARKED
    )


FORMS = {"ranked": _ranked, "scored": _scored, "points": _points, "chosen": _chosen}
