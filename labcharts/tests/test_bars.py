"""Bars: the numbers can be read back out of the picture, the table and the sentence."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcharts.bars import WIDEST, BarRow, bars, bars_sentence, bars_table
from labengines.voting import count, lot

SVG = "{http://www.w3.org/2000/svg}"
TITLES = {
    "t1": "Empowering people to manage their own health and care needs",
    "t2": "Theme <two> & “more”",
    "t3": "Third",
}
VOTE = {"t1": 61, "t2": 30, "t3": 55, "": 3}


def result_of(votes, **how):
    return count(votes, options=tuple(TITLES), roll=447, **how)


def drawn(votes, **how):
    return ElementTree.fromstring(bars(result_of(votes), titles=TITLES, **how))


def test_the_table_is_sorted_and_ends_with_no_choice():
    assert bars_table(result_of(VOTE), titles=TITLES) == (
        BarRow("t1", TITLES["t1"], 61, 61 / 149, "40.9%", "Chosen"),
        BarRow("t3", "Third", 55, 55 / 149, "36.9%"),
        BarRow("t2", TITLES["t2"], 30, 30 / 149, "20.1%"),
        BarRow("", "No choice", 3, 3 / 149, "2.0%"),
    )


def labels(picture):
    return [text.text for text in picture.iter(f"{SVG}text") if text.get("dx")]


def widths(picture):
    return [float(bar.get("width").rstrip("%")) for bar in picture.iter(f"{SVG}rect") if bar.get("x")]


@given(st.dictionaries(st.sampled_from([*TITLES, ""]), st.integers(0, 100)))
def test_the_picture_says_what_the_table_says(votes):
    rows = bars_table(result_of(votes), titles=TITLES)
    picture = drawn(votes)

    read = [re.fullmatch(r"(\d+) votes? \((.*)\)", label).groups() for label in labels(picture)]
    assert read == [(str(row.votes), row.percent) for row in rows]
    most = max(row.votes for row in rows) or 1
    assert widths(picture) == [pytest.approx(WIDEST * row.votes / most, abs=0.006) for row in rows]


def test_the_picture_is_named_and_described():
    picture = drawn(VOTE, name="nation")

    ids = [picture.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")]
    assert (picture.get("role"), picture.get("aria-labelledby").split()) == ("img", ids)
    assert picture.find(f"{SVG}title").text == "Result of the vote"
    assert picture.find(f"{SVG}desc").text == (
        f"{TITLES['t1']}: 61 votes (40.9%); Third: 55 votes (36.9%); "
        f"{TITLES['t2']}: 30 votes (20.1%); No choice: 3 votes (2.0%)"
    )


def test_titles_are_wrapped_and_never_become_markup():
    picture = drawn(VOTE)

    written = [text.text for text in picture.iter(f"{SVG}text") if not text.get("dx")]
    assert written == [
        "Empowering people to manage their",
        "own health and care needs",
        "Chosen",
        "Third",
        "Theme <two> & “more”",
        "No choice",
    ]


def test_the_picture_needs_neither_style_nor_colour():
    text = bars(result_of(VOTE), titles=TITLES)

    assert re.findall(r"style|class=|<script|\son\w+=", text) == []
    fills = [bar.get("fill") for bar in ElementTree.fromstring(text).iter(f"{SVG}rect") if bar.get("x")]
    assert fills == ["#1f5b57", "#9dbfbc", "#9dbfbc", "url(#result-hatch)"]


def test_nothing_overlaps():
    bars_top = [float(bar.get("y")) for bar in drawn(VOTE).iter(f"{SVG}rect") if bar.get("x")]

    assert bars_top == [66, 130, 194, 258]
    assert drawn(VOTE).get("height") == "300"


TURNOUT = "149 of 447 people who could vote did so (33.3%)."


@pytest.mark.parametrize(
    ("votes", "tie_break", "sentence"),
    [
        (VOTE, None, f"61 of 149 people who voted (40.9%) chose “{TITLES['t1']}”. {TURNOUT}"),
        (
            {"t2": 70, "t3": 70, "": 9},
            None,
            f"“{TITLES['t2']}” and “Third” came joint first, with 70 votes each. {TURNOUT}",
        ),
        (
            {"t2": 70, "t3": 70, "": 9},
            lambda tied: tied[::-1],
            f"“{TITLES['t2']}” and “Third” had 70 votes each. The published lot chose “Third”. {TURNOUT}",
        ),
        ({"": 149}, lot(b""), f"Nobody chose an option. {TURNOUT}"),
    ],
)
def test_the_sentence(votes, tie_break, sentence):
    assert bars_sentence(result_of(votes, tie_break=tie_break), titles=TITLES) == sentence


def test_a_tie_is_noted_beside_its_bars():
    rows = bars_table(result_of({"t1": 2, "t3": 2}), titles=TITLES)

    assert [row.note for row in rows] == ["Joint first", "Joint first", ""]


def test_a_vote_without_a_roll_says_nothing_of_turnout():
    result = count({"t1": 1}, options=tuple(TITLES))

    assert bars_sentence(result, titles=TITLES) == f"1 of 1 people who voted (100.0%) chose “{TITLES['t1']}”."
