from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qlabs.base.ui import words


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2017, 3, 27, 16, tzinfo=UTC), "Monday 27 March 2017, 5pm"),
        (datetime(2017, 2, 1, 9, 30, tzinfo=UTC), "Wednesday 1 February 2017, 9:30am"),
        (datetime(2017, 2, 1, 12, tzinfo=UTC), "Wednesday 1 February 2017, midday"),
        (datetime(2017, 2, 1, 0, 5, tzinfo=UTC), "Wednesday 1 February 2017, 12:05am"),
        (datetime(2017, 6, 30, 23, tzinfo=UTC), "Saturday 1 July 2017, midnight"),
    ],
)
def test_a_moment_is_told_in_london_time(moment, said):
    assert words.when(moment) == said


def test_the_hour_that_comes_twice_is_told_with_its_zone():
    first, second = (datetime(2017, 10, 29, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert words.when(first) == "Sunday 29 October 2017, 1:30am BST"
    assert words.when(second) == "Sunday 29 October 2017, 1:30am GMT"


def test_a_time_that_leaves_our_pages_says_whose_it_is():
    assert words.uk_time(datetime(2017, 3, 27, 16, tzinfo=UTC)) == "Monday 27 March 2017, 5pm UK time"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        words.when(datetime(2017, 3, 27, 16))


def test_a_day_is_told_from_a_date_and_from_a_moment():
    assert words.day(date(2017, 3, 27)) == "Monday 27 March 2017"
    assert words.day(datetime(2017, 6, 30, 23, 30, tzinfo=UTC)) == "Saturday 1 July 2017"


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(12045, None, "12,045"), (0.5, 0, "1"), (1234.565, 2, "1,234.57"), (2, 1, "2.0")],
)
def test_numbers_have_commas_and_round_half_up(value, places, said):
    assert words.number(value, places) == said


@pytest.mark.parametrize(
    ("fraction", "places", "said"), [(149 / 447, 0, "33%"), (0.125, 1, "12.5%"), (0.005, 0, "1%")]
)
def test_a_share_is_told_in_percent(fraction, places, said):
    assert words.percent(fraction, places) == said


def test_a_code_is_read_in_fours():
    assert words.in_fours("7kq2-m9xd 4h") == "7kq2 m9xd 4h"


def test_markdown_keeps_a_few_tags_and_lowers_headings():
    said = words.markdown("# Title\n\n**Bold** [link](https://example.com/)\n\n- one")
    assert said == (
        '<div class="labs-prose"><h3>Title</h3>\n'
        '<p><strong>Bold</strong> <a href="https://example.com/" rel="nofollow noopener noreferrer">link</a></p>\n'
        "<ul>\n<li>one</li>\n</ul>\n</div>"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](https://example.com/pixel.png)",
        '<a href="https://example.com/" onclick="alert(1)" style="x">y</a>',
    ],
)
def test_markdown_runs_nothing_and_fetches_nothing(hostile):
    said = str(words.markdown(hostile)).replace("&lt;", "").lower()
    assert not any(
        bad in said
        for bad in (
            "<script",
            "<img",
            'href="javascript',
            'href="data',
            '<a href="https://example.com/" onclick',
        )
    )


@example("a\ud800b\x00")
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_can_be_shown_and_sent(text):
    words.markdown(text).encode()
    words.printable(text).encode()
    assert "\x00" not in words.printable(text)


def test_only_nul_and_lone_surrogates_are_unprintable():
    assert [words.is_printable(text) for text in ("é😀\n", "\x00", "\udfff")] == [True, False, False]
