"""The picture of a chart: its numbers are those of the result, the table and the sentence."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labcharts.ink import THEMES
from labcharts.spc.picture import spc_svg
from labcharts.spc.sentences import spc_sentence, spc_verdict
from labcharts.spc.tables import spc_table
from labcharts.spc.tests.drawn import (
    HOSTILE,
    SVG,
    charts,
    months,
    number_in,
    opened,
    read_points,
    scale_of,
    texts,
    waits,
)
from labengines.spc import chart

widths = st.sampled_from([320, 390, 800])


def column(table, heading):
    place = table.headings.index(heading)
    return [row[place] for row in table.rows]


@given(charts(), widths)
@settings(max_examples=60)
def test_picture_table_and_result_hold_the_same_numbers(result, width):
    tree = opened(spc_svg(result, title="Calls", width=width))
    drawn = read_points(tree)
    values = result.points.values

    known = {place + 1: value for place, value in enumerate(values) if np.isfinite(value)}
    assert drawn.keys() == known.keys()
    tabled = column(spc_table(result, title="Calls"), "Value")
    assert {place: text for place, (text, _, _) in drawn.items()} == {
        place: tabled[place - 1] for place in known
    }
    assume(known)
    spread = max(known.values()) - min(known.values()) or 1
    for place, (text, _, _) in drawn.items():
        assert number_in(text) == pytest.approx(known[place], abs=max(0.02 * spread, 0.006))


@given(charts(), widths)
@settings(max_examples=60)
def test_points_stand_where_the_axis_says(result, width):
    tree = opened(spc_svg(result, title="Calls", width=width))
    drawn = read_points(tree)
    assume(len({text for text, _, _ in drawn.values()}) > 1)

    zero, slope = scale_of(tree)
    for place, (_, _, y) in drawn.items():
        assert zero + slope * y == pytest.approx(result.points.values[place - 1], abs=abs(slope) * 0.2)
    pixels = [x for _, (_, x, _) in sorted(drawn.items())]
    assert pixels == sorted(pixels)


@given(charts())
@settings(max_examples=60)
def test_lines_are_named_at_their_end_as_the_sentence_says(result):
    words = texts(opened(spc_svg(result, title="Calls")))
    said = spc_sentence(result, title="Calls")

    ends = [text for text in words if re.match(r"(Mean|Median|Upper limit|Lower limit) −?\d", text)]
    last = result.phases[-1]
    part = slice(last.first - 1, last.last)
    lines = (result.centre, result.limits.lower, result.limits.upper)
    assert len(ends) == sum(bool(np.isfinite(line[part]).any()) for line in lines)
    shown = [value for value in np.concatenate([result.points.values, *lines]) if np.isfinite(value)] or [0]
    spread = max(shown) - min(shown) or abs(shown[0]) or 1
    for end in ends:
        assert end.split()[-1] in said
        line = dict(zip(("M", "L", "U"), lines, strict=True))[end[0]][part]
        assert number_in(end) == pytest.approx(line[np.isfinite(line)][-1], abs=0.0101 * spread)


@given(st.text(), st.text(), st.text())
@settings(max_examples=60)
def test_any_text_is_shown_and_none_is_markup(title, unit, note):
    svg = spc_svg(waits(), title=title, unit=unit, annotations={3: note})
    assert {element.tag for element in opened(svg).iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "rect", "path", "circle", "text")
    }


def test_hostile_text_stays_text():
    result = chart([1, 2, 3], "run", subgroups=[HOSTILE, "b", "c"])
    svg = spc_svg(result, title=HOSTILE, unit=HOSTILE, annotations={1: HOSTILE}, name='a"><b')
    assert "<script" not in svg
    shown = " ".join(texts(opened(svg)))
    assert "<script>alert('x')</script> & \"quoted\"" in shown
    svg.encode()


def test_it_is_an_image_with_title_and_description_and_hidden_letters():
    tree = opened(spc_svg(waits(), title="Waits", unit="%", name="one"))
    title, desc, inside = list(tree)
    assert (tree.get("role"), tree.get("aria-labelledby")) == ("img", "one-title one-desc")
    assert (title.get("id"), title.text) == ("one-title", "Waits")
    assert (desc.get("id"), desc.text) == ("one-desc", spc_sentence(waits(), title="Waits", unit="%"))
    assert inside.get("aria-hidden") == "true"
    assert not [element for element in tree.iter() if element.get("style") or element.tag == f"{SVG}style"]


def test_two_pictures_on_a_page_share_no_id():
    page = spc_svg(waits(), title="Waits", name="one") + spc_svg(waits(), title="Waits", name="two")
    ids = re.findall(r' id="(.*?)"', page)
    assert len(ids) == len(set(ids)) == 4


def test_a_signal_is_told_by_shape_letter_and_words_without_colour():
    result = waits()
    svg = spc_svg(result, title="Waits", unit="%", theme="print")
    signals = sum(bool(rules) for rules in result.rules_at)
    assert signals == 13
    assert svg.count("M0 -1.35L1.35 0L0 1.35L-1.35 0Z") == signals + 1  # one more in the key
    assert texts(opened(svg)).count("H") == signals
    assert column(spc_table(result, title="Waits"), "Signal").count("above the upper limit") == signals


def test_dense_signals_share_a_letter():
    assert texts(opened(spc_svg(waits(), title="Waits", width=390))).count("H") == 2


def test_the_centre_line_is_dashed_where_the_runs_signal():
    assert 'stroke-width="2" stroke-dasharray' in spc_svg(waits(), title="Waits")
    steady = chart([5, 7, 4, 6, 5, 8, 4, 7, 3, 6, 5, 7], "run")
    assert 'stroke-width="2" stroke-dasharray' not in spc_svg(steady, title="Steady")
    assert spc_verdict(steady) == "No signal: the points vary as those of a steady process do."


def test_the_target_is_not_hidden_by_the_band():
    svg = spc_svg(waits(target=85), title="Waits")
    assert svg.rindex(THEMES["screen"].band) < svg.index('stroke-dasharray="9 3 2 3"')


def test_the_latest_signals_are_named_and_the_earlier_ones_counted():
    said = spc_sentence(waits(), title="Waits", unit="%")
    assert "13 points with a signal: Oct 2018 93.6% (above the upper limit);" in said
    assert said.endswith("Mar 2019 92.3% (above the upper limit); and 7 earlier. Data table below.")
    assert "The process can be expected to fail the target of 95%." in said


def test_icons_stand_in_the_header_of_making_data_count_only():
    made = waits(preset="making-data-count")
    assert spc_svg(made, title="Waits").count('r="20.2"') == 2
    assert spc_svg(waits(), title="Waits").count('r="20.2"') == 0
    first_mark = min(y for _, _, y in read_points(opened(spc_svg(made, title="Waits"))).values())
    rings = re.findall(r'cy="(\S+)" r="22"', spc_svg(made, title="Waits"))
    assert max(map(float, rings)) + 22 < first_mark


def test_phases_annotations_exclusions_and_notes_are_shown():
    values = [5, 7, 4, 6, 5, 8, 2, 3, 1, 2, 3, 2]
    result = chart(values, "i", subgroups=months(12), phases=(6,), exclude=(2,))
    said = texts(opened(spc_svg(result, title="Falls", annotations={7: "Ward round moved"})))
    assert {"Phase 1: mean 5.6", "Phase 2: mean 2.2", "left out of the lines"} <= set(said)
    assert "Oct 2016: Ward round moved" in said
    assert any(text.startswith("Phase 2: Trial limits") for text in said)
    table = spc_table(result, title="Falls", annotations={7: "Ward round moved"})
    assert column(table, "Phase") == ["1"] * 6 + ["2"] * 6
    assert column(table, "Signal")[1] == "left out of the lines"
    assert column(table, "Note")[6] == "Ward round moved"


@pytest.mark.parametrize("width", [320, 390, 800])
def test_nothing_leaves_the_picture(width):
    tree = opened(
        spc_svg(
            waits(), title="Patients seen in time " * 4, unit="%", width=width, annotations={1: "a " * 90}
        )
    )
    from labcharts.ink import measure

    for text in tree.iter(f"{SVG}text"):
        wide = measure(text.text, float(text.get("font-size", 12)), text.get("font-weight") == "bold")
        left = float(text.get("x")) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        assert left > -0.5, text.text
        assert left + wide < width + 0.5, text.text
        assert float(text.get("y")) < float(tree.get("height"))


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_lines_and_outlines_have_contrast(name):
    theme = THEMES[name]
    for ground in (theme.paper, theme.band):
        assert min(contrast(colour, ground) for colour in (theme.line, theme.muted, theme.ink)) >= 3
        assert (
            min(contrast(colour, ground) for colour in (theme.ink, theme.muted, theme.alert, theme.target))
            >= 4.5
        )


@pytest.mark.parametrize(
    "values",
    [
        [3],
        [None, None, None],
        [5, 5, 5, 5],
        [1e99, -1e99, 3],
        [1e-9, 2e-9, 1.5e-9],
        [0, 0, 0],
        list(range(500)),
    ],
    ids=["one", "none", "alike", "huge", "tiny", "zero", "many"],
)
@pytest.mark.parametrize("preset", ["qicharts2", "making-data-count"])
def test_strange_data_are_drawn_all_the_same(values, preset):
    result = chart(values, "i", preset=preset)
    tree = opened(spc_svg(result, title="Odd", width=390))
    assert len(read_points(tree)) == sum(value is not None for value in values)
    assert "nan" not in spc_sentence(result, title="Odd").lower()
    assert len(spc_table(result, title="Odd").rows) == len(values)
