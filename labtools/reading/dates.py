"""A column of texts to periods: one style of dates is decided for the whole column, never cell by cell."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from labtools.reading.numbers import MISSING
from labtools.refusals import Refused, cell

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ],
        1,
    )
    for name in names
}
LOOKED_AT = 100  # cells that tell which styles are worth trying
EXCEL_FIRST = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"


@dataclass(frozen=True)
class Style:
    """A way to write dates. shape: regular expression. parts: what its groups are; "m" may be a name."""

    name: str
    shape: str
    parts: str

    def read(self, text):
        """The date, or None where the text is not one in this style."""
        found = re.fullmatch(self.shape, text, re.IGNORECASE)
        if not found:
            return None
        part = dict(zip(self.parts, found.groups(), strict=True))
        try:
            return date(_year(part["y"]), _month(part["m"]), int(part.get("d", 1)))
        except ValueError:
            return None


UK = Style("day first", rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){TIME}", "dmy")
US = Style("month first", UK.shape, "mdy")
STYLES = (
    Style("ISO", rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){TIME}", "ymd"),
    UK,
    US,
    Style("named month", r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})", "dmy"),
    Style("month and year", r"([a-z]{3,9})\.?[ -/']+(\d{4}|\d{2})", "my"),
    Style("ISO month", r"(\d{4})[-/](\d{1,2})", "ym"),
    Style("compact", r"((?:19|20)\d{2})(\d{2})(\d{2})", "ymd"),
)
COMPACT_MONTH = Style("compact month", r"((?:19|20)\d{2})(\d{2})", "ym")


def periods(texts, rows, *, column):
    """(periods, notes) of a column: dates, else numbers, else names; None where a cell is empty.

    texts: its cells. rows: the number of each in the file. column: its name. Dates may be written
    in eight styles, but in one of them throughout; days come before months where both are
    possible. Numbers that a spreadsheet counts as days (20000 to 80000) are dates, and so are
    those that are all a year and a month (202404).
    Raises Refused for the first cell that is unlike the others.
    """
    cells = [" ".join(text.split()) for text in texts]
    known = {at: text for at, text in enumerate(cells) if text.casefold() not in MISSING}
    notes = _left_out(len(cells) - len(known), column)
    found, more = _dates(known, rows, column) or _numbers(known, column) or (known, [])
    return [found.get(at) for at in range(len(cells))], notes + more


def day(text):
    """One date written in any style, days first; Refused where it is none."""
    for style in STYLES:
        found = style.read(text.strip())
        if found:
            return found
    raise Refused(f"“{text}” is not a date. Write it like 2024-04-01.")


def _left_out(count, column):
    if not count:
        return []
    verbs = ("row has", "is") if count == 1 else ("rows have", "are")
    return [f"{count} {verbs[0]} no “{column}” and {verbs[1]} left out."]


def _dates(known, rows, column):
    """(dates, notes), None for a column of something else; Refused where only some cells are dates."""
    start = list(known.values())[:LOOKED_AT]
    likely = [style for style in STYLES if any(style.read(text) for text in start)]
    if not likely:
        return None
    read = {style: {at: style.read(text) for at, text in known.items()} for style in likely}
    fits = {style: sum(found is not None for found in dates.values()) for style, dates in read.items()}
    best = max(likely, key=fits.get)
    if 2 * fits[best] < len(known):
        return None
    if fits[best] < len(known):
        odd = next(at for at in known if read[best][at] is None)
        like = next(text for at, text in known.items() if read[best][at] is not None)
        raise cell(
            rows[odd], column, known[odd], f"is not a date like “{like}” and the other rows. Write all alike."
        )
    return read[best], _ambiguous(best, read, known, column)


def _ambiguous(best, read, known, column):
    """A note where days and months could be told apart by no cell, or stand the American way round."""
    if best not in (UK, US):
        return []
    us, uk = read.get(US, {}), read.get(UK, {})
    if best is US or (us and all(us.values()) and us != uk):
        where = next((at for at in known if us.get(at) != uk.get(at)), min(known))
        return [
            f"Column “{column}”: “{known[where]}” was read as {written(read[best][where])} ({best.name})."
        ]
    return []


def _numbers(known, column):
    """(numbers, or days where they count days or months, notes), None for a column of something else."""
    if not known or not all(re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", text) for text in known.values()):
        return None
    for read, kind in ((_counted_day, "a spreadsheet's day"), (COMPACT_MONTH.read, "year and month")):
        found = {at: read(text) for at, text in known.items()}
        if all(found.values()):
            first = min(known)
            return found, [
                f"Column “{column}”: “{known[first]}” was read as {written(found[first])}, {kind}."
            ]
    return {at: float(text) if "." in text else int(text) for at, text in known.items()}, []


def _counted_day(text):
    """The date that a spreadsheet means by a number of days, None where it cannot be one."""
    days = int(float(text))
    return EXCEL_FIRST + timedelta(days=days) if days in EXCEL_DAYS else None


def written(found):
    """A date in words: 1 April 2024."""
    return f"{found.day} {found:%B} {found.year}"


def _year(text):
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _month(text):
    return int(text) if text.isdigit() else MONTHS.get(text.casefold(), 0)
