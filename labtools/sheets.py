"""A table and the names of its columns to the columns that an engine takes, one sheet for each facet."""

from dataclasses import dataclass

from labtools.reading.dates import periods
from labtools.reading.numbers import numbers
from labtools.refusals import shortened

NAMELESS = "(no name)"


@dataclass(frozen=True)
class Sheet:
    """Columns of one facet, all of one length. facet: its name, None for a table without facets.

    values, denominators, subgroups, labels: for the engine; the last three None where no column
    was named. rows: the number of each row in the file. names: {column of the engine: its name}.
    """

    facet: str | None
    values: list
    denominators: list | None
    subgroups: list | None
    labels: list | None
    rows: list
    names: dict


def sheets(table, *, value, denominator=None, date=None, facet=None, phase=None):
    """([Sheet], notes) of a table, in the order in which facets appear.

    value, denominator, date, facet, phase: names of columns. Raises Refused for a column that is
    not there and for a cell that cannot be read.
    """
    names = {"values": value, "denominators": denominator, "subgroups": date, "labels": phase, "facet": facet}
    columns, notes = {}, []
    for field, name in names.items():
        columns[field] = None if name is None else _read(field, name, table, notes)
    groups = {}
    for place, group in enumerate(columns.pop("facet") or [None] * len(table.rows)):
        groups.setdefault(group, []).append(place)
    return [_sheet(group, places, columns, table, names) for group, places in groups.items()], notes


def _read(field, name, table, notes):
    texts = table.column(name)
    if field in ("values", "denominators"):
        found, said = numbers(texts, table.numbers, column=name, separator=table.separator)
    elif field == "subgroups":
        found, said = periods(texts, table.numbers, column=name)
    elif field == "facet":
        found, said = [shortened(" ".join(text.split())) or NAMELESS for text in texts], []
    else:
        found, said = [" ".join(text.split()) or None for text in texts], []
    notes += said
    return found


def _sheet(group, places, columns, table, names):
    cut = {
        field: None if column is None else [column[place] for place in places]
        for field, column in columns.items()
    }
    return Sheet(facet=group, rows=[table.numbers[place] for place in places], names=names, **cut)
