"""CSV files to people and quotas; each keeps the rows of its file, so that a fault can be found."""

import sys
from dataclasses import dataclass

from labengines.lottery import Person, Quota, address_key
from labtools import paths
from labtools.reading import encodings, tables
from labtools.refusals import Refused, cell


@dataclass(frozen=True)
class People:
    """people: tuple of Person. rows: the row of each in the file."""

    people: tuple
    rows: tuple


@dataclass(frozen=True)
class Quotas:
    """quotas: tuple of Quota. rows: the row of each in the file."""

    quotas: tuple
    rows: tuple


def people(path, *, addresses=None):
    """People of a file. addresses: a column whose entries are read as addresses."""
    table = _table(path, ("id",))
    names = [name.strip() for name in table.header]
    place = table.place("id")
    normal = table.place(addresses) if addresses else None
    found = []
    for row in table.rows:
        cells = [text.strip() for text in row]
        if normal is not None:
            cells[normal] = address_key(cells[normal])
        found.append(Person(cells[place], dict(zip(names, cells, strict=True))))
    return People(tuple(found), tuple(table.numbers))


def quotas(path):
    """Quotas of a file with columns feature, value, min, max."""
    table = _table(path, ("feature", "value", "min", "max"))
    columns = [table.column(name) for name in ("feature", "value", "min", "max")]
    found = [
        Quota(trait.strip(), value.strip(), _whole(row, "min", least), _whole(row, "max", most))
        for row, trait, value, least, most in zip(table.numbers, *columns, strict=True)
    ]
    return Quotas(tuple(found), tuple(table.numbers))


def _table(path, wanted):
    text, notes = encodings.decode(paths.content(path))
    for note in notes:
        sys.stderr.write(f"labtools: note: {note}\n")
    try:
        return tables.read(text, wanted=wanted)
    except Refused as refusal:
        raise Refused(f"“{path}”: {refusal}") from None


def _whole(row, column, text):
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise cell(row, column, text, "is not a whole number of people.")
    return int(text)
