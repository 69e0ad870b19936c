"""Small multiples: one scale for all, each chart's own numbers."""

import re

import pytest

from labcharts.ink import measure
from labcharts.spc.multiples import multiples_sentence, small_multiples
from labcharts.spc.sentences import spc_verdict
from labcharts.spc.tests.drawn import HOSTILE, SVG, months, opened, read_points, texts, waits
from labengines.spc import chart

LOW = chart([1, 2, 3, 2, 1, 3, 2, 2], "i", subgroups=months(8))
HIGH = chart([21, 22, 23, 22, 21, 23, 22, 22], "i", subgroups=months(8))
SITES = {"Ward 1": LOW, "Ward 2": HIGH}


def levels(svg):
    """Pixels from the top of all marks, in the order drawn."""
    return [float(y) for y in re.findall(r'<circle cx="\S+" cy="(\S+)" r="\S+" fill="#a6a6a6"', svg)]


def test_on_a_shared_scale_a_higher_site_stands_higher():
    shared = levels(small_multiples(SITES, title="Falls"))
    own = levels(small_multiples(SITES, title="Falls", shared_scale=False))
    assert min(shared[:8]) > max(shared[8:])
    assert own[:8] == pytest.approx(own[8:], abs=0.01)


def test_on_a_phone_the_charts_stand_below_each_other():
    svg = small_multiples(SITES, title="Falls", width=390)
    assert max(levels(svg)[:8]) < min(levels(svg)[8:])
    assert opened(svg).get("width") == "390"


@pytest.mark.parametrize("width", [320, 390, 600, 800])
def test_nothing_leaves_the_picture(width):
    charts = {f"A very long name of a site {number}": waits() for number in range(5)}
    for text in opened(small_multiples(charts, title="Waits", unit="%", width=width)).iter(f"{SVG}text"):
        wide = measure(text.text, float(text.get("font-size", 12)), text.get("font-weight") == "bold")
        left = float(text.get("x")) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        assert left > -0.5
        assert left + wide < width + 0.5, text.text


def test_it_is_described_by_the_verdict_on_each_chart():
    tree = opened(small_multiples(SITES, title="Falls", name="sites"))
    desc = tree.find(f"{SVG}desc").text
    assert desc == multiples_sentence(SITES, title="Falls")
    assert f"Ward 1: {spc_verdict(LOW)} Ward 2: {spc_verdict(HIGH)}" in desc


def test_numbers_at_the_right_end_are_those_of_the_chart():
    said = texts(opened(small_multiples({"Ward 1": LOW}, title="Falls")))
    assert "2" in said
    assert {"Mean 2", f"{LOW.limits.upper[-1]:.1f}", f"−{-LOW.limits.lower[-1]:.1f}"} <= set(said)
    assert len(read_points(opened(small_multiples({"Ward 1": LOW}, title="Falls")))) == 8


def test_no_charts_and_hostile_names_are_no_trouble():
    opened(small_multiples({}, title="None"))
    assert "<script" not in small_multiples({HOSTILE: LOW}, title=HOSTILE, unit=HOSTILE)
