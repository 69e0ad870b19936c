"""A column of texts to numbers: decimal comma or point is decided for the whole column, never cell by cell."""

import re

from labtools.refusals import cell

MISSING = {"", "-", "–", "—", ".", "..", "na", "n/a", "nan", "null", "none", "#n/a", "missing"}
SUPPRESSED = re.compile(r"\*+|[<≤]\s?\d+|\[c\]", re.IGNORECASE)
POINT = re.compile(
    r"[+-]?(\d+|\d{1,3}([, ']\d{3})+)(\.\d*)?(e[+-]?\d+)?|[+-]?\.\d+(e[+-]?\d+)?", re.IGNORECASE
)
COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. ']\d{3})+)(,\d*)?(e[+-]?\d+)?|[+-]?,\d+(e[+-]?\d+)?", re.IGNORECASE)
SPACES = str.maketrans(
    {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ", "’": "'"}
)
FAULTS = {
    "=": "is a formula. Copy the column and paste its values.",
    "#": "is an error of the spreadsheet. Mend its formula, or leave the cell empty.",
}
NOT_A_NUMBER = "is not a number. Write the number alone, or leave the cell empty if it is not known."


def numbers(texts, rows, *, column, separator=","):
    """(floats with None for missing, notes) of a column.

    texts: its cells. rows: the number of each in the file. column: its name. separator: of the
    file, since semicolons go with decimal commas. Suppressed cells ("*", "<5", "[c]") are missing,
    and a note counts them. Raises Refused for the first cell that is not a number.
    """
    cells = [text.translate(SPACES).strip() for text in texts]
    known = {at: text for at, text in enumerate(cells) if not _is_missing(text)}
    percent = _percent(known, rows, column)
    bare = {at: text.removesuffix("%").strip().replace("−", "-") for at, text in known.items()}
    comma, notes = _decimal_comma(bare, rows, column, separator)
    found = [None] * len(cells)
    for at, text in bare.items():
        found[at] = _number(text, comma)
    hidden = sum(bool(SUPPRESSED.fullmatch(text)) for text in cells)
    if hidden:
        notes.append(f"Column “{column}”: {_cells(hidden)} suppressed and counted as missing.")
    if percent:
        notes.append(f"Column “{column}”: “{known[min(known)]}” was read as {found[min(known)]:g}.")
    return found, notes


def _is_missing(text):
    return text.casefold() in MISSING or bool(SUPPRESSED.fullmatch(text))


def _cells(count):
    return "1 cell is" if count == 1 else f"{count} cells are"


def _percent(known, rows, column):
    """Whether the column is in percent; Refused if only a part of it is."""
    marked = [at for at, text in known.items() if text.endswith("%")]
    if marked and len(marked) < len(known):
        other = next(at for at in known if at not in set(marked))
        raise cell(
            rows[other], column, known[other], f"has no percent sign, but row {rows[marked[0]]} has. Use one."
        )
    return bool(marked)


def _decimal_comma(bare, rows, column, separator):
    """(whether the column has decimal commas, notes); Refused for a cell that fits neither or the other."""
    only_point = only_comma = either = None
    for at, text in bare.items():
        point, comma = POINT.fullmatch(text), COMMA.fullmatch(text)
        if not point and not comma:
            raise cell(rows[at], column, text, FAULTS.get(text[:1], NOT_A_NUMBER))
        if point and comma:
            either = at if either is None and re.search("[.,]", text) else either
        elif point:
            only_point = at if only_point is None else only_point
        else:
            only_comma = at if only_comma is None else only_comma
    if only_point is not None and only_comma is not None:
        raise _mixed(only_point, only_comma, bare, rows, column)
    if only_point is not None or only_comma is not None:
        return only_comma is not None, []
    return _undecided(either, bare, column, separator)


def _mixed(point, comma, bare, rows, column):
    advice = (
        f"has a decimal comma, but “{bare[point]}” in row {rows[point]} a decimal point. Use one of them."
    )
    return cell(rows[comma], column, bare[comma], advice)


def _undecided(either, bare, column, separator):
    """Marks that may divide thousands or decimals: a comma divides thousands unless the file has semicolons."""
    if either is None or separator != ";":
        return False, []
    comma = "," in bare[either]
    return comma, [f"Column “{column}”: “{bare[either]}” was read as {_number(bare[either], comma):.15g}."]


def _number(text, comma):
    plain = text.replace(" ", "").replace("'", "")
    return float(plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", ""))
