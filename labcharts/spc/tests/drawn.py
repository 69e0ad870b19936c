"""Charts to draw in tests, and how to read a picture back."""

import re
from datetime import date
from xml.etree import ElementTree

import numpy as np
from hypothesis import strategies as st

from labengines.spc import chart
from labengines.spc.effects import effects_at_sites

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script> & \"quoted\" \x00\x1b \ud800 ]]>"


def months(number, *, year=2016, month=4):
    """First days of months, one after another."""
    return [date(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1, 1) for i in range(number)]


def waits(**choices):
    """36 monthly shares of patients seen in time, better from the 25th on."""
    rng = np.random.default_rng(3)
    seen = rng.integers(380, 520, 36)
    in_time = rng.binomial(seen, np.where(np.arange(36) < 24, 0.84, 0.93))
    how = {"baseline": 24, "target": 95, "direction": "increase"} | choices
    return chart(in_time, "p", denominators=seen, subgroups=months(36), multiply=100, **how)


def sites(kind="count", seed=8):
    """Effects at four sites, one of them with a hostile name."""
    rng = np.random.default_rng(seed)
    sizes = np.repeat([900, 400, 90, 500], 24)
    after = np.tile(np.arange(24) >= 12, 4).astype(int)
    cases = rng.poisson(sizes * 0.04 * np.where(after, 0.7, 1))
    names = np.repeat(["North", "East", "South", HOSTILE], 24)
    model = {"denominators": sizes, "kind": kind} if kind != "continuous" else {}
    return effects_at_sites(cases, site=names, after=after, time=np.tile(np.arange(24), 4), **model)


def opened(svg):
    """The SVG as a tree: fails if it is not well-formed."""
    return ElementTree.fromstring(svg)


def texts(tree):
    return ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]


def number_in(text):
    """The first number of a text as the pictures write them."""
    found = re.search(r"−?[\d,]+(\.\d+)?(e[−+]?\d+)?", text)[0]
    return float(found.replace(",", "").replace("−", "-"))


def read_points(tree):
    """{number of a point: (text of its value, pixel from the left, pixel from the top)}."""
    found = {}
    for group in tree.iter(f"{SVG}g"):
        if group.get("data-point"):
            circle, path = group.find(f"{SVG}circle"), group.find(f"{SVG}path")
            if circle is not None:
                x, y = float(circle.get("cx")), float(circle.get("cy"))
            else:
                x, y = map(float, re.match(r"translate\((\S+) (\S+)\)", path.get("transform")).groups())
            found[int(group.get("data-point"))] = (group.get("data-value"), x, y)
    return found


def scale_of(tree):
    """(value at pixel 0 from the top, value per pixel), from the numbers beside the left axis."""
    ticks = [
        (float(text.get("y")) - 4, number_in(text.text))
        for text in tree.iter(f"{SVG}text")
        if text.get("text-anchor") == "end" and re.search(r"\d", text.text)
    ]
    (y0, v0), (y1, v1) = ticks[0], ticks[-1]
    slope = (v1 - v0) / (y1 - y0)
    return v0 - slope * y0, slope


numbers = st.floats(-1000, 1000).map(lambda value: round(value, 2))


@st.composite
def charts(draw):
    """Charts of 3 to 40 points of all sorts, with gaps, phases, targets, exclusions."""
    length = draw(st.integers(3, 40))
    values = draw(st.lists(st.one_of(numbers, st.none()), min_size=length, max_size=length))
    return chart(
        values,
        draw(st.sampled_from(["run", "i"])),
        subgroups=draw(st.sampled_from([None, months(length)])),
        preset=draw(st.sampled_from(["qicharts2", "making-data-count"])),
        phases=draw(st.sampled_from([None, (length // 2,)])),
        exclude=draw(st.sampled_from([(), (2,)])),
        target=draw(st.one_of(st.none(), numbers)),
        direction=draw(st.sampled_from(["increase", "decrease", "neutral"])),
        rules=draw(st.sampled_from([None, "ihi", "nelson", "western-electric", "making-data-count"])),
    )
