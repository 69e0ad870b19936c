"""A list as it was sent to rows of text: read apart, and every way it can fail told in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from qlabs.base.core import apart

from .columns import headings_and_rows
from .formulas import as_typed

MOST_BYTES = 5_000_000
READERS = "qlabs.base.core.apart.sheets"
SENTENCES = {
    "empty": _("The file is empty. Its first row should hold headings such as Name and Email."),
    "too_large": _("The file is larger than 5 MB. Split it and import the parts one after the other."),
    "too_many_columns": _("Row %(row)s has more than 50 columns. Is this the list you meant?"),
    "too_many_rows": _("The file has more than 10,000 rows. Split it and import the parts."),
    "no_list": _("The file is not a list we can read. Save it again as CSV and try once more."),
    "no_workbook": _("The file is not an Excel workbook. Save it as .xlsx and try again."),
    "no_sheet": _("The Excel file has no sheet that is shown. Show the sheet with the list and save it."),
    "damaged": _("The Excel file is damaged. Open it in Excel, save it again and try once more."),
    "unpacks_to_too_much": _("The Excel file unpacks to too much. Save only the list in a new file."),
    "too_much": _("The file holds too much. Save only the list in a new file and try again."),
    "too_long": _("Reading the file took too long. Save only the list in a new file and try again."),
    "broken": _("The file could not be read. Save it again as CSV and try once more."),
    "busy": _("Another list is being read just now. Wait a minute, then send yours again."),
}


class Unreadable(Exception):
    """The file cannot be read as a list; `sentence` says what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    """headings: of the columns, or none; rows: (number in the file, cells) of every row below that is not empty."""

    headings: list
    rows: list


def read_sheet(filename, content):
    """The first sheet that is shown of a file, as text. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(str(SENTENCES["too_large"]))
    reader = "workbook" if filename.lower().endswith(".xlsx") else "delimited"
    try:
        facts, _nothing = apart.read(f"{READERS}:{reader}", content)
    except apart.Unreadable as problem:
        raise Unreadable(str(SENTENCES[problem.code]) % problem.facts) from problem
    return as_sheet(facts["rows"])


def as_sheet(rows):
    """The rows that were read, without the apostrophes that we wrote before signs of formulas."""
    return Sheet(*headings_and_rows([(number, [as_typed(cell) for cell in cells]) for number, cells in rows]))
