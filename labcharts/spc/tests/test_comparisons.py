"""Funnel, forest, Pareto, EWMA and CUSUM: the picture's numbers are those of the table and the result."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labcharts.ink import measure
from labcharts.spc.cumulative import sums_sentence, sums_svg, sums_table
from labcharts.spc.forests import forest_sentence, forest_svg, forest_table
from labcharts.spc.funnels import funnel_sentence, funnel_svg, funnel_table
from labcharts.spc.paretos import pareto_sentence, pareto_svg, pareto_table
from labcharts.spc.tests.drawn import HOSTILE, SVG, number_in, opened, scale_of, sites
from labengines.spc.cumulative import bernoulli_cusum, cusum, ewma
from labengines.spc.effects import effects_at_sites
from labengines.spc.funnels import funnel
from labengines.spc.ordering import pareto

widths = st.sampled_from([320, 390, 800])
few = settings(max_examples=30, deadline=None)


def drawn(tree):
    """[(number of the point, its text, its shape), ...] in the order of the picture."""
    return [
        (int(group.get("data-point")), group.get("data-value"), group)
        for group in tree.iter(f"{SVG}g")
        if group.get("data-point")
    ]


def top_of(group):
    circle, path = group.find(f"{SVG}circle"), group.find(f"{SVG}path")
    if circle is not None:
        return float(circle.get("cy"))
    return float(re.match(r"translate\(\S+ (\S+)\)", path.get("transform"))[1])


def column(table, heading):
    return [row[table.headings.index(heading)] for row in table.rows]


def readmissions(**how):
    rng = np.random.default_rng(8)
    sizes = rng.integers(20, 900, 45)
    cases = rng.binomial(sizes, np.clip(rng.normal(0.12, 0.03, 45), 0.02, 1))
    groups = [f"Trust {number}" for number in range(1, 46)]
    return funnel(cases, sizes, groups=groups, multiplier=100, **how)


units = st.lists(st.tuples(st.integers(0, 40), st.integers(41, 400)), min_size=3, max_size=25)


@given(units, st.booleans(), widths)
@few
def test_a_funnel_draws_what_its_table_says(rows, overdispersion, width):
    cases, sizes = zip(*rows, strict=True)
    assume(sum(cases))
    result = funnel(cases, sizes, multiplier=100, overdispersion=overdispersion)
    tree = opened(funnel_svg(result, title="Readmissions", unit="%", width=width))
    table = funnel_table(result, title="Readmissions", unit="%")
    points = drawn(tree)

    assert dict(point[:2] for point in points) == dict(enumerate(column(table, "Value"), 1))
    zero, slope = scale_of(tree)
    for place, text, group in points:
        assert number_in(text) == pytest.approx(result.values[place - 1], abs=0.6)
        assert zero + slope * top_of(group) == pytest.approx(result.values[place - 1], abs=abs(slope) * 0.2)
    sides = {1: "above the 99.8% limit", -1: "below the 99.8% limit", 0: "within the limits"}
    assert column(table, "Flag") == [sides[flag] for flag in result.flagged.tolist()]


def test_flagged_units_are_named_numbered_and_shaped():
    result = readmissions(overdispersion=False)
    svg = funnel_svg(result, title="Readmissions", unit="%", theme="print")
    assert int(np.abs(result.flagged).sum()) == 11
    assert svg.count("M0 -1.3L1.25 1H-1.25Z") == (result.flagged == 1).sum() + 1
    assert svg.count("M0 1.3L1.25 -1H-1.25Z") == (result.flagged == -1).sum() + 1
    said = funnel_sentence(result, title="Readmissions", unit="%")
    assert "11 units outside the 99.8% limits: Trust " in said
    assert said.count("the 99.8% limit);") == 10
    assert "; and 1 more. Such a flag is a reason to look" in said
    assert "The limits allow for chance alone." in said


@pytest.mark.parametrize("kind", ["count", "proportion", "continuous"])
@pytest.mark.parametrize("width", [390, 800])
def test_a_forest_draws_each_site_then_all_then_the_next(kind, width):
    result = sites(kind)
    svg = forest_svg(result, title="Falls", width=width)
    tree, table = opened(svg), forest_table(result, title="Falls")
    shown = {"count": np.exp, "proportion": np.exp, "continuous": float}[kind]

    points = drawn(tree)
    assert [text for _, text, _ in points] == [row[1] for row in table.rows]
    assert [row[0] for row in table.rows][-2:] == ["All sites", "Next site"]
    for (_, text, _), (_, effect) in zip(points, result.effects, strict=False):
        assert number_in(text) == pytest.approx(shown(effect.step.estimate), abs=0.06)
    assert number_in(points[4][1]) == pytest.approx(shown(result.combined.estimate), abs=0.06)
    middles = [
        float(r.get("x")) + float(r.get("width")) / 2 for *_, g in points for r in g.iter(f"{SVG}rect")
    ]
    effects = [effect.step.estimate for _, effect in result.effects]
    assert np.corrcoef(middles, effects)[0, 1] == pytest.approx(1, abs=1e-4)
    assert points[4][1] in forest_sentence(result, title="Falls")


def test_a_site_without_events_is_named_as_left_out():
    values, names = [0] * 24 + [3, 4] * 12, ["Empty"] * 24 + ["Full"] * 24
    after = ([0] * 12 + [1] * 12) * 2
    result = effects_at_sites(values, site=names, after=after, denominators=[90] * 48, kind="count")
    assert "Left out: Empty (no events)." in forest_sentence(result, title="Falls")
    assert "There are too few sites to combine." in forest_sentence(result, title="Falls")
    opened(forest_svg(result, title="Falls"))


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 1000), min_size=1, max_size=12), widths)
@few
def test_a_pareto_draws_what_its_table_says(counts, width):
    result = pareto(list(counts), list(counts.values()))
    tree = opened(pareto_svg(result, title="Incidents", width=width))
    table = pareto_table(result, title="Incidents")

    bars = [(text, float(group.find(f"{SVG}rect").get("width"))) for _, text, group in drawn(tree)]
    assert [text for text, _ in bars] == column(table, "Count")
    assert [number_in(text) for text, _ in bars] == result.counts.tolist()
    total = max(result.counts) or 1
    longest = max(wide for _, wide in bars)
    for (_, wide), number in zip(bars, result.counts, strict=True):
        assert wide == pytest.approx(longest * number / total, abs=0.011)


def test_a_pareto_says_which_few_make_up_most():
    result = pareto(["Late", "Dose", "Other"], [70, 20, 10])
    assert pareto_sentence(result, title="incidents") == (
        "Pareto chart of incidents, 100 in 3 categories. 2 of 3 categories make up 90.0%: Late, Dose. Data table below."
    )


series = st.lists(
    st.one_of(st.floats(-50, 50).map(lambda v: round(v, 1)), st.none()), min_size=6, max_size=40
)


@given(series, st.sampled_from([ewma, cusum]), widths)
@few
def test_sums_are_drawn_as_tabled_and_where_the_axis_says(values, method, width):
    known = [value for value in values if value is not None]
    assume(len(known) > 3)
    result = method(values, centre=0, sd=10)
    tree = opened(sums_svg(result, title="Minutes", width=width))
    table = sums_table(result, title="Minutes")
    names = ["Moving average"] if method is ewma else ["Sum above", "Sum below"]
    lines = [result.smoothed] if method is ewma else [result.above, result.below]

    zero, slope = scale_of(tree)
    points = drawn(tree)
    assert len(points) == len(known) * len(lines)
    for place, text, group in points:
        line = int(group.get("data-line")) - 1
        assert text == column(table, names[line])[place - 1]
        assert zero + slope * top_of(group) == pytest.approx(lines[line][place - 1], abs=abs(slope) * 0.2)


def test_a_sum_beyond_its_limit_is_said_and_shaped():
    result = cusum([0, 0, 3, 3, 3], centre=0, sd=1)
    assert sums_sentence(result, title="minutes") == (
        "CUSUM chart of minutes, 5 points, 1 to 5. 1 point beyond a limit, the first at 5 (above the upper limit). "
        "Data table below."
    )
    assert column(sums_table(result, title="minutes"), "Signal") == ["none"] * 4 + ["above the upper limit"]
    assert sums_svg(result, title="minutes", theme="print").count("M0 -1.3L1.25 1H-1.25Z") == 2


PICTURES = {
    "funnel": lambda **how: funnel_svg(readmissions(), unit="%", size=HOSTILE, **how),
    "forest": lambda **how: forest_svg(sites(), **how),
    "pareto": lambda **how: pareto_svg(
        pareto([HOSTILE, "A very long name of a kind of incident " * 4], [3, 9]), **how
    ),
    "ewma": lambda **how: sums_svg(ewma([1, 5, 2, 9, None, 4]), unit=HOSTILE, **how),
    "cases": lambda **how: sums_svg(bernoulli_cusum([0, 1, 0, 0, 1, 1], target=0.2), **how),
}


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("width", [320, 390, 800])
def test_every_picture_is_a_named_image_with_all_inside(kind, width):
    tree = opened(PICTURES[kind](title=HOSTILE, width=width, name="own"))
    assert (tree.get("role"), tree.get("aria-labelledby")) == ("img", "own-title own-desc")
    assert {element.get("id") for element in tree.iter() if element.get("id")} == {"own-title", "own-desc"}
    for text in tree.iter(f"{SVG}text"):
        wide = measure(text.text or "", float(text.get("font-size", 12)), text.get("font-weight") == "bold")
        left = float(text.get("x")) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
        assert left > -0.5, text.text
        assert left + wide < width + 0.5, text.text
        assert float(text.get("y")) < float(tree.get("height"))
