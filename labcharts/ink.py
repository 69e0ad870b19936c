"""Text, lines and marks as SVG: what every picture is drawn with.

Only presentation attributes are used, no style, so that a strict Content-Security-Policy
holds. Widths of letters are those of Arial, so that texts can be placed and wrapped without
a browser.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
SMALL = 12
TEXT = 14
LARGE = 18
NARROW = 560  # below this width the layout is that of a phone
_SPECIAL = re.compile("[&<>\"']|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_LETTERS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" .,:;/!I[]ft\\", 278),
    **dict.fromkeys("r-()", 333),
    **dict.fromkeys("sckvxyzJ", 500),
    **dict.fromkeys("FTZL", 611),
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("wCDHNRU", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W—", 1000),
    "%": 889,
    "−": 584,
}


@dataclass(frozen=True)
class Theme:
    """Colours of a picture; the last five by kind of point. hover: whether marks tell a mouse their number."""

    paper: str = "#ffffff"
    ink: str = "#212b32"
    muted: str = "#425563"
    line: str = "#768692"
    band: str = "#edf1f3"
    rule: str = "#c3ccd1"
    alert: str = "#a35200"
    target: str = "#c1121f"
    hover: bool = True
    common: str = "#a6a6a6"
    improvement: str = "#00b0f0"
    concern: str = "#e46c0a"
    high: str = "#490092"
    low: str = "#490092"


PRINT = Theme(
    ink="#000000",
    muted="#333333",
    line="#6b6b6b",
    band="#f2f2f2",
    alert="#000000",
    target="#000000",
    hover=False,
    common="#b3b3b3",
    improvement="#ffffff",
    concern="#000000",
    high="#595959",
    low="#595959",
)
THEMES = MappingProxyType({"screen": Theme(), "mail": Theme(hover=False), "print": PRINT})


@lru_cache(4096)
def measure(text, size=SMALL, bold=False):
    """About how many pixels wide a text is."""
    units = sum(_LETTERS.get(letter, 556 if " " <= letter < "\u2e80" else 1000) for letter in text)
    return units * size * (1.07 if bold else 1.0) / 1000


@lru_cache(1024)
def wrap(text, width, size=SMALL, bold=False):
    """The text as a tuple of lines no wider than `width`; a word that is wider is cut."""
    lines, line, used = [], [], 0.0
    space = measure(" ", size, bold)
    for word in text.split():
        shown = elide(word, width, size, bold)
        wide = measure(shown, size, bold)
        if line and used + space + wide > width:
            lines.append(" ".join(line))
            line, used = [], 0.0
        used += wide + (space if line else 0.0)
        line.append(shown)
    return (*lines, " ".join(line)) if line else tuple(lines)


def elide(text, width, size=SMALL, bold=False):
    """The text, its end replaced by an ellipsis where it would be wider than `width`."""
    if measure(text, size, bold) <= width:
        return text
    while text and measure(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def two_lines(text, width, size=SMALL, bold=False):
    """The text as a tuple of one or two lines no wider than `width`, the second with an ellipsis where more follows."""
    lines = wrap(text, width, size, bold)
    return lines if len(lines) < 3 else (lines[0], elide(" ".join(lines[1:]), width, size, bold))


def clean(text):
    """A text that may stand in SVG and HTML, in elements and in attributes alike."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(lambda found: _SAFE.get(found[0], "\ufffd"), text)


def write(x, y, text, *, size=SMALL, anchor="", fill="", bold=False, halo=""):
    """A line of text; `anchor` is "middle" or "end", the start otherwise. halo: a colour that keeps lines off it."""
    how = f' text-anchor="{anchor}"' if anchor else ""
    how += f' fill="{fill}"' if fill else ""
    how += ' font-weight="bold"' if bold else ""
    how += f' font-size="{size}"' if size != SMALL else ""
    how += f' stroke="{halo}" stroke-width="3" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{how}>{clean(text)}</text>'


def paragraph(x, y, lines, *, size=SMALL, **how):
    """Lines of text below each other, the first with its letters standing on `y`."""
    return "".join(
        write(x, y + row * leading(size), line, size=size, **how) for row, line in enumerate(lines)
    )


def leading(size):
    """Distance of two lines of text."""
    return round(size * 1.35)


def stroke(points, colour, **how):
    """A line through points (x, y); how: width and dashes."""
    return trace([f"{x:.2f} {y:.2f}" for x, y in points], colour, **how)


def trace(corners, colour, *, width=1.0, dashes=""):
    """A line through corners, each "x y" as text."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    path = "L".join(corners)
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'


def picture(body, *, width, height, title, description, name, theme):
    """The whole SVG: named and described for those who hear it, its inner texts hidden from them."""
    name = clean(name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="{FONT}" font-size="{SMALL}" fill="{theme.ink}">'
        f'<title id="{name}-title">{clean(title)}</title><desc id="{name}-desc">{clean(description)}</desc>'
        f'<g aria-hidden="true"><rect width="{width:g}" height="{height:g}" fill="{theme.paper}"/>{body}</g></svg>'
    )
