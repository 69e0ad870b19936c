"""Bytes of a CSV or Excel file to rows of text, within limits, whatever the bytes are."""

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .formulas import as_typed

MOST_ROWS = 10_000
MOST_COLUMNS = 50
LONGEST_CELL = 2_000
MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_PARTS = 200
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ParseError, KeyError, ValueError, TypeError,
    IndexError, AttributeError, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


class Unreadable(Exception):
    """The file cannot be read as a list; `sentence` says what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    """headings: first row; rows: (number in the file, cells) of every row that is not empty."""

    headings: list
    rows: list


def read_sheet(filename, content):
    """The first sheet of a file as text. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than 5 MB. Split it and import the parts one after the other.")
        )
    is_workbook = filename.lower().endswith(".xlsx") or content.startswith(b"PK\x03\x04")
    rows = _rows_of_workbook(content) if is_workbook else _rows_of_csv(_decoded(content))
    return _sheet(rows)


def _sheet(rows):
    filled = []
    for number, cells in enumerate(rows, start=1):
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                _("Row %(row)s has more than 50 columns. Is this the list you meant?") % {"row": number}
            )
        if any(cell.strip() for cell in cells):
            filled.append((number, [_cell(cell) for cell in cells]))
        if len(filled) > MOST_ROWS + 1:
            raise Unreadable(_("The file has more than 10,000 rows. Split it and import the parts."))
        if number > 10 * MOST_ROWS:
            break
    if not filled:
        raise Unreadable(_("The file is empty. Its first row should hold headings such as Name and Email."))
    (_first, headings), *rest = filled
    return Sheet(headings, rest)


def _cell(text):
    return as_typed(text.strip()[:LONGEST_CELL])


def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_("The file is in UTF-16. Save it as “CSV UTF-8” and try again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows_of_csv(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(lines), delimiter=separator)
    except csv.Error as error:
        raise Unreadable(
            _("The file is not a list we can read. Save it again as CSV and try once more.")
        ) from error


def _rows_of_workbook(content):
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        yield from _text_rows(book)
    except Unreadable:
        raise
    except BROKEN_WORKBOOK as error:
        raise Unreadable(
            _("The Excel file is damaged. Open it in Excel, save it again and try once more.")
        ) from error


def _text_rows(book):
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise Unreadable(_("The Excel file has no sheet."))
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value):
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refuse_bomb(content):
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except BROKEN_WORKBOOK as error:
        raise Unreadable(_("The file is not an Excel workbook. Save it as .xlsx and try again.")) from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Unreadable(_("The Excel file unpacks to too much. Save only the list in a new file."))
