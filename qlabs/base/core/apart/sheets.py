"""Bytes of a CSV or Excel file to rows of text, within limits, whatever they are. Runs in a child, without Django."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .errors import Unreadable

MOST_ROWS = 10_000
MOST_COLUMNS = 50
MOST_CHARACTERS = 6_000_000
LONGEST_CELL = 2_000
MOST_UNPACKED = 30_000_000
MOST_PARTS = 200
TO_JUDGE = 20_000
SEPARATOR_TOLD = re.compile('"?sep=([,;\t|])"?[,;\t]*\n', re.IGNORECASE)
QUOTED = re.compile('"[^"]*"')
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ParseError, KeyError, ValueError, TypeError,
    IndexError, AttributeError, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


def workbook(content):
    """{"rows": [[number in the file, cells], ...]} of every filled row of the first sheet that is shown."""
    return {"rows": _filled(_rows_of_workbook(content))}, b""


def delimited(content):
    """The same of a CSV file; a workbook that only its bytes tell is read as one."""
    if content.startswith(b"PK\x03\x04"):
        return workbook(content)
    return {"rows": _filled(_rows_of_csv(_decoded(content)))}, b""


def warm_up():
    """Load the alphabets that reading may ask for, since no file can be opened later."""
    for encoding in ("utf-8-sig", "cp1252", "cp437", "utf-16"):
        codecs.lookup(encoding)


def _filled(rows):
    filled, characters = [], 0
    for number, cells in enumerate(rows, start=1):
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("too_many_columns", row=number)
        if any(cell.strip() for cell in cells):
            filled.append((number, [cell.strip()[:LONGEST_CELL] for cell in cells]))
            characters += sum(map(len, filled[-1][1]))
        if len(filled) > MOST_ROWS + 1:
            raise Unreadable("too_many_rows")
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_much")
        if number > 10 * MOST_ROWS:
            break
    if not filled:
        raise Unreadable("empty")
    return filled


def _decoded(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows_of_csv(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if told := SEPARATOR_TOLD.match(lines):
        lines = lines[told.end() :]
        yield []  # the rows keep the numbers they have in the file
    try:
        yield from csv.reader(io.StringIO(lines), delimiter=told[1] if told else _separator(lines))
    except csv.Error as error:
        raise Unreadable("no_list") from error


def _separator(lines):
    """What stands in most of the first lines outside quotes, and in them the most often."""
    first = QUOTED.sub("", lines[:TO_JUDGE]).split("\n")[:20]
    return max(
        ",;\t",
        key=lambda sign: (sum(sign in line for line in first), sum(line.count(sign) for line in first)),
    )


def _rows_of_workbook(content):
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        yield from _text_rows(book)
    except BROKEN_WORKBOOK as error:
        raise Unreadable("damaged") from error


def _text_rows(book):
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise Unreadable("no_sheet")
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
        raise Unreadable("no_workbook") from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Unreadable("unpacks_to_too_much")
