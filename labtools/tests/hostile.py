"""Tables as they come from wards and spreadsheets, good and bad: bytes, the options, and what must be said."""

import io
import zipfile
from dataclasses import dataclass

P = "--kind p --value y --denominator n --date date"
I = "--kind i --value y --date date"  # noqa: E741 - the chart's own name
MONTHS = tuple(f"2024-{month:02}-01" for month in range(1, 5))


@dataclass(frozen=True)
class Table:
    """content: bytes of the file. options: of the command. said: on standard error, without "labtools: "."""

    content: bytes
    options: str
    said: tuple
    status: int


def good(content, options=P, *notes):
    return Table(_bytes(content), options, tuple(f"note: {note}" for note in notes), 0)


def bad(content, said, options=P):
    return Table(_bytes(content), options, (said,), 2)


def rows(*cells, header="date,y,n"):
    """A small good table whose last rows are those given."""
    first = [f"{month},{number},20" for number, month in enumerate(MONTHS, 3)]
    return "\n".join([header, *first, *cells]) + "\n"


def dated(*dates):
    return "date,y\n" + "\n".join(f"{date},{number}" for number, date in enumerate(dates, 5)) + "\n"


def valued(*values, separator=","):
    lines = [f"{month}{separator}{value}" for month, value in zip(MONTHS, values, strict=False)]
    return "\n".join([f"date{separator}y", *lines]) + "\n"


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def _bytes(content):
    return content.encode() if isinstance(content, str) else content


SAVE = "Open it in a spreadsheet program and save it as “CSV UTF-8”."
NOT_A_NUMBER = "is not a number. Write the number alone, or leave the cell empty if it is not known."
UK = "Column “date”: “01/04/2024” was read as 1 April 2024 (day first)."
WAITS = "date,wärme\n2024-01-01,5\n2024-02-01,6\n"
NAMED = I.replace("--value y", "--value wärme")

ENCODINGS = {
    "utf-8": good(rows()),
    "utf-8-bom": good("\ufeff" + rows()),
    "utf-16": good(rows().encode("utf-16")),
    "utf-16-be-bom": good(b"\xfe\xff" + rows().encode("utf-16-be")),
    "utf-16-le-no-bom": good(rows().encode("utf-16-le")),
    "utf-16-be-no-bom": good(rows().encode("utf-16-be")),
    "utf-8-umlaut": good(WAITS, NAMED),
    "windows-1252": good(
        WAITS.encode("cp1252"), NAMED, "The file is not UTF-8; it was read as Windows-1252."
    ),
    "no-encoding": bad(
        b"date,y\n2024-01-01,\x81\n", f"Byte 19 of the file is not text in any encoding known here. {SAVE}"
    ),
    "utf-16-cut": bad(
        rows().encode("utf-16")[:-1], f"Byte 147 of the file is not text in any encoding known here. {SAVE}"
    ),
    "nul-bytes": bad(rows("2024-05-01,5\0,20"), f"Byte 86 of the file is zero, so it is not text. {SAVE}"),
    "xlsx": bad(workbook(), f"This is a spreadsheet (XLSX, ODS) or a ZIP archive, not a CSV file. {SAVE}"),
    "xls": bad(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
        f"This is an old Excel spreadsheet (XLS), not a CSV file. {SAVE}",
    ),
    "png": bad(b"\x89PNG\r\n\x1a\n" + bytes(64), f"This is a picture (PNG), not a CSV file. {SAVE}"),
    "pdf": bad(b"%PDF-1.7\n", f"This is a PDF document, not a CSV file. {SAVE}"),
    "web-page": bad("<!DOCTYPE html><p>404</p>", f"This is a web page (HTML), not a CSV file. {SAVE}"),
}

