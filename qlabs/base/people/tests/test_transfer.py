import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qlabs.base.core import apart
from qlabs.base.core.apart import sheets
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.people.transfer import Unreadable, read_guests, read_members, read_sheet, refused_csv
from qlabs.base.people.transfer.sheets import SENTENCES, as_sheet

pytestmark = pytest.mark.django_db
ROWS = [
    ["Name", "Email", "Nation"],
    ["Siân Thomas", "sian@example.org", "Cymru"],
    ["Ann", "ann@example.org", "Wales"],
]


def as_csv(rows, *, separator=",", encoding="utf-8", ends="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ends).writerows(rows)
    return out.getvalue().encode(encoding)


def as_workbook(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def read(rows):
    return read_members(as_sheet(list(enumerate(rows, start=1))))


def reasons(*rows, headings=("Name", "Email")):
    return [(one["row"], one["reasons"]) for one in read([list(headings), *map(list, rows)]).refused]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_a_csv_file_is_read_in_any_usual_form(encoding, separator, ends):
    facts, _nothing = sheets.delimited(as_csv(ROWS, separator=separator, encoding=encoding, ends=ends))
    assert facts == {"rows": list(enumerate(ROWS, start=1))}


def test_a_workbook_is_read_like_a_csv_file():
    sheet = read_sheet("x.XLSX", as_workbook(ROWS))
    assert (sheet.headings, sheet.rows) == (ROWS[0], [(2, ROWS[1]), (3, ROWS[2])])


def test_numbers_and_dates_in_a_workbook_become_text():
    sheet = read_sheet("x.xlsx", as_workbook([["Name", "Email"], [7.0, 2.5]]))
    assert sheet.rows == [(2, ["7", "2.5"])]


def test_empty_rows_are_left_out_and_numbers_stay_those_of_the_file():
    sheet = read_sheet("x.csv", b"Name,Email\n\n , \nAnn,a@x.org\n")
    assert sheet.rows == [(4, ["Ann", "a@x.org"])]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"", "The file is empty."),
        ("x.csv", b"Name,Email\n" * 10_002, "The file has more than 10,000 rows."),
        ("x.csv", b"x" * 5_000_001, "The file is larger than 5 MB."),
        ("x.csv", b"Name" + b"," * 60, "Row 1 has more than 50 columns."),
        ("x.csv", b'Name,Email\n"' + b"x" * 200_000, "The file is not a list we can read."),
        ("x.xlsx", b"PK\x03\x04 and nothing", "The file is not an Excel workbook."),
        ("x.xlsx", b"Name,Email", "The file is not an Excel workbook."),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(name, content, words):
    with pytest.raises(Unreadable) as problem:
        read_sheet(name, content)
    assert problem.value.sentence.startswith(words)


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [archive(bomb=b"0" * 30_000_001), archive(**{f"part{n}": b"x" for n in range(201)})]
)
def test_an_archive_that_unpacks_to_too_much_is_refused_unread(content):
    with pytest.raises(Unreadable, match="unpacks to too much"):
        read_sheet("x.xlsx", content)


def test_a_workbook_with_an_entity_bomb_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(ROWS))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, bomb + content if part == "xl/worksheets/sheet1.xml" else content)
    with pytest.raises(Unreadable, match="The Excel file is damaged"):
        read_sheet("x.xlsx", out.getvalue())


def test_good_rows_are_cleaned():
    table = read(
        [
            [
                "First name",
                "SURNAME",
                "E-mail address",
                "Role",
                "Organization",
                "Organisation type",
                "Country",
            ],
            [" Ann ", "Smith", "ANN@Example.org", "patient", " Barts   Health ", "Local authority", "NI"],
        ]
    )
    assert (table.rows, table.refused, table.known) == (
        [
            {
                "name": "Ann Smith",
                "email": "ann@example.org",
                "perspective": "lived-experience",
                "organisation": "Barts Health",
                "organisation_kind": "council",
                "nation": "northern-ireland",
            }
        ],
        [],
        0,
    )


