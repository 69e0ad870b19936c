"""A Pareto chart: categories from the most to the least frequent, and what they add up to.

Bars lie, so that their names can be read on a phone; one axis, the share of all, serves both
the bars and the line of what they add up to.
"""

import math

from labcharts.figures import Figures, count
from labcharts.ink import (
    NARROW,
    SMALL,
    THEMES,
    clean,
    elide,
    leading,
    measure,
    paragraph,
    picture,
    stroke,
    two_lines,
    write,
)
from labcharts.layout import PAD, heading, key, statement
from labcharts.spc.words import ENGLISH
from labcharts.tables import table

MOST = 0.8  # the share that the sentence asks for
BAR = 18
percent = Figures(1, suffix="%")


class ParetoReading:
    """A Pareto read once: names, counts and shares as lists and texts."""

    def __init__(self, pareto, *, title, words):
        self.title, self.words = title, words
        self.names = [words.no_category if name is None else str(name) for name in pareto.categories]
        self.counts = [count(number) for number in pareto.counts.tolist()]
        self.shares = [_share(share) for share in pareto.shares.tolist()]
        self.cumulative = [_share(share) for share in pareto.cumulative_shares.tolist()]
        self.total = count(pareto.cumulative.tolist()[-1]) if self.names else "0"

    def label(self, place):
        share = percent(100 * self.shares[place])
        return self.words.bar_label.format(count=self.counts[place], share=share)


def pareto_svg(pareto, *, title, words=ENGLISH, width=800, theme="screen", name="pareto"):
    """A Pareto as SVG text."""
    reading, colours = ParetoReading(pareto, title=title, words=words), THEMES[theme]
    head, top = heading(title, width)
    said, top = statement(_verdict(reading), top, width)
    keyed, top = key(_key(words, colours, narrow=width < NARROW), top, width)
    body, bottom = _body(reading, top, width, colours)
    return picture(
        head + said + keyed + body,
        width=width,
        height=round(bottom + PAD),
        title=title,
        description=pareto_sentence(pareto, title=title, words=words),
        name=name,
        theme=colours,
    )


def pareto_sentence(pareto, *, title, words=ENGLISH):
    """The text alternative: how much there is, and which few categories make up most of it."""
    reading = ParetoReading(pareto, title=title, words=words)
    units = words.categories(len(reading.names))
    subject = words.pareto.format(title=title, total=reading.total, units=units)
    return " ".join(text for text in (subject, _verdict(reading), words.pointer) if text)


def pareto_table(pareto, *, title, words=ENGLISH):
    """A Table of a Pareto."""
    reading = ParetoReading(pareto, title=title, words=words)
    names = ("category", "count", "share", "cumulative")
    rows = [
        {
            "category": reading.names[place],
            "count": reading.counts[place],
            "share": percent(100 * reading.shares[place]),
            "cumulative": percent(100 * reading.cumulative[place]),
        }
        for place in range(len(reading.names))
    ]
    columns = [(name, words.headings[name], name != "category") for name in names]
    return table(title, columns, rows, keep=names)


def _share(share):
    return share if math.isfinite(share) else 0.0


def _verdict(reading):
    enough = next((i for i, share in enumerate(reading.cumulative, 1) if share >= MOST - 1e-9), None)
    if enough is None:
        return reading.words.nothing
    return reading.words.pareto_most.format(
        number=enough,
        units=reading.words.categories(len(reading.names)),
        share=percent(100 * reading.cumulative[enough - 1]),
        list=reading.words.join.join(reading.names[:enough]),
    )


def _key(words, theme, *, narrow):
    bar = f'<rect x="-9" y="-6" width="18" height="12" fill="{theme.line}"/>'
    line = "" if narrow else stroke([(-9, 0), (9, 0)], theme.alert, width=2)
    return [(bar, words.pareto_key_bar), (line + _dot(0, 0, theme), words.pareto_key_line)]


def _dot(x, y, theme):
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="4" fill="{theme.paper}" stroke="{theme.alert}" stroke-width="2"/>'


def _body(reading, top, width, theme):
    """Rows of name, count and bar; on a phone the name and count stand above the bar, and no line joins the shares."""
    narrow = width < NARROW
    labels = [reading.label(place) for place in range(len(reading.names))]
    label_room = max((measure(label, bold=True) for label in labels), default=0)
    name_room = min(max((measure(name) for name in reading.names), default=0), width * 0.26) + 4
    left = PAD if narrow else PAD + name_room + label_room + 24
    scale = width - PAD - left - 52
    drawn, dots = [], []
    for place, label in enumerate(labels):
        if narrow:
            end, bar_top = width - PAD, top + leading(SMALL) + 2
            drawn.append(write(PAD, top + SMALL, elide(reading.names[place], end - PAD - label_room - 10)))
        else:
            end, bar_top = left - 10, top
            drawn.append(_name(reading.names[place], top, name_room))
        drawn.append(write(end, top + (SMALL if narrow else 13), label, anchor="end", bold=True))
        drawn.append(_bar(reading, place, left, bar_top, scale, theme))
        dots.append((left + scale * reading.cumulative[place], bar_top + BAR / 2))
        top = bar_top + BAR + (10 if narrow else 14)
    line = stroke(dots, theme.alert, width=2) if len(dots) > 1 and not narrow else ""
    said = "".join(_so_far(reading, place, dot, theme, narrow=narrow) for place, dot in enumerate(dots))
    return "".join(drawn) + line + said, top


def _name(name, top, room):
    """A name in one or two lines."""
    lines = two_lines(name, room)
    return paragraph(PAD, top + 13 - 8 * (len(lines) - 1), lines)


def _bar(reading, place, left, top, scale, theme):
    wide = scale * reading.shares[place]
    said = clean(f"{reading.names[place]}: {reading.label(place)}")
    title = f"<title>{said}</title>" if theme.hover else ""
    return (
        f'<g data-point="{place + 1}" data-value="{reading.counts[place]}">{title}'
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{BAR}" fill="{theme.line}"/></g>'
    )


def _so_far(reading, place, dot, theme, *, narrow):
    """The point of the share so far with its number: above the line, or on a phone within the row of the bar."""
    x, y = dot
    text = percent(100 * reading.cumulative[place])
    if not narrow:
        return _dot(x, y, theme) + write(x + 7, y - 3, text, fill=theme.alert)
    beside, anchor = (8, "") if reading.cumulative[place] < 0.6 else (-8, "end")
    return _dot(x, y, theme) + write(x + beside, y + 4, text, anchor=anchor, fill=theme.alert)
