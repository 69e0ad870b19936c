"""Text of a CSV file to a table: the separator is found, the header read, each row's number kept."""

import csv
import io
import re
from dataclasses import dataclass, replace

from labtools.refusals import Refused, shortened

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAID = re.compile(r'"?sep=([,;\t|])"?[\r\n]', re.IGNORECASE)  # a first row that tells Excel the separator
QUOTED = re.compile(r'"[^"]*"')  # a quoted cell, which may hold separators and ends of lines
LOOKED_AT = 50  # rows from which the separator is told
MOST_COLUMNS_NAMED = 12


@dataclass(frozen=True)
class Table:
    """A table of texts. header: names. rows: lists as long as it. numbers: of each row in the file, from 1."""

    header: list
    rows: list
    numbers: list
    separator: str

    def column(self, name):
        """The texts of a column; its name may differ in case, spaces and underlines.

        Raises Refused where no column or more than one has the name.
        """
        place = self.place(name)
        return [row[place] for row in self.rows]

    def place(self, name):
        """The place (from 0) of the column called `name`; Refused as in `column`."""
        found = [place for place, known in enumerate(self.header) if known.strip() == name.strip()]
        found = found or [place for place, known in enumerate(self.header) if _key(known) == _key(name)]
        if not found:
            raise Refused(self._missing(name))
        if len(found) > 1:
            places = " and ".join(str(place + 1) for place in found)
            raise Refused(f"Columns {places} are both called “{name}”. Give each column a name of its own.")
        return found[0]

    def _missing(self, name):
        lower = next(
            (n for n, row in zip(self.numbers, self.rows, strict=True) if _key(name) in map(_key, row)), None
        )
        if lower:
            above = "the row" if lower == 2 else f"the {lower - 1} rows"
            return (
                f"Row {lower} holds the column names, but they must be in the first row. "
                f"Delete {above} above it and split merged cells."
            )
        names = [f"“{shortened(known)}”" for known in self.header if known.strip()]
        more = f" and {len(names) - MOST_COLUMNS_NAMED} more" * (len(names) > MOST_COLUMNS_NAMED)
        return f"There is no column “{name}”. The columns are {', '.join(names[:MOST_COLUMNS_NAMED])}{more}."


def read(text, wanted=()):
    """Table of a CSV text; blank rows and empty cells at the end of a row are passed over.

    wanted: names of columns that must be there. Raises Refused for an empty file, a header
    alone, a column that is not there, quotation marks that do not close, and rows with more cells
    than the header.
    """
    said = SAID.match(text)
    separator = said[1] if said else _separator(text)
    numbered = [(number, _stripped(row)) for number, row in _parsed(text, separator)]
    numbered = [(number, row) for number, row in numbered if row][bool(said) :]
    if not numbered:
        raise Refused("The file is empty. It needs a row of column names and a row for each period.")
    if len(numbered) == 1:
        raise Refused("The file has column names but no rows below them.")
    numbers, (header, *rows) = zip(*numbered, strict=True)
    found = Table([_bare(name) for name in header], rows, numbers[1:], separator)
    for name in wanted:
        found.place(name)
    return replace(
        found, rows=[_fitted(row, number, header) for row, number in zip(rows, numbers[1:], strict=True)]
    )


def _bare(name):
    """A name without the mark that stands before the first one in some files."""
    return name.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")


def _separator(text):
    """The separator that cuts most of the first rows into more than one cell; a tie goes to most cells."""
    lines = QUOTED.sub("", text[:200_000]).splitlines()[:LOOKED_AT]
    cuts = {mark: [line.count(mark) for line in lines] for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (sum(cut > 0 for cut in cuts[mark]), sum(cuts[mark])))


def _parsed(text, separator):
    """(number, cells) of each row, as a spreadsheet program counts them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, row
    except csv.Error as fault:
        raise Refused(f"Row {number + 1}: {_explained(fault)}") from None


def _explained(fault):
    if "field larger" in str(fault):
        return "a cell holds more than 131,072 characters. Perhaps a quotation mark is missing."
    if "end of data" in str(fault):
        return "a quotation mark is opened and never closed. Close it or delete it."
    return "a quotation mark stands inside a cell. Double it, or delete it."


def _fitted(row, number, header):
    """A row as long as the header; Refused if it has more cells that are not empty."""
    if len(row) > len(header):
        raise Refused(
            f"Row {number} has {len(row)} cells, but there are {len(header)} column names. "
            "A text or number that holds the separator needs quotation marks around it."
        )
    return row + [""] * (len(header) - len(row))


def _stripped(row):
    """The row without the empty cells at its end."""
    length = len(row)
    while length and not row[length - 1].strip():
        length -= 1
    return row[:length]


def _key(name):
    """A column name as people compare them."""
    return " ".join(name.casefold().replace("_", " ").replace("\N{NO-BREAK SPACE}", " ").split())
