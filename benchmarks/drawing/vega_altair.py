"""Altair, with vl-convert to SVG."""

import altair
import vl_convert

from . import CENTRE, HEIGHT, LOWER, NUMBERS, OUTSIDE, TITLE, UPPER, VALUES, WIDTH


def act():
    return vl_convert.vegalite_to_svg(picture().to_dict())


def picture():
    points = [
        {"number": number, "value": value, "outside": number in OUTSIDE}
        for number, value in zip(NUMBERS, VALUES, strict=True)
    ]
    base = altair.Chart(altair.Data(values=points)).encode(x="number:Q", y="value:Q")
    marks = base.mark_point(filled=True, size=40).encode(color="outside:N")
    return (base.mark_line() + marks + lines()).properties(title=TITLE, width=WIDTH, height=HEIGHT)


def lines():
    levels = [{"y": CENTRE, "kind": "centre"}, {"y": LOWER, "kind": "limit"}, {"y": UPPER, "kind": "limit"}]
    return altair.Chart(altair.Data(values=levels)).mark_rule().encode(y="y:Q", strokeDash="kind:N")
