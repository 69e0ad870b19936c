"""Bytes of a file to text: UTF-8, UTF-16 and Windows-1252 are told apart, other things are named."""

import codecs

from labtools.refusals import Refused

OTHER_FILES = {
    b"PK\x03\x04": "a spreadsheet (XLSX, ODS) or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel spreadsheet (XLS)",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file (GZIP)",
    b"{\\rtf": "a text document (RTF)",
    b"<!DOCTYPE": "a web page (HTML)",
    b"<html": "a web page (HTML)",
}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAVE = "Open it in a spreadsheet program and save it as “CSV UTF-8”."


def decode(content):
    """(text, notes) of a file's bytes; Refused where it is not text."""
    for start, kind in OTHER_FILES.items():
        if content.startswith(start):
            raise Refused(f"This is {kind}, not a CSV file. {SAVE}")
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return _decoded(content, name), []
    name = _utf16_without_mark(content)
    if name:
        return _decoded(content, name), []
    if b"\x00" in content:
        raise Refused(f"Byte {content.index(0) + 1} of the file is zero, so it is not text. {SAVE}")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _decoded(content, "cp1252"), ["The file is not UTF-8; it was read as Windows-1252."]


def _decoded(content, name):
    try:
        return content.decode(name)
    except UnicodeDecodeError as fault:
        raise Refused(
            f"Byte {fault.start + 1} of the file is not text in any encoding known here. {SAVE}"
        ) from None


def _utf16_without_mark(content):
    """The name of UTF-16 where most letters have a zero byte before or after them, else None."""
    start = content[:2000]
    half = len(start) // 2
    if half < 2 or len(content) % 2:
        return None
    if start[1::2].count(0) > 0.7 * half and not start[::2].count(0):
        return "utf-16-le"
    if start[::2].count(0) > 0.7 * half and not start[1::2].count(0):
        return "utf-16-be"
    return None
