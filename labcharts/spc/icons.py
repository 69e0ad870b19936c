"""The two round icons of Making Data Count, drawn anew: variation and assurance.

Each is told apart by its letter and its dots, in grey as well as in colour.
"""

from labcharts.ink import stroke, write

SIZE = 46
_DOTS = {
    "rising": ((-12, 9), (-6, 7), (0, 4), (6, -2), (12, -9)),
    "falling": ((-12, -9), (-6, -7), (0, -4), (6, 2), (12, 9)),
    "steady": ((-13, 2), (-7, -4), (0, 4), (7, -3), (13, 3)),
    "above": ((-12, -7), (-4, -11), (4, -8), (12, -12)),
    "below": ((-12, 7), (-4, 11), (4, 8), (12, 12)),
    "about": ((-11, -3), (-5, 11), (9, -4), (8, 11)),
}


def icons(shown, x, y, *, direction, words, theme):
    """(SVG of the icons with their left upper corner at x, y; where what follows may begin)."""
    drawn = _variation(shown.variation, x + SIZE / 2, y + SIZE / 2, words, theme)
    x += SIZE + 8
    if shown.assurance:
        drawn += _assurance(shown.assurance, x + SIZE / 2, y + SIZE / 2, direction, words=words, theme=theme)
        x += SIZE + 8
    return drawn, x + 4


def _variation(kind, x, y, words, theme):
    nature, _, side = kind.rpartition("_")
    if side not in ("high", "low"):
        return _ring(x, y, "common", theme) + _dots("steady", x, y, "common", theme)
    fill = nature if nature in ("improvement", "concern") else "high"
    high = side == "high"
    said = words.high_letter if high else words.low_letter
    label = write(x - 7, y - 2 if high else y + 12, said, size=15, anchor="middle", bold=True)
    return _ring(x, y, fill, theme) + _dots("rising" if high else "falling", x, y, fill, theme) + label


def _assurance(kind, x, y, direction, *, words, theme):
    fill = {"pass": "improvement", "fail": "concern"}.get(kind, "common")
    letter = {"pass": words.hits_letter, "fail": words.misses_letter}.get(kind, "?")
    above = (kind == "pass") == (direction == "increase")
    either = kind == "inconsistent"
    dots = "about" if either else "above" if above else "below"
    line = 4 if either else 0
    target = stroke([(x - 17, y + line), (x + 17, y + line)], theme.target, width=1.5, dashes="4 3")
    height = y - 5 if either else y + 14 if above else y - 4
    label = write(x, height, letter, size=15, anchor="middle", bold=True)
    return _ring(x, y, fill, theme) + target + _dots(dots, x, y, fill, theme) + label


def _ring(x, y, kind, theme):
    """A ring of colour between two dark lines, so that it is seen in grey and on any ground."""
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="22" fill="{theme.paper}" stroke="{theme.ink}"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="20.2" fill="none" stroke="{getattr(theme, kind)}" stroke-width="2.6"/>'
    )


def _dots(shape, x, y, kind, theme):
    return "".join(
        f'<circle cx="{x + dx:g}" cy="{y + dy:g}" r="2.3" fill="{getattr(theme, kind)}" stroke="{theme.ink}" '
        'stroke-width="0.8"/>'
        for dx, dy in _DOTS[shape]
    )
