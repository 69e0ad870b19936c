"""Columns as people write them: what is read back is what was meant, in every style."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labtools.cli import main
from labtools.reading.dates import MONTHS, day, periods
from labtools.reading.encodings import decode
from labtools.reading.numbers import numbers
from labtools.reading.tables import read
from labtools.refusals import Refused

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))
NAMES = {number: name for name, number in MONTHS.items()}  # the longest name of each month
TO_THE_DAY = {
    "iso": lambda d: d.isoformat(),
    "iso with time": lambda d: f"{d} 13:05:00",
    "slashes, year first": lambda d: f"{d.year}/{d.month}/{d.day}",
    "uk": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "uk, two digits": lambda d: f"{d.day}.{d.month}.{d.year % 100:02}",
    "named": lambda d: f"{d.day} {NAMES[d.month].title()} {d.year}",
    "named, short": lambda d: f"{d.day:02}-{NAMES[d.month][:3].upper()}-{d.year % 100:02}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "spreadsheet's": lambda d: str((d - date(1899, 12, 30)).days),
}
TO_THE_MONTH = {
    "named": lambda d: f"{NAMES[d.month]} {d.year}",
    "named, short": lambda d: f"{NAMES[d.month][:3].title()}-{d.year % 100:02}",
    "iso": lambda d: f"{d.year}-{d.month:02}",
}
NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 2))


def rows(texts):
    return range(2, len(texts) + 2)


@pytest.mark.parametrize("style", TO_THE_DAY)
@given(days=st.lists(DAYS, min_size=1))
def test_dates_in_one_style_are_read_back(style, days):
    texts = [TO_THE_DAY[style](one) for one in days]
    assert periods(texts, rows(texts), column="date")[0] == days


@pytest.mark.parametrize("style", TO_THE_MONTH)
@given(days=st.lists(DAYS, min_size=1))
def test_months_are_their_first_day(style, days):
    texts = [TO_THE_MONTH[style](one) for one in days]
    assert periods(texts, rows(texts), column="date")[0] == [one.replace(day=1) for one in days]


@given(days=st.lists(DAYS, min_size=1))
def test_american_dates_are_told_where_a_day_tells_them(days):
    days = [*days, date(2024, 4, 13)]
    texts = [f"{one.month}/{one.day}/{one.year}" for one in days]
    assert periods(texts, rows(texts), column="date")[0] == days


@given(st.permutations([*TO_THE_DAY.values()][:6]), DAYS)
def test_one_date_is_read_in_any_style(styles, one):
    assert {day(style(one)) for style in styles} == {one}


def test_a_column_that_is_mostly_text_is_names():
    assert periods(["2024-04-01", "x", "y"], [2, 3, 4], column="date") == (["2024-04-01", "x", "y"], [])


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_with_points_are_read_back(found):
    for write in (repr, "{:,.2f}".format, "{:.2e}".format):
        texts = [write(number) for number in found]
        expected = [float(text.replace(",", "")) for text in texts]
        assert numbers(texts, rows(texts), column="y") == (expected, [])


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_with_commas_are_read_back(found):
    swap = str.maketrans({",": ".", ".": ","})
    texts = [f"{number:,.2f}".translate(swap) for number in found]
    assert numbers(texts, rows(texts), column="y", separator=";") == (found, [])


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "'", "’"])
def test_thousands_may_stand_apart(space):
    assert numbers([f"1{space}234,5"], [2], column="y") == ([1234.5], [])


@given(st.text())
def test_text_is_decoded_from_every_encoding_that_holds_it(text):
    text = "date,y\n" + text.replace("\0", "")
    for name in ("utf-8", "utf-8-sig", "utf-16"):
        try:
            content = text.encode(name)
        except UnicodeEncodeError:
            return
        assert decode(content)[0] == text


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2), min_size=2)
)
def test_cells_are_kept_whatever_stands_in_them(found):
    width = max(map(len, found))
    header = [f"c{place}" for place in range(width)]
    lines = [header, *([*row, *[""] * (width - len(row))] for row in found)]
    text = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in lines)
    kept = [row for row in lines[1:] if any(cell.strip() for cell in row)]
    if kept:
        assert [[*map(str.strip, row)] for row in read(text).rows] == [[*map(str.strip, row)] for row in kept]


def test_a_separator_inside_quoted_cells_of_several_lines_does_not_count():
    assert read('"c0","c1"\r\n"a\r|","b\r|"\r\n').rows == [["a\r|", "b\r|"]]


@given(st.binary())
def test_no_bytes_break_the_reader(content):
    try:
        table = read(decode(content)[0])
    except Refused:
        return
    assert {len(row) for row in table.rows} == {len(table.header)}


CELLS = st.sampled_from(
    ["", "1", "-2", "0", "3,5", "4.5", "*", "NA", "01/04/2024", "2024-05-01", "x", '"', "1e99", "=1"]
)


@given(
    st.lists(st.lists(CELLS, max_size=4), max_size=6),
    st.sampled_from(["i", "p", "run", "xbar", "t", "g", "pp"]),
)
def test_no_table_breaks_the_command(tmp_path_factory, found, kind):
    path = tmp_path_factory.getbasetemp() / "found.csv"
    path.write_text("date;y;n\n" + "\n".join(";".join(row) for row in found))
    columns = ["--value", "y", "--denominator", "n", "--date", "date"]
    assert main(["spc", str(path), "--kind", kind, *columns, "--html", str(path.with_suffix(".html"))]) in (
        0,
        2,
    )
