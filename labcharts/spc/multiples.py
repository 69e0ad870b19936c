"""Several charts beside each other, one for each site, on one scale or each on its own."""

from labcharts.axes import bottom_axis, left_axis, left_margin
from labcharts.ink import NARROW, SMALL, TEXT, THEMES, leading, paragraph, picture, wrap, write
from labcharts.layout import PAD, heading, key
from labcharts.spc.icons import SIZE, icons
from labcharts.spc.picture import key_of
from labcharts.spc.plot import domain, end_labels, end_margin, frame_of, plot, signals_runs
from labcharts.spc.reading import Reading
from labcharts.spc.sentences import count_of_signals, verdict
from labcharts.spc.words import ENGLISH

PLOT = 130
GAP = 18
SMALLER = 0.7  # icons in a cell


def small_multiples(
    charts, *, title, unit="", words=ENGLISH, shared_scale=True, width=800, theme="screen", name="charts"
):
    """Charts in a grid as one SVG. charts: {title: Chart}, in the order to be shown.

    shared_scale: one scale for all, so that sites can be compared; else each its own. As many
    columns as are legible: one on a phone, two or three on a page.
    """
    colours = THEMES[theme]
    readings = [Reading(chart, str(site), unit, words) for site, chart in charts.items()]
    drawn, top = heading(title, width)
    if unit not in ("", "%"):
        drawn, top = drawn + write(PAD, top + 8, unit, fill=colours.muted), top + 20
    common = domain(readings) if shared_scale and readings else None
    cells, top = _grid(readings, common, top, width, colours)
    keyed, height = key(key_of(readings, colours) if readings else [], top, width)
    return picture(
        drawn + cells + keyed,
        width=width,
        height=round(height + PAD - 4),
        title=title,
        description=multiples_sentence(charts, title=title, unit=unit, words=words),
        name=name,
        theme=colours,
    )


def multiples_sentence(charts, *, title, unit="", words=ENGLISH):
    """The text alternative: the verdict on each chart, and the pointer to the tables."""
    readings = [Reading(chart, str(site), unit, words) for site, chart in charts.items()]
    said = " ".join(words.cell_said.format(title=r.title, said=verdict(r)) for r in readings)
    return f"{words.several.format(title=title, number=len(readings), list=said)} {words.pointer}"


def _grid(readings, common, top, width, theme):
    columns = 1 if width < NARROW else 2 if width < 760 or len(readings) in (2, 4) else 3
    wide = (width - 2 * PAD - GAP * (columns - 1)) / columns
    drawn = []
    for first in range(0, len(readings), columns):
        row = readings[first : first + columns]
        head = max(_head_height(reading, wide) for reading in row)
        for place, reading in enumerate(row):
            left = PAD + place * (wide + GAP)
            drawn.append(_head(reading, left, top, wide, theme))
            drawn.append(_cell(reading, common or domain([reading]), left, top + head, wide, theme))
        top += head + PLOT + 44
    return "".join(drawn), top


def _lines(reading, wide):
    return wrap(reading.title, wide - _icons_width(reading), TEXT, True)[:2]


def _icons_width(reading):
    made = reading.chart.options.preset == "making-data-count"
    return (1 + (reading.chart.icons.assurance is not None)) * (SIZE + 8) * SMALLER if made else 0


def _head_height(reading, wide):
    said = leading(SMALL) * len(_said(reading, wide))
    return max(leading(TEXT) * len(_lines(reading, wide)) + said + 6, 44 if _icons_width(reading) else 0)


def _head(reading, left, top, wide, theme):
    """Title, the centre line and what signals; icons at the right."""
    lines = _lines(reading, wide)
    drawn = paragraph(left, top + TEXT, lines, size=TEXT, bold=True)
    drawn += paragraph(left, top + leading(TEXT) * len(lines) + 12, _said(reading, wide), fill=theme.muted)
    if not _icons_width(reading):
        return drawn
    direction = reading.chart.options.direction
    round_ones, _ = icons(reading.chart.icons, 0, 0, direction=direction, words=reading.words, theme=theme)
    x = left + wide - _icons_width(reading)
    return f'{drawn}<g transform="translate({x:.1f} {top:.1f}) scale({SMALLER})">{round_ones}</g>'


def _said(reading, wide):
    """The centre line and what signals, in lines."""
    return wrap(_summary(reading), wide - _icons_width(reading))


def _summary(reading):
    phase, words = reading.last_phase, reading.words
    if phase is None or reading.at(reading.centre, phase) is None:
        return words.nothing
    value = reading.figures(reading.at(reading.centre, phase))
    said = [words.cell.format(centre=reading.centre_name, value=value), count_of_signals(reading, phase)]
    said += [words.runs_changed] if signals_runs(phase) else []
    return words.join.join(text.rstrip(".") for text in said if text)


def _cell(reading, scale, left, top, wide, theme):
    start = left + left_margin(*scale, reading.figures) - 6
    right = left + wide - end_margin(reading, lines=0)
    frame = frame_of(reading, scale, left=start, top=top, right=right, bottom=top + PLOT)
    return (
        left_axis(frame, reading.figures, theme=theme)
        + plot(reading, frame, theme)
        + bottom_axis(frame, reading.periods, theme=theme)
        + end_labels(reading, frame, theme, lines=0)
    )
