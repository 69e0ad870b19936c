"""The chance of each person in a lottery as a strip of dots, readable without colour."""

from collections import Counter

from labcharts.ink import LARGE, THEMES, measure, paragraph, picture, stroke, wrap, write

BINS = 40
DOT = 3.5
EDGE = 24
TITLE = "Chances of being drawn"


def chances_sentence(found):
    """The chances of a labengines.lottery.types.Distribution in words with their numbers."""
    values = list(found.chances.values())
    alike = Counter(round(value, 4) for value in values).most_common(1)[0]
    said = (
        f"{len(values):,} people; a panel holds {found.size}, so the average chance is "
        f"{found.size / len(values):.1%}. The lowest is {min(values):.1%}, the highest {max(values):.1%}. "
        f"{alike[1]:,} people have {alike[0]:.1%}."
    )
    if found.unchosen:
        said += f" {len(found.unchosen)} cannot be drawn under these quotas."
    return said


def chances_svg(found, *, title=TITLE, width=800, name="chances", theme="screen"):
    """SVG text: each dot is a person, or as many as the picture says, above her chance from 0 to 100 %.

    found: Distribution. width: in pixels. name: makes the picture's ids its own. theme: of labcharts.ink.
    """
    colours = THEMES[theme]
    room = width - 2 * EDGE
    piles = Counter(min(BINS - 1, int(value * BINS)) for value in found.chances.values())
    each = max(1, -(-max(piles.values()) // 45))
    floor = 96 + 2 * DOT * -(-max(piles.values()) // each)
    said = wrap(chances_sentence(found), room)
    body = [paragraph(EDGE, 30, wrap(title, room, LARGE, True), size=LARGE, bold=True)]
    body.append(
        write(EDGE, 56, "Each dot is a person." if each == 1 else f"Each dot is up to {each} people.")
    )
    for place, people in sorted(piles.items()):
        x = EDGE + room * (place + 0.5) / BINS
        body += [
            f'<circle cx="{x:.1f}" cy="{floor - DOT - 2 * DOT * row:.1f}" r="{DOT - 0.5:g}" fill="{colours.ink}"/>'
            for row in range(-(-people // each))
        ]
    body.append(stroke([(EDGE, floor), (EDGE + room, floor)], colours.line))
    body += _axis(floor, room)
    average = EDGE + room * found.size / len(found.chances)
    body.append(stroke([(average, 72), (average, floor)], colours.alert, dashes="4 3"))
    beside = min(average + 4, EDGE + room - measure("average"))
    body.append(write(beside, 80, "average", fill=colours.alert))
    body.append(paragraph(EDGE, floor + 52, said))
    height = floor + 60 + 17 * len(said)
    return picture(
        "".join(body), width=width, height=height, title=title, description=chances_sentence(found), name=name,
        theme=colours,
    )  # fmt: skip


def _axis(floor, room):
    for tenth in range(0, 11, 2):
        anchor = "end" if tenth == 10 else "middle" if tenth else ""
        yield write(EDGE + room * tenth / 10, floor + 20, f"{10 * tenth}%", anchor=anchor)
