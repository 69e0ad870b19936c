"""Where the texts and bars of a picture stand, to see that all are inside and none covers another."""

from itertools import combinations
from xml.etree import ElementTree

from labcharts.ink import measure

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    """Every line of text that is not empty."""
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.text]


def boxes(svg):
    """[(what, left, top, right, bottom), ...] of texts, bars and dots, without samples, patterns and paper."""
    found = []
    for element in ElementTree.fromstring(svg).find(f"{SVG}g"):
        if element.tag == f"{SVG}text" and element.text:
            found.append(_text(element))
        elif element.tag == f"{SVG}rect" and element.get("x"):
            left, top = float(element.get("x")), float(element.get("y"))
            right, bottom = left + float(element.get("width")), top + float(element.get("height"))
            found.append(("bar", left, top, right, bottom))
        elif element.tag == f"{SVG}circle":
            x, y, radius = (float(element.get(name)) for name in ("cx", "cy", "r"))
            found.append(("dot", x - radius, y - radius, x + radius, y + radius))
    return found


def _text(element):
    size = float(element.get("font-size", 12))
    wide = measure(element.text, size, element.get("font-weight") == "bold")
    left = float(element.get("x")) - {"end": wide, "middle": wide / 2}.get(element.get("text-anchor"), 0)
    foot = float(element.get("y"))
    return element.text, left, foot - 0.75 * size, left + wide, foot + 0.2 * size


def outside(svg):
    """What leaves the picture."""
    tree = ElementTree.fromstring(svg)
    wide, high = float(tree.get("width")) + 0.5, float(tree.get("height")) + 0.5
    return [box for box in boxes(svg) if box[1] < -0.5 or box[2] < -0.5 or box[3] > wide or box[4] > high]


def covering(svg):
    """Pairs that stand on each other; bars and dots that only touch do not."""
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(svg), 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 0.6
        and min(one[4], other[4]) - max(one[2], other[2]) > 0.6
    ]
