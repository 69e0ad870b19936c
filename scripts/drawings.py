"""Draws the pictures of people that our pages show: `python3 scripts/drawings.py` writes them as SVG files.

One ink line, flat fills, one ground line; what a picture shows is always said in words beside it too.
"""

from math import cos, pi, sin
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "qlabs/base/ui/static/ui/images/drawings"
INK, TEAL, MINT, SAND, AMBER, WHITE = "#1f3a38", "#1f5b57", "#cfe2de", "#fbe7c8", "#d98a3d", "#ffffff"
SKINS = ("#fff0e0", "#f2c9a5", "#c98f63", "#8d5a3b", "#5f3b28")
GROUND = 190


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (width, parts) in SCENES.items():
        body = "".join(parts())
        (FOLDER / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 200" width="{width}" height="200">'
            f'<g fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">'
            f"{body}</g></svg>\n"
        )


def person(x, coat, skin, hair, *, ground=GROUND, size=1.0, arm=None):
    """Head and shoulders on the ground at x; `arm` is the point that a hand reaches for."""
    wide, tall, head = 44 * size, 58 * size, 25 * size
    top = ground - tall - head * 0.72
    if arm:
        yield _arm(x + wide * 0.45, ground - tall * 0.45, arm, coat)
    yield f'<path fill="{coat}" d="M{x - wide:.0f} {ground}a{wide:.0f} {tall:.0f} 0 0 1 {2 * wide:.0f} 0z"/>'
    if hair == "scarf":
        yield (
            f'<path fill="{AMBER}" d="M{x - head * 1.25:.0f} {top + head * 1.5:.0f}C{x - head * 1.5:.0f} '
            f"{top - head * 1.9:.0f} {x + head * 1.5:.0f} {top - head * 1.9:.0f} {x + head * 1.25:.0f} "
            f'{top + head * 1.5:.0f}z"/>'
        )
        head *= 0.86
    yield f'<circle cx="{x}" cy="{top:.1f}" r="{head:.1f}" fill="{SKINS[skin]}"/>'
    yield from _hair(x, top, head, hair)
    yield _face(x, top, head, light=skin > 3)


def _face(x, y, head, *, light):
    colour = WHITE if light else INK
    eye, down = head * 0.34, y + head * 0.12
    dots = "".join(
        f'<circle cx="{x + side * eye:.1f}" cy="{down:.1f}" r="{head * 0.09:.1f}"/>' for side in (-1, 1)
    )
    smile = (
        f'<path stroke="{colour}" stroke-width="3" d="M{x - head * 0.3:.1f} {y + head * 0.45:.1f}q{head * 0.3:.1f} '
        f'{head * 0.28:.1f} {head * 0.6:.1f} 0"/>'
    )
    return f'<g stroke="none" fill="{colour}">{dots}</g>{smile}'


def _hair(x, y, head, kind):
    left, right, brow = x - head, x + head, y - head * 0.05
    cap = f"M{left:.1f} {brow:.1f}A{head:.1f} {head:.1f} 0 0 1 {right:.1f} {brow:.1f}"
    if kind in ("short", "bun", "long", "grey"):
        fill = WHITE if kind == "grey" else INK
        yield f'<path fill="{fill}" d="{cap}Q{x:.1f} {y - head * 0.95:.1f} {left:.1f} {brow:.1f}z"/>'
    if kind == "bun":
        yield f'<circle cx="{x}" cy="{y - head * 1.25:.1f}" r="{head * 0.32:.1f}" fill="{INK}"/>'
    if kind == "long":
        for side in (-1, 1):
            yield f'<path stroke-width="9" d="M{x + side * head:.1f} {brow:.1f}v{head * 1.2:.1f}"/>'
    if kind == "curls":
        points = ((x + head * cos(a * pi / 6), y + head * sin(a * pi / 6)) for a in range(6, 13))
        dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{head * 0.3:.1f}"/>' for a, b in points)
        yield f'<g fill="{INK}" stroke="none">{dots}</g>'


def _arm(x, y, hand, coat):
    line = f"M{x:.0f} {y:.0f}L{hand[0]} {hand[1]}"
    return f'<path stroke-width="18" d="{line}"/><path stroke="{coat}" stroke-width="11" d="{line}"/>'


def note(x, y, *, turn=0, fill=WHITE, mark="M-8 0l6 6 10-11", size=1.0):
    yield (
        f'<g transform="translate({x} {y}) rotate({turn}) scale({size})" stroke-width="3">'
        f'<rect x="-19" y="-15" width="38" height="30" rx="2" fill="{fill}"/>'
        f'<path stroke="{TEAL}" stroke-width="4" d="{mark}"/></g>'
    )


LINES = "M-10 -4h20M-10 4h14"


def ground(width):
    yield f'<path d="M8 {GROUND}h{width - 16}"/>'


def choose():
    """Three people, one of them putting her vote into the box."""
    yield from person(64, MINT, 0, "grey")
    yield from person(158, SAND, 3, "curls")
    yield from person(256, AMBER, 1, "bun", arm=(322, 88))
    yield from note(326, 78, turn=12)
    yield f'<path fill="{TEAL}" d="M322 128h128v62H322z"/><path fill="{MINT}" d="M322 128l14-20h100l14 20z"/>'
    yield '<path stroke-width="6" d="M362 118h46"/>'
    yield from ground(480)