SHAPES = {
    "semicolons": good(rows().replace(",", ";")),
    "tabs": good(rows().replace(",", "\t")),
    "bars": good(rows().replace(",", "|")),
    "separator-said": good("sep=;\r\n" + rows().replace(",", ";")),
    "separator-said-and-a-fault": bad(
        "sep=;\n" + rows("2024-05-01,seven,20").replace(",", ";"),
        f"Row 7, column “y”: “seven” {NOT_A_NUMBER}",
    ),
    "crlf": good(rows().replace("\n", "\r\n")),
    "cr": good(rows().replace("\n", "\r")),
    "no-last-line-end": good(rows().rstrip("\n")),
    "blank-lines": good("\n\n" + rows("", ",,", "2024-05-01,7,20", "")),
    "trailing-empty-columns": good(rows("2024-05-01,7,20,,,").replace("y,n\n", "y,n,,\n")),
    "quoted": good(rows('"2024-05-01","7","20"', header='"date","y","n"')),
    "quoted-line-end": good(rows(header='date,y,n,"free\ntext"').replace("20\n", '20,"a\nb"\n')),
    "names-in-other-dress": good(rows(header=" DATE ,Y,\N{NO-BREAK SPACE}N ")),
    "short-row": good(rows("2024-05-01,7")),
    "one-row": good("date,y,n\n2024-01-01,3,20\n"),
    "long-field": good(rows().replace("y,n", "y,n,text").replace("20\n", f"20,{'x' * 100_000}\n")),
    "too-long-field": bad(
        rows("2024-05-01,7," + "x" * 140_000),
        "Row 6: a cell holds more than 131,072 characters. Perhaps a quotation mark is missing.",
    ),
    "wide": good(rows(header="date,y,n," + ",".join(f"c{n}" for n in range(100_000)))),
    "empty": bad(b"", "The file is empty. It needs a row of column names and a row for each period."),
    "only-blank": bad(
        "\n , \n\t\n".replace(",", ""),
        "The file is empty. It needs a row of column names and a row for each period.",
    ),
    "only-commas": bad(
        ",,\n,,\n", "The file is empty. It needs a row of column names and a row for each period."
    ),
    "only-header": bad("date,y,n\n", "The file has column names but no rows below them."),
    "title-above": bad(
        "Falls on ward 5\n\n" + rows(),
        "Row 3 holds the column names, but they must be in the first row. "
        "Delete the 2 rows above it and split merged cells.",
    ),
    "merged-header": bad(
        "period,2024,\n" + rows(),
        "Row 2 holds the column names, but they must be in the first row. "
        "Delete the row above it and split merged cells.",
    ),
    "column-not-there": bad(
        rows(header="date,falls,n"), "There is no column “y”. The columns are “date”, “falls”, “n”."
    ),
    "no-column-names": bad(
        rows(header="2023-12-01,2,20"), "There is no column “y”. The columns are “2023-12-01”, “2”, “20”."
    ),
    "two-columns-of-one-name": bad(
        rows(header="date,y,n,y"), "Columns 2 and 4 are both called “y”. Give each column a name of its own."
    ),
    "mixed-separators": bad(
        "date,y,n\n2024-01-01;3;20\n2024-02-01;4;20\n", "There is no column “y”. The columns are “date,y,n”."
    ),
    "more-cells-than-names": bad(
        rows("2024-05-01,1,234,1,500"),
        "Row 6 has 5 cells, but there are 3 column names. "
        "A text or number that holds the separator needs quotation marks around it.",
    ),
    "quote-not-closed": bad(
        rows('2024-05-01,"7,20'), "Row 6: a quotation mark is opened and never closed. Close it or delete it."
    ),
    "quote-inside": bad(
        rows('2024-05-01,"7"x,20'), "Row 6: a quotation mark stands inside a cell. Double it, or delete it."
    ),
}

NUMBERS = {
    "decimal-comma": good(valued("1,5", "2,25", separator=";"), I),
    "decimal-comma-in-quotes": good(valued('"1,5"', '"2,25"'), I),
    "thousands": good(valued('"1,234"', '"1,234,567.5"'), I),
    "thousands-or-decimals": good(
        valued("1,234", "2,345", separator=";"), I, "Column “y”: “1,234” was read as 1.234."
    ),
    "percent": good(valued("12%", "7.5 %"), I, "Column “y”: “12%” was read as 12."),
    "missing": good(valued("", "NA", "-", "5"), I),
    "all-missing": good(valued("", "NA", "-"), I),
    "suppressed": good(
        valued("*", "<5", "[c]", "7"), I, "Column “y”: 3 cells are suppressed and counted as missing."
    ),
    "suppressed-once": good(
        valued("5", "<5", "6"), I, "Column “y”: 1 cell is suppressed and counted as missing."
    ),
    "exponent": good(valued("1e3", "2.5E-3"), I),
    "negative-values": good(valued("-5", "−6", "+7"), I),
    "some-percent": bad(
        valued("12%", "7"), "Row 3, column “y”: “7” has no percent sign, but row 2 has. Use one.", I
    ),
    "point-and-comma": bad(
        valued("1.5", "2,25", separator=";"),
        "Row 3, column “y”: “2,25” has a decimal comma, but “1.5” in row 2 a decimal point. Use one of them.",
        I,
    ),
    "text": bad(rows("2024-05-01,seven,20"), f"Row 6, column “y”: “seven” {NOT_A_NUMBER}"),
    "text-after-number": bad(rows("2024-05-01,7 (est.),20"), f"Row 6, column “y”: “7 (est.)” {NOT_A_NUMBER}"),
    "infinity": bad(valued("5", "inf"), f"Row 3, column “y”: “inf” {NOT_A_NUMBER}", I),
    "formula": bad(
        rows('2024-05-01,"=SUM(B2:B5)",20'),
        "Row 6, column “y”: “=SUM(B2:B5)” is a formula. Copy the column and paste its values.",
    ),
    "formula-error": bad(
        rows("2024-05-01,#DIV/0!,20"),
        "Row 6, column “y”: “#DIV/0!” is an error of the spreadsheet. Mend its formula, or leave the cell empty.",
    ),
    "control-letters": bad(
        rows("2024-05-01,\x1b[31m7,20"), f"Row 6, column “y”: “\ufffd[31m7” {NOT_A_NUMBER}"
    ),
    "very-long-text": bad(
        rows(f"2024-05-01,{'7' * 50}x,20"), f"Row 6, column “y”: “{'7' * 39}…” {NOT_A_NUMBER}"
    ),
    "huge": bad(
        valued("5", "1e308"), "Row 3, column “y”: 1e+308 cannot be used here; it must be up to 1e+100.", I
    ),
    "beyond-huge": bad(
        valued("5", "1e999"), "Row 3, column “y”: inf cannot be used here; it must be up to 1e+100.", I
    ),
    "huge-integer": bad(
        valued("5", "9" * 400), "Row 3, column “y”: inf cannot be used here; it must be up to 1e+100.", I
    ),
    "negative-denominator": bad(
        rows("2024-05-01,7,-20"), "Row 6, column “n”: -20 cannot be used here; it must be more than 0."
    ),
    "zero-denominator": bad(
        rows("2024-05-01,0,0"), "Row 6, column “n”: 0 cannot be used here; it must be more than 0."
    ),
    "negative-count": bad(
        rows("2024-05-01,-7,20"), "Row 6, column “y”: -7 cannot be used here; it must be at least 0."
    ),
    "more-than-all": bad(
        rows("2024-05-01,21,20"),
        "Row 6, column “y”: 21 cannot be used here; it must be at most the denominator, 20.",
    ),
    "unsorted-more-than-all": bad(
        rows("2023-05-01,21,20"),
        "Row 6, column “y”: 21 cannot be used here; it must be at most the denominator, 20.",
    ),
    "unsorted-negative": bad(
        rows("2023-05-01,-7,20"), "Row 6, column “y”: -7 cannot be used here; it must be at least 0."
    ),
}

