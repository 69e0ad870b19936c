"""Lists as people keep them: titles, hidden sheets, other alphabets, other words."""

import io

import openpyxl
import pytest

from qlabs.base.people.transfer import read_guests, read_members, read_sheet
from qlabs.base.people.transfer.choices import CHOICES, COMMON, understood
from qlabs.base.people.transfer.sheets import as_sheet

from .test_transfer import ROWS, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("heading", "word", "reason"),
    [
        ("Perspective", "Wizard", "is not on the list of perspectives"),
        ("Nation", "Narnia", "is not a nation we know"),
        ("Organisation type", "Guild", "is not a type we know"),
        ("Region", "x" * 101, "is too long: at most 100 characters"),
        ("Skills", "a\x07", "has characters that cannot be shown"),
    ],
)
def test_a_value_that_cannot_be_used_is_left_out_and_said_and_the_person_is_taken(heading, word, reason):
    table = read([["Name", "Email", heading], ["Ann", "a@x.org", word]])
    assert (table.refused, [row["email"] for row in table.rows]) == ([], ["a@x.org"])
    assert set(table.rows[0].values()) == {"Ann", "a@x.org", ""}
    shown = word.replace("\x07", "\ufffd")
    assert table.ignored == [{"row": 2, "column": 2, "cell": shown, "reason": reason}]


def test_a_good_row_after_a_bad_one_with_the_same_address_is_taken():
    table = read([["Name", "Email"], ["", "a@x.org"], ["Ann", "a@x.org"], ["Bob", "a@x.org"]])
    assert [row["name"] for row in table.rows] == ["Ann"]
    same = {"1": "is the same as in row 3"}
    assert [(one["row"], one["reasons"]) for one in table.refused] == [(2, {"0": "is missing"}), (4, same)]
    guests = read_guests(as_sheet([(1, ["Name", "Email"]), (2, ["", "a@x.org"]), (3, ["Ann", "a@x.org"])]))
    assert guests.rows == [{"name": "Ann", "email": "a@x.org"}]


@pytest.mark.parametrize(
    ("name", "words", "meant"),
    [
        ("nation", "Eng eng GB-ENG ENGLAND Lloegr", "england"),
        ("nation", "Scot Alba SCT scotland", "scotland"),
        ("nation", "Cymru cymru Wal WLS", "wales"),
        ("nation", "NI N.I. N.Ireland", "northern-ireland"),
        ("perspective", "Service-user patient PPI lived-experience", "lived-experience"),
        ("perspective", "Clinician nurse GP A.H.P.", "front-line-staff"),
        ("perspective", "carers relative", "carer"),
        ("perspective", "commissioner policy-maker", "commissioner-policy"),
        ("organisation_kind", "Local-authority LA", "council"),
        ("organisation_kind", "VCSE third-sector", "charity"),
        ("nation", "UK Narnia", ""),
        ("perspective", "England", ""),
    ],
)
def test_common_words_are_understood(name, words, meant):
    assert {word: understood(name, word) for word in words.split()} == dict.fromkeys(words.split(), meant)


def test_no_common_word_means_two_things():
    for name, choices in CHOICES.items():
        words = [word.strip().lower() for one in choices for word in COMMON[one].split(",")]
        assert len(words) == len(set(words)), name


@pytest.mark.parametrize(
    "content",
    [
        "Name,Email\nAnn,a@x.org\n".encode("utf-16"),
        b"\xfe\xff" + "Name\tEmail\nAnn\ta@x.org\n".encode("utf-16-be"),
        b"sep=;\r\nName;Email\r\nAnn;a@x.org\r\n",
        b"sep=|\nName|Email\nAnn|a@x.org\n",
        b'"sep=,"\n"Name","Email"\n"Ann","a@x.org"\n',
        b"Members of Q, all of them, January\n\nName;Email\nAnn;a@x.org\n",
        b'"Name (first; last; any)";"x";"Name";"Email"\n"a,b,c,d,e";;Ann;a@x.org\n',
        b'Title,,\nName,Email,"Notes; odd; many; of; them"\nAnn,a@x.org,"one; two; three; four"\n',
        b"Name,E-mail,Notes\nAnn,a@x.org,a;b;c\n",
    ],
)
def test_a_list_is_read_whatever_its_alphabet_separator_and_titles(content):
    assert [(row["name"], row["email"]) for row in read_members(read_sheet("x.csv", content)).rows] == [
        ("Ann", "a@x.org")
    ]


def test_rows_keep_the_numbers_of_the_file_below_titles_and_a_named_separator():
    sheet = read_sheet("x.csv", b"sep=;\nMembers\n\nName;Email\nAnn;a@x.org\n")
    assert (sheet.headings, sheet.rows) == (["Name", "Email"], [(5, ["Ann", "a@x.org"])])


def test_the_first_sheet_that_is_shown_is_read():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Secret", "Sheet"])
    for row in ROWS:
        book.create_sheet("People") if "People" not in book.sheetnames else None
        book["People"].append(row)
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(out)
    assert read_sheet("x.xlsx", out.getvalue()).headings == ROWS[0]


def test_columns_that_no_heading_names_are_matched_by_hand():
    sheet = as_sheet([(1, ["Who", "Where to write"]), (2, ["Ann", "a@x.org"])])
    assert read_members(sheet).rows == []
    assert read_members(sheet, {"name": 0, "email": 1}).rows == [{"name": "Ann", "email": "a@x.org"}]


def test_a_list_without_headings_loses_nobody():
    sheet = as_sheet([(1, ["Ann", "a@x.org"]), (2, ["Bob", "b@x.org"])])
    assert [row["name"] for row in read_members(sheet, {"name": 0, "email": 1}).rows] == ["Ann", "Bob"]