def test_people_who_are_members_are_counted_as_known_and_guests_are_not():
    member, guest = PersonFactory(member=True), PersonFactory()
    table = read([["Name", "Email"], ["A", member.email.upper()], ["B", guest.email]])
    assert (table.known, [row["email"] for row in table.rows], table.refused) == (1, [guest.email], [])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "a@x.org"), {"0": "is missing"}),
        (("Ann", ""), {"1": "is missing"}),
        (("Ann", "a.x.org"), {"1": "is not an email address like name@example.com"}),
        (("Ann", "ä@x.org"), {"1": "is not an email address like name@example.com"}),
        (("Ann", "a@b@x.org"), {"1": "is not an email address like name@example.com"}),
        (("A" * 151, "a@x.org"), {"0": "is too long: at most 150 characters"}),
        (("Ann", f"{'a' * 250}@x.org"), {"1": "is too long: at most 254 characters"}),
        (("A\x07nn", "a@x.org"), {"0": "has characters that cannot be shown"}),
        (("", "nonsense"), {"0": "is missing", "1": "is not an email address like name@example.com"}),
    ],
)
def test_a_row_that_cannot_be_used_says_why_beside_the_cell(row, expected):
    assert reasons(row) == [(2, expected)]


def test_the_same_address_twice_keeps_the_first_row():
    table = read([["Name", "Email"], ["A", "a@x.org"], ["B", "A@X.org"]])
    assert [row["name"] for row in table.rows] == ["A"]
    assert [(one["row"], one["reasons"]) for one in table.refused] == [(3, {"1": "is the same as in row 2"})]


def test_no_control_character_is_kept_of_headings_and_refused_cells():
    table = read([["Name\x00", "Email"], ["A\x00", "a\x00@x.org"]])
    assert (table.headings, table.refused[0]["cells"]) == (
        ["Name\ufffd", "Email"],
        ["A\ufffd", "a\ufffd@x.org"],
    )


def test_a_closed_account_is_not_invited():
    person = PersonFactory(is_active=False)
    assert reasons(("Ann", person.email)) == [(2, {"1": "belongs to an account that was closed"})]


@pytest.mark.parametrize(
    ("headings", "missing"), [(["Name"], "Email"), (["Email"], "Name"), (["x", "y"], "Email")]
)
def test_a_list_of_guests_without_the_needed_headings_is_refused(headings, missing):
    with pytest.raises(Unreadable, match=f"No column is headed “{missing}”"):
        read_guests(as_sheet([(1, headings), (2, ["a", "b"])]))


def test_the_rows_to_mend_can_be_mended_and_imported_again():
    table = read([["Name", "Email"], ["=cmd|' /C calc'!A0", "nonsense"], ["", "b@x.org"]])
    content = refused_csv(table.headings, table.refused)
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert written == [
        ["Name", "Email", "What to fix"],
        ["'=cmd|' /C calc'!A0", "nonsense", "Email is not an email address like name@example.com"],
        ["", "b@x.org", "Name is missing"],
    ]
    again = read_sheet("x.csv", content.replace(b"nonsense", b"c@x.org"))
    assert read_members(again).rows == [{"name": "=cmd|' /C calc'!A0", "email": "c@x.org"}]


def test_no_cell_of_the_refused_rows_can_start_a_formula():
    refused = [{"row": 2, "cells": ["a;@1"], "reasons": {"0": "+x"}}]
    assert refused_csv(["=Name"], refused).decode("utf-8-sig").splitlines() == [
        """"'=Name","What to fix\"""",
        """"a;'@1","'=Name +x\"""",
    ]


hostile = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=6).map(
        lambda rows: b"Name,Email,Nation\n" + as_csv(rows, encoding="utf-8").replace(b"\r\r", b"\r")
    ),
    st.binary(max_size=200).map(lambda noise: b"PK\x03\x04" + noise),
    st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=8)).map(
        lambda change: WORKBOOK[: change[0]] + change[1] + WORKBOOK[change[0] + len(change[1]) :]
    ),
)
WORKBOOK = as_workbook(ROWS)
READERS = {"csv": sheets.delimited, "xlsx": sheets.workbook}


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=hostile, ending=st.sampled_from(["csv", "xlsx"]))
def test_hostile_bytes_are_read_or_refused(content, ending):
    try:
        facts, _nothing = READERS[ending](content)
        table = read_members(as_sheet(facts["rows"]))
    except Unreadable:
        return
    except apart.Unreadable as problem:
        SENTENCES[problem.code]
        return
    refused_csv(table.headings, table.refused).decode("utf-8-sig")
    assert all(row["name"] and row["email"].isascii() for row in table.rows)
