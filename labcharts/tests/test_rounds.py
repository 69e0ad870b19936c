"""Rounds as picture, table and sentences: the same numbers, readable without colour."""

import re
import xml.etree.ElementTree as ET

from labcharts.rounds import rounds_svg, rounds_table
from labcharts.rounds_words import ENGLISH, explain, figure
from labengines.voting import RULES, count

TITLES = {"a": "Sleep & rest", "b": "Pain", "c": "Falls"}
BALLOTS = {("a",): 4, ("b", "c"): 3, ("c", "b"): 1, ("c",): 1}


def runoff(**choices):
    return count(BALLOTS, options="abc", rule="instant-runoff", **choices)


def texts(svg):
    return [text.text for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_a_run_off_in_sentences():
    assert explain(runoff(), titles=TITLES) == (
        "9 ballots were counted; 0 chose nothing that could be counted.",
        "Round 1: Sleep & rest 4, Pain 3, Falls 2. 5 votes are needed. Falls has the fewest votes and leaves.",
        "Round 2: the votes of Falls move: 1 to Pain, 1 to nobody, as no further choice is named. Sleep & rest 4, "
        "Pain 4. Sleep & rest, Pain are level for having to leave; an earlier round decides: Pain. Pain has the "
        "fewest votes and leaves.",
        "Round 3: the votes of Pain move: 4 to nobody, as no further choice is named. Sleep & rest 4. Sleep & rest "
        "is among as many as there are seats left and is elected.",
        "Elected: Sleep & rest.",
    )


def test_an_open_tie_is_said():
    told = explain(count({("a",): 1, ("b",): 1}, options="ab", rule="approval"), titles=TITLES)

    assert told[1] == (
        "Sleep & rest 1, Pain 1. Sleep & rest, Pain are level for a seat. No tie break was agreed, so this stays open."
    )
    assert told[2] == "Nobody is elected."


def test_the_table_has_a_column_for_each_round():
    assert str(rounds_table(runoff(), titles=TITLES)).splitlines() == [
        "Option             Round 1  Round 2  Round 3",
        "Sleep & rest             4        4        4  elected",
        "Pain                     3        4        0  leaves",
        "Falls                    2        0        0  leaves",
        "No further choice        0        1        5",
    ]


def test_the_picture_says_everything_in_words_and_hatches_who_leaves():
    svg = rounds_svg(runoff(), titles=TITLES, title="Which theme?")

    assert {"Sleep & rest", "2 leaves", "4 elected", "Round 3", "needed: 5", "No further choice"} <= set(
        texts(svg)
    )
    assert svg.count('fill="url(#rounds-hatch)"') == 5  # two who leave, three rounds of what is exhausted
    assert len(re.findall(r'<path d="M[\d. ]+C', svg)) == 3
    assert "Falls has the fewest votes and leaves." in svg
    assert "style=" not in svg


def test_two_pictures_of_one_page_have_ids_of_their_own():
    svg = rounds_svg(runoff(), titles=TITLES, title="Which theme?", name="second")

    assert set(re.findall(r'id="(\w+)-', svg)) == {"second"}


def test_one_function_writes_numbers():
    assert [figure(number) for number in (0, 1234, 2.5, -3, 1 / 3)] == ["0", "1,234", "2.5", "−3", "0.333"]


def test_every_reason_of_every_rule_has_words():
    ballots = {
        "choice": {"a": 3, "b": 2}, "chosen": {("a",): 3, ("b", "c"): 2, ("a", "b"): 1}, "ranked": BALLOTS,
        "scored": {(5, 1, 0): 3, (0, 4, 5): 2}, "points": {(("a", 2),): 3, (("b", 1),): 2},
    }  # fmt: skip
    for rule, (_, form, several) in RULES.items():
        needed = {"exactly": {"marks": 1}, "up-to": {"marks": 2}}.get(rule, {})
        money = {"costs": {"a": 1, "b": 2, "c": 3}, "budget": 2} if rule.startswith("budget") else {}
        cast = {("a",): 2} if rule == "exactly" else ballots[form]
        result = count(cast, options="abc", rule=rule, seats=1 + several, tie_break=sorted, **needed, **money)
        told = explain(result, titles=TITLES)
        assert all("{" not in sentence for sentence in told)
        assert all(why in ENGLISH.reasons for stage in result.stages for _, why in stage.why)
        ET.fromstring(rounds_svg(result, titles=TITLES, title=rule))
