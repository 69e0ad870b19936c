"""Rounds as picture, table and sentences: the same numbers, readable without colour."""

import re
import xml.etree.ElementTree as ET

import pytest

from labcharts.rounds import rounds_svg, rounds_table
from labcharts.rounds_words import ENGLISH, explain, figure
from labcharts.tests.boxes import boxes, covering, outside, texts
from labengines.voting import RULES, count

TITLES = {"a": "Sleep & rest", "b": "Pain", "c": "Falls"}
BALLOTS = {("a",): 4, ("b", "c"): 3, ("c", "b"): 1, ("c",): 1}


def runoff(**choices):
    return count(BALLOTS, options="abc", rule="instant-runoff", **choices)


MANY = {
    f"o{n:02}": f"Theme {n}, of how people are told what comes next in their own care" for n in range(1, 36)
}


def one_after_another():
    """Many rounds: in each the last option leaves, and its votes move to the first."""
    ballots = {(option, *["o01"][: option != "o01"]): 36 - place for place, option in enumerate(MANY)}
    return count(ballots, options=tuple(MANY), rule="instant-runoff"), MANY


def approval():
    chosen = {(option,): 36 - place for place, option in enumerate(MANY)}
    return count(chosen, options=tuple(MANY), rule="approval"), MANY


def surplus():
    ballots = {("a", "b"): 60, ("b",): 10, ("c", "b"): 21, ("c",): 9}
    return count(ballots, options="abc", rule="stv-scottish", seats=2), TITLES


COUNTS = {
    "three rounds": lambda: (runoff(), TITLES),
    "many rounds": one_after_another,
    "a surplus": surplus,
    "one round": approval,
    "no ballots": lambda: (count({}, options="abc", rule="instant-runoff"), TITLES),
}


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


def test_every_rule_is_told_and_drawn():
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
        for width in (390, 800):
            svg = rounds_svg(result, titles=TITLES, title=rule, width=width)
            assert (rule, outside(svg), covering(svg)) == (rule, [], [])


@pytest.mark.parametrize("kind", COUNTS)
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_leaves_the_picture_and_nothing_covers_another(kind, width):
    result, titles = COUNTS[kind]()
    svg = rounds_svg(
        result, titles=titles, title="Which theme comes first in the next three years?", width=width
    )

    assert float(ET.fromstring(svg).get("width")) <= width
    assert (outside(svg), covering(svg)) == ([], [])
    assert {
        float(text.get("font-size", 12)) for text in ET.fromstring(svg).iter() if text.tag.endswith("}text")
    } >= {12, 14, 18}


@pytest.mark.parametrize("kind", COUNTS)
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_every_option_and_every_round_is_named(kind, width):
    result, titles = COUNTS[kind]()
    said = " ".join(texts(rounds_svg(result, titles=titles, title="Themes", width=width)))

    assert [title for title in titles.values() if title.split(" of")[0] not in said] == []
    rounds = (
        [f"Round {number}" for number in range(1, len(result.stages) + 1)]
        if len(result.stages) > 1
        else ["Votes"]
    )
    assert [heading for heading in rounds if heading not in said] == []


def test_on_a_phone_each_round_is_a_block_with_whose_votes_move():
    svg = rounds_svg(runoff(), titles=TITLES, title="Which theme?", width=390)

    assert texts(svg) == [
        "Which theme?", "Elected: Sleep & rest.", "moved here in this round", "leaves, or counts for nobody",
        "Round 1", "needed: 5", "Sleep & rest", "4", "Pain", "3", "Falls", "2 leaves",
        "Round 2", "The votes of Falls move.", "Sleep & rest", "4", "Pain", "4 (+1) leaves",
        "No further choice", "1 (+1)",
        "Round 3", "needed: 3", "The votes of Pain move.", "Sleep & rest", "4 elected", "No further choice", "5 (+4)",
    ]  # fmt: skip
    assert max(box[2] for box in boxes(svg) if box[0] == "1 (+1)") > min(
        box[4] for box in boxes(svg) if box[0] == "Round 2"
    )


def test_a_bar_is_as_long_as_the_votes_and_what_moved_ends_it_in_white():
    svg = rounds_svg(runoff(), titles=TITLES, title="Which theme?", width=390)

    bars = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="14" fill="([^"]+)"', svg)
    vote = 362 / 5
    hatch, solid, white = "url(#rounds-hatch)", "#425563", "#ffffff"
    assert [(round((float(x) - 14) / vote, 2), round(float(wide) / vote, 2), fill) for x, wide, fill in bars] == [
        (0, 4, solid), (0, 3, solid), (0, 2, hatch),
        (0, 4, solid), (0, 3, hatch), (3, 1, white), (0, 0, hatch), (0, 1, white),
        (0, 4, solid), (0, 1, hatch), (1, 4, white),
    ]  # fmt: skip


def test_a_surplus_that_moves_on_is_outlined_with_dashes():
    result, titles = surplus()
    svg = rounds_svg(result, titles=titles, title="Which theme?", width=390)

    assert {
        "What Sleep & rest has beyond the votes needed moves.",
        "moved on in this round",
        "34 (−26)",
    } <= set(texts(svg))
    assert svg.count('stroke-dasharray="3 2"') == 2  # in the key and at the end of the bar


def test_a_round_with_many_options_tells_the_last_of_them_in_one_line():
    result, titles = one_after_another()
    svg = rounds_svg(result, titles=titles, title="Which theme?", width=390)

    assert "29 others, each with at most 31" in texts(svg)
    assert sum(text.endswith(" leaves") for text in texts(svg)) == len(result.stages) - 1
    assert float(ET.fromstring(svg).get("height")) < 450 * len(result.stages)


def test_as_many_blocks_stand_beside_each_other_as_are_legible():
    result, titles = one_after_another()
    lefts = {
        width: {
            round(box[1])
            for box in boxes(rounds_svg(result, titles=titles, title="Themes", width=width))
            if box[0].startswith("Round")
        }
        for width in (390, 800, 1280)
    }

    assert {width: len(found) for width, found in lefts.items()} == {390: 1, 800: 2, 1280: 3}
