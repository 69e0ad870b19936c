"""The picture of chances says in words and dots what the lottery is."""

import re
from xml.etree import ElementTree

import pytest

from labcharts.chances import chances_sentence, chances_svg
from labcharts.tests.boxes import covering, outside, texts
from labengines.lottery import Person, Quota, leximin

POOL = [Person(f"p{n:02}", {"sex": "m" if n < 4 else "f"}) for n in range(20)]
FOUND = leximin(POOL, [Quota("sex", "f", 4, 4), Quota("sex", "m", 2, 2)], 6)


def test_the_sentence_gives_lowest_highest_and_commonest():
    assert chances_sentence(FOUND) == (
        "20 people; a panel holds 6, so the average chance is 30.0%. The lowest is 25.0%, the highest 50.0%. "
        "16 people have 25.0%."
    )


def test_each_person_is_a_dot_above_her_chance():
    drawn = chances_svg(FOUND)
    ElementTree.fromstring(drawn)
    across = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn)]
    assert (len(across), len(set(across))) == (20, 2)
    assert "Each dot is a person." in drawn


def test_a_large_pool_is_drawn_in_few_dots():
    pool = [Person(f"p{n:04}", {"sex": "f"}) for n in range(2000)]
    drawn = chances_svg(leximin(pool, [Quota("sex", "f", 5, 5)], 5))
    assert drawn.count("<circle") <= 45
    assert "Each dot is up to 45 people." in drawn


def test_a_title_cannot_break_the_picture():
    assert "<b>" not in chances_svg(FOUND, title="<b>")


@pytest.mark.parametrize("width", [320, 390, 800])
@pytest.mark.parametrize("size", [6, 1, 20])
def test_nothing_leaves_the_picture_and_nothing_covers_another(size, width):
    drawn = chances_svg(
        leximin(POOL, [], size), title="The chances of all who offered to come to the day", width=width
    )

    assert ElementTree.fromstring(drawn).get("width") == str(width)
    assert (outside(drawn), covering(drawn)) == ([], [])


def test_the_axis_ends_above_the_highest_chance_or_at_100():
    assert texts(chances_svg(FOUND, width=390))[-8:-1] == ["0%", "10%", "20%", "30%", "40%", "50%", "60%"]
    certain = leximin(POOL, [], 20)
    assert texts(chances_svg(certain, width=390))[-3:-1] == ["80%", "100%"]