def frame():
    """People sort notes on a wall."""
    yield f'<rect x="70" y="10" width="340" height="112" rx="4" fill="{WHITE}"/>'
    fills = (SAND, MINT, WHITE)
    for place in range(18):
        yield from note(
            104 + 54 * (place % 6) + place // 6 * 4,
            32 + 32 * (place // 6),
            fill=fills[place % 3],
            mark=LINES,
            size=0.75,
        )
    yield f'<ellipse cx="250" cy="64" rx="62" ry="44" stroke="{AMBER}"/>'
    yield from person(120, TEAL, 2, "short", size=0.85)
    yield from person(214, SAND, 0, "scarf", size=0.85)
    yield from person(330, MINT, 4, "curls", size=0.85, arm=(392, 96))
    yield from ground(480)


def understand():
    """People tell each other over a kettle, one of them reads."""
    yield from person(70, AMBER, 3, "curls")
    yield f'<path fill="{TEAL}" d="M176 190l8-66h60l8 66z"/>'
    yield '<path d="M184 140l-24-12M252 148c22-4 22 26 2 28M196 124c0-22 36-22 36 0"/>'
    yield f'<path stroke="{AMBER}" d="M150 112c-10-10 8-16 0-28M134 118c-10-10 8-16 0-28"/>'
    yield f'<path fill="{WHITE}" d="M118 168h24v22h-24zM270 168h24v22h-24z"/>'
    yield from person(344, SAND, 0, "long", size=0.95)
    yield from person(424, MINT, 1, "grey", size=0.9)
    yield from ground(480)


def generate():
    """Five people round a table full of notes and cups, and a lamp above."""
    yield f'<path stroke="{AMBER}" d="M206 16l-12-8M274 16l12-8M200 36h-16M280 36h16"/>'
    yield f'<path fill="{SAND}" d="M231 48c0-8-9-11-9-22a18 18 0 0 1 36 0c0 11-9 14-9 22z"/><path d="M233 56h14"/>'
    table = 150
    yield from person(96, AMBER, 3, "curls", ground=table, size=0.8)
    yield from person(168, MINT, 1, "short", ground=table - 8, size=0.8)
    yield from person(240, SAND, 2, "scarf", ground=table - 4, size=0.72)
    yield from person(312, TEAL, 0, "grey", ground=table - 8, size=0.8)
    yield from person(384, MINT, 4, "bun", ground=table, size=0.8)
    yield f'<ellipse cx="240" cy="154" rx="210" ry="40" fill="{WHITE}"/>'
    for x, y, turn, fill in (
        (150, 152, -8, SAND),
        (228, 170, 6, MINT),
        (318, 150, 9, SAND),
        (274, 140, -6, WHITE),
    ):
        yield from note(x, y, turn=turn, fill=fill, mark=LINES, size=0.8)


def improve():
    """Two people far apart speak on the telephone."""
    yield f'<path stroke="{TEAL}" d="M128 90C150 10 400 0 422 90"/>'
    yield from person(92, MINT, 1, "long", arm=(128, 112))
    yield from person(388, AMBER, 3, "grey", arm=(424, 108))
    for x in (126, 424):
        yield f'<rect x="{x - 8}" y="92" width="16" height="34" rx="4" fill="{INK}"/>'
    yield f'<path fill="{WHITE}" d="M214 24h72v46h-28l-14 16v-16h-30z"/>'
    yield f'<path fill="{AMBER}" stroke-width="3" d="M250 60c-22-16-14-28-6-26 4 1 6 5 6 5s2-4 6-5c8-2 16 10-6 26z"/>'
    yield from ground(480)


def share():
    """People hand on letters with what was learnt."""
    yield f'<path stroke="{TEAL}" stroke-dasharray="2 12" d="M136 70C170 20 220 20 246 66M290 66c24-40 70-40 100 0"/>'
    yield from person(80, TEAL, 0, "bun", arm=(140, 98))
    yield from note(148, 88, turn=10, fill=SAND, mark=LINES)
    yield from person(250, AMBER, 4, "curls", arm=(306, 100))
    yield from note(314, 90, turn=-8, mark=LINES)
    yield from person(408, MINT, 1, "scarf")
    yield from ground(480)


def result():
    """A crowd under bunting, arms up, notes in the air."""
    yield '<path d="M8 18Q240 66 472 14"/>'
    fills = (AMBER, TEAL, SAND, MINT)
    for place in range(9):
        x = 40 + place * 50
        y = 24 + 20 * sin(pi * x / 480)
        yield f'<path stroke-width="3" fill="{fills[place % 4]}" d="M{x - 12} {y:.0f}l24-1-11 24z"/>'
    for x, y, turn in ((64, 84, -14), (150, 78, 12), (330, 80, -10), (424, 84, 14)):
        yield from note(x, y, turn=turn, fill=fills[(x // 10) % 4] if turn > 12 else WHITE, size=0.7)
    yield from person(76, MINT, 0, "grey", size=0.82, arm=(116, 106))
    yield from person(158, TEAL, 3, "curls", size=0.82, arm=(198, 104))
    yield from person(240, SAND, 1, "bun", size=0.9, arm=(288, 96))
    yield from person(322, AMBER, 2, "scarf", size=0.82)
    yield from person(404, MINT, 4, "short", size=0.82, arm=(444, 106))
    yield from ground(480)


SCENES = {
    "choose": (480, choose),
    "frame": (480, frame),
    "understand": (480, understand),
    "generate": (480, generate),
    "improve": (480, improve),
    "share": (480, share),
    "result": (480, result),
}

if __name__ == "__main__":
    main()
