"""Cells that no spreadsheet program takes for a formula, and those cells read again as they were typed.

A program may cut a cell at a separator that is not ours, and passes over spaces: so what follows a separator counts as
a start too.
"""

import re

_START = r"(^\s*+|;\s*+|(?<!\s)[^\S\t\r\n]*+[\t\r\n]\s*+)"
_SIGN = "(?=[=+@|＝＋－＠-])"  # the wide ones are typed on Japanese keyboards
_RISKY, _MENDED = re.compile(_START + _SIGN), re.compile(f"{_START}'{_SIGN}")


def harmless(cell):
    """The cell with an apostrophe before each sign that could start a formula."""
    return _RISKY.sub(r"\1'", cell)


def as_typed(cell):
    """The cell without the apostrophes of `harmless`."""
    return _MENDED.sub(r"\1", cell)
