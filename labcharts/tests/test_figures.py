"""Numbers and periods as text: what is written can be read back, and says no more than it should."""

from datetime import date, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcharts.axes import extent, keep_apart, ticks
from labcharts.figures import Figures, count, figures, periods
from labcharts.ink import elide, measure, wrap
from labcharts.spc.words import ENGLISH

finite = st.floats(-1e9, 1e9, allow_subnormal=False)


def read(text):
    return float(text.replace(",", "").replace("−", "-").rstrip("%"))


@given(st.lists(finite, min_size=2, max_size=20))
def test_a_number_reads_back_to_a_hundredth_of_the_spread(values):
    written = figures(values, unit="%")
    spread = max(values) - min(values) or abs(values[0]) or 1
    for value in values:
        room = 1e-3 * max(map(abs, values)) if written.scientific else 0.11 * spread
        assert abs(read(written(value)) - value) <= room


@pytest.mark.parametrize(
    ("values", "value", "text"),
    [
        ([84.51, 91.3], 84.51, "84.51"),
        ([84.513, 97.1], 84.513, "84.5"),
        ([3, 5, 4], 4, "4"),
        ([3, 5, 4], 3.5, "3.50"),
        ([1200, 5300], 1234.4, "1,234"),
        ([-0.5, 0.5], -0.0001, "0.00"),
        ([1e15, 3e15], 2e15, "2e+15"),
        ([0.1, 0.2], float("nan"), ""),
        ([0.1, 0.2], None, ""),
        ([-3, 3], -2, "−2"),
    ],
)
def test_places_follow_the_spread_and_the_data(values, value, text):
    assert figures(values)(value) == text


def test_a_chosen_number_is_written_as_it_was_chosen():
    shown = Figures(1, suffix="%")
    assert [shown.given(v) for v in (95, 95.5, 95.55, -5)] == ["95%", "95.5%", "95.5%", "−5%"]
    assert [count(v) for v in (1234, 12.5, float("nan"))] == ["1,234", "12.5", ""]


@pytest.mark.parametrize(
    ("x", "kind", "labels"),
    [
        ([date(2016, 4, 1), date(2016, 5, 1)], "date", ("Apr 2016", "May 2016")),
        ([date(2016, 1, 1), date(2017, 1, 1)], "date", ("2016", "2017")),
        (["2016-04-04", "2016-04-11"], "date", ("4 Apr 2016", "11 Apr 2016")),
        ([np.datetime64("2016-04-04")], "date", ("4 Apr 2016",)),
        ([datetime(2016, 4, 4, 13, 5)], "date", ("4 Apr 2016, 13:05",)),
        ([1, 2.5], "number", ("1", "2.5")),
        (["A", "2016-13-45"], "category", ("A", "2016-13-45")),
        ([1, "A"], "category", ("1", "A")),
    ],
)
def test_periods_are_named_as_people_say_them(x, kind, labels):
    found = periods(x, words=ENGLISH)
    assert (found.kind, found.labels) == (kind, labels)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_few_round_and_within(low, spread):
    at, step = ticks(low, low + spread)
    assert 1 <= len(at) <= 8
    assert all(low - step * 1e-6 <= value <= low + spread + step * 1e-6 for value in at)
    assert round(step / 10.0 ** np.floor(np.log10(step) + 1e-9), 6) in (1, 2, 5)


@given(st.lists(finite, min_size=1))
def test_an_axis_holds_every_value_and_invents_no_negative(values):
    low, high = extent(values)
    assert low <= min(values)
    assert max(values) <= high
    assert low < high
    assert min(values) < 0 or low >= 0 or low > -0.1 * abs(high)


@given(st.lists(st.floats(0, 100), max_size=6))
def test_labels_keep_apart_in_their_order(wanted):
    placed = keep_apart(wanted, gap=15, low=0, high=100)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    gaps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(gap >= 15 - 1e-9 for gap in gaps)
    if all(b - a >= 15 for a, b in pairwise(sorted(wanted))):
        assert placed == wanted


@given(st.text(max_size=80), st.integers(30, 300))
def test_wrapped_and_cut_text_fits(text, width):
    assert all(measure(line) <= width for line in wrap(text, width))
    assert measure(elide(text, width)) <= width
