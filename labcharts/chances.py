"""The chance of each person in a lottery as a strip of dots, readable without colour."""

from collections import Counter

from labcharts.axes import ticks
from labcharts.figures import Figures
from labcharts.ink import SMALL, THEMES, leading, measure, picture, stroke, write
from labcharts.layout import PAD, heading, statement

BINS = 40
HIGHEST = 45  # dots in a pile
DOT = 3.5
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
    """SVG text: each dot is a person, or as many as the picture says, above her chance.

    found: Distribution. width: in pixels, 390 for a phone, 800 for a page. name: makes the picture's ids its
    own. theme: of labcharts.ink.
    """
    colours, sentence = THEMES[theme], chances_sentence(found)
    head, top = heading(title, width)
    said, top = statement(sentence, top, width)
    body, height = _strip(found, top, width, colours)
    return picture(
        head + said + body,
        width=width,
        height=round(height + PAD),
        title=title,
        description=sentence,
        name=name,
        theme=colours,
    )


def _strip(found, top, width, theme):
    """(SVG, where it ends): what a dot is, the average, the dots and the axis below them."""
    room = width - 2 * PAD
    at, step = _axis(max(found.chances.values()))
    piles = _piles(found.chances.values(), at[-1], min(BINS, int(room // (2 * DOT + 1))))
    each = max(1, -(-max(piles.values()) // HIGHEST))
    floor = top + 3 * leading(SMALL) + 2 * DOT * -(-max(piles.values()) // each)
    said = "Each dot is a person." if each == 1 else f"Each dot is up to {each} people."
    drawn = [write(PAD, top + SMALL, said)]
    for share, people in sorted(piles.items()):
        drawn += _pile(PAD + room * share, floor, -(-people // each), theme)
    drawn.append(stroke([(PAD, floor), (PAD + room, floor)], theme.line))
    shown = Figures(0, suffix="%").of_ticks(step)
    drawn += [_tick(PAD, room, value / at[-1], floor, shown(value)) for value in at]
    average = 100 * found.size / len(found.chances)
    drawn.append(_average(PAD + room * average / at[-1], top + leading(SMALL) + 6, floor, width - PAD, theme))
    return "".join(drawn), floor + 26


def _axis(highest):
    """(round numbers from 0 to the first above the highest chance, or to 100; their step), in per cent."""
    at, step = ticks(0, 100 * highest, most=5)
    return (at if at[-1] > 99.9 else [*at, at[-1] + step]), step


def _piles(chances, end, bins):
    """{share of the axis, in the middle of its bin: people}. end: of the axis, in per cent."""
    found = Counter(min(bins - 1, int(round(100 * bins * chance / end, 6))) for chance in chances)
    return {(place + 0.5) / bins: people for place, people in found.items()}


def _pile(x, floor, dots, theme):
    for row in range(dots):
        y = floor - DOT - 2 * DOT * row
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT - 0.5:g}" fill="{theme.ink}"/>'


def _tick(left, room, share, floor, text):
    anchor = "end" if share > 1 - 1e-9 else "middle" if share else ""
    return write(left + room * share, floor + 20, text, anchor=anchor)


def _average(x, top, floor, right, theme):
    """A dashed line down to the axis, with its name beside it."""
    fits = x + 4 + measure("average") <= right
    name = write(x + (4 if fits else -4), top + 9, "average", fill=theme.alert, anchor="" if fits else "end")
    return stroke([(x, top), (x, floor)], theme.alert, dashes="4 3") + name
