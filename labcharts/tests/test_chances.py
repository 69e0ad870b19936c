"""The picture of chances says in words and dots what the lottery is."""

import re
from xml.etree import ElementTree

from labcharts.chances import chances_sentence, chances_svg
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
