"""`labtools seat`: tables for each round from a list of people."""

import secrets
from collections import defaultdict

import numpy as np

from labengines import lottery
from labengines.errors import EngineError
from labtools import jsons, paths
from labtools.drawing import sheets, words
from labtools.refusals import Refused, cell


def run(asked):
    """Run the command; raises Refused."""
    if asked.rounds < 1:
        raise Refused("--rounds must be 1 or more.")
    found = sheets.people(asked.people)
    _columns(found.people, [asked.together, asked.apart, asked.access, *asked.balance])
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    wishes = lottery.Wishes(
        together=_groups(found.people, asked.together),
        apart=_groups(found.people, asked.apart),
        access=_access(found, asked.access),
        balance=asked.balance,
    )
    for row, person in zip(found.rows, found.people, strict=True):
        if not person.id:
            raise Refused(f"Row {row} has no id. Give the person one, or delete the row.")
    try:
        seating = lottery.seat(
            found.people, asked.tables, asked.rounds, np.random.default_rng(abs(seed)), wishes=wishes
        )
    except EngineError as error:
        raise words.refused(error, found.rows) from None
    if asked.json:
        paths.write(asked.json, jsons.text({**vars(seating), "proved": seating.proved, "seed": seed}))
    if asked.json != "-":
        paths.write("-", _sentences(seating, asked.balance, seed))


def _columns(people, names):
    for name in names:
        if name and name not in people[0].traits:
            raise Refused(f"There is no column “{name}”. The columns are {', '.join(people[0].traits)}.")


def _groups(people, column):
    """Ids with the same entry in a column; blank ones are in no group."""
    groups = defaultdict(list)
    for person in people:
        if column and person.traits[column]:
            groups[person.traits[column]].append(person.id)
    return tuple(tuple(groups[name]) for name in sorted(groups))


def _access(found, column):
    allowed = {}
    for row, person in zip(found.rows, found.people, strict=True):
        text = person.traits[column] if column else ""
        if text:
            try:
                allowed[person.id] = tuple(int(number) for number in text.replace(",", " ").split())
            except ValueError:
                raise cell(row, column, text, "must be numbers of tables, such as 1 2.") from None
    return allowed


def _sentences(seating, balance, seed):
    lines = []
    for number, tables in enumerate(seating.rounds, 1):
        lines.append(f"Round {number}")
        lines += [f"  Table {place}: {', '.join(table)}" for place, table in enumerate(tables, 1)]
    met = "Nobody meets twice." if not seating.repeats else f"People meet again {seating.repeats} times"
    if seating.repeats:
        met += "; it cannot be less." if seating.proved else f"; it cannot be less than {seating.bound}."
    lines.append(met)
    if balance:
        lines.append(f"Tables differ from the evenest mix by {seating.unbalanced} people in all.")
    return "\n".join([*lines, f"Seed {seed}."]) + "\n"