DATES = {
    "iso": good(dated("2024-04-01", "2024-05-01"), I),
    "iso-with-time": good(dated("2024-04-01T00:00:00Z", "2024-05-01 00:00"), I),
    "uk-told-by-a-day": good(dated("01/04/2024", "13/05/2024"), I),
    "uk-not-told": good(dated("01/04/2024", "01/05/2024"), I, UK),
    "us-told-by-a-day": good(
        dated("04/13/2024", "05/01/2024"),
        I,
        "Column “date”: “04/13/2024” was read as 13 April 2024 (month first).",
    ),
    "dots-and-two-digits": good(dated("13.4.24", "1.5.24"), I),
    "named-month": good(dated("1 Apr 2024", "1 May 2024"), I),
    "month-and-year": good(dated("Apr-24", "May-24"), I),
    "iso-month": good(dated("2024-04", "2024-05"), I),
    "compact": good(dated("20240401", "20240501"), I),
    "spreadsheet-days": good(
        dated("45383", "45413"), I, "Column “date”: “45383” was read as 1 April 2024, a spreadsheet's day."
    ),
    "compact-month": good(
        dated("202404", "202405"), I, "Column “date”: “202404” was read as 1 April 2024, year and month."
    ),
    "compact-week": good(dated("202412", "202413"), I),
    "week-numbers": good(dated("1", "2", "3"), I),
    "names": good(dated("Q1", "Q2"), I),
    "unsorted": good(dated("2024-05-01", "2024-04-01"), I),
    "repeated": good(
        dated("2024-04-01", "2024-04-01", "2024-05-01"),
        I,
        "Column “date”: 3 rows became 2 points, since some share a period.",
    ),
    "repeated-where-each-stands-once": bad(
        dated("2024-04-01", "2024-04-01"),
        "Column “date”: 1 April 2024 stands in more than one row, "
        "but this preset takes one row for each period. If the rows belong to several sites, "
        "name their column with --facet.",
        f"{I} --preset making-data-count",
    ),
    "total-below": good(rows(",18,80"), P, "1 row has no “date” and is left out."),
    "total-named": bad(
        rows("Total,18,80"),
        "Row 6, column “date”: “Total” is not a date like “2024-01-01” and the other rows. Write all alike.",
    ),
    "no-dates-at-all": bad("date,y\n,5\nNA,6\n", "There are 0 points, but the chart needs at least 1.", I),
    "two-styles": bad(
        dated("2024-04-01", "2024-05-01", "01/06/2024"),
        "Row 4, column “date”: “01/06/2024” is not a date like “2024-04-01” and the other rows. Write all alike.",
        I,
    ),
    "day-that-never-was": bad(
        dated("2024-02-01", "2024-02-30"),
        "Row 3, column “date”: “2024-02-30” is not a date like “2024-02-01” and the other rows. Write all alike.",
        I,
    ),
}

TABLES = {
    f"{group}-{name}": table
    for group, tables in {"encoding": ENCODINGS, "shape": SHAPES, "number": NUMBERS, "date": DATES}.items()
    for name, table in tables.items()
}
