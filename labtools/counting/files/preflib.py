"""PrefLib's .soi, .soc, .toi, .toc (rankings) and .cat (approvals): `2: 3,{1,2},4`."""

import re

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused, shortened

NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d+):\s*(.*)", re.IGNORECASE)
TITLE = re.compile(r"#\s*TITLE:\s*(.*)", re.IGNORECASE)
KIND = re.compile(r"#\s*DATA TYPE:\s*(\w+)", re.IGNORECASE)
LEVEL = re.compile(r"(\{[^{}]*\})|([^,{}\s]+)")


def read(text):
    """The Election of a PrefLib file; of categories the first is "approved"."""
    rows = list(enumerate(text.splitlines(), 1))
    head = [line for _, line in rows if line.startswith("#")]
    names = {found[1]: found[2].strip() for line in head if (found := NAME.match(line))}
    if not names:
        raise Refused("The file names no alternatives (# ALTERNATIVE NAME 1: ...).")
    kind = next((found[1].lower() for line in head if (found := KIND.match(line))), "")
    title = next((found[1].strip() for line in head if (found := TITLE.match(line))), "")
    election = Election("chosen" if kind == "cat" else "ranked", names, title=title)
    for row, line in rows:
        if line.strip() and not line.startswith("#"):
            _add(election, row, line)
    return election


def _add(election, row, line):
    number, colon, order = line.partition(":")
    if not colon:
        raise Refused(f"Row {row}: “{shortened(line)}” is not a number of ballots, a colon and an order.")
    number, levels = whole(number, row, "the number of ballots"), _levels(order, row)
    if election.form == "chosen":
        levels = levels[0] if levels and isinstance(levels[0], tuple) else levels[:1]
    else:
        levels = [level for level in levels if level]
    election.add(row, number, tuple(levels))


def _levels(order, row):
    if order.count("{") != order.count("}") or re.search(r"\{[^}]*\{", order):
        raise Refused(f"Row {row}: the brackets in “{shortened(order.strip())}” do not match.")
    levels = []
    for group, single in LEVEL.findall(order):
        if single:
            levels.append(single)
        else:
            inside = tuple(part.strip() for part in group[1:-1].split(",") if part.strip())
            levels.append(inside)
    return levels
