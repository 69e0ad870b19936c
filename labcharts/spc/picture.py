"""A run chart or control chart as SVG: header with icons and verdict, plot, key and notes."""

from labcharts.axes import bottom_axis, bottom_margin, keep_apart, left_axis, left_margin
from labcharts.ink import NARROW, SMALL, THEMES, leading, measure, paragraph, picture, stroke, wrap, write
from labcharts.layout import PAD, footnotes, heading, key, statement
from labcharts.marks import mark
from labcharts.spc.icons import SIZE, icons
from labcharts.spc.plot import domain, end_labels, end_margin, frame_of, plot, signals_runs
from labcharts.spc.reading import Reading
from labcharts.spc.sentences import sentence, verdict
from labcharts.spc.words import ENGLISH

STRIP = 20


def spc_svg(chart, *, title, unit="", words=ENGLISH, annotations=(), width=800, theme="screen", name="chart"):
    """A Chart as SVG text (all texts are escaped), laid out for `width` pixels: 390 for a phone, 800 for a page.

    unit: written above the axis; "%" is written behind every number. annotations: {number of a
    point: text} or pairs of both. theme: "screen", "print" (told apart in grey) or "mail".
    name: makes the ids of this picture its own, where a page has several.
    """
    reading = Reading(chart, title, unit, words, tuple(sorted(dict(annotations).items())))
    return drawn(reading, width=width, theme=theme, name=name)


def drawn(reading, *, width, theme, name):
    """The picture of a Reading, as `spc_svg` gives it."""
    colours = THEMES[theme]
    head, top = _header(reading, width, colours)
    body, bottom = _body(reading, top, width, colours)
    foot, height = _footer(reading, bottom, width, colours)
    return picture(
        head + body + foot,
        width=width,
        height=height,
        title=reading.title,
        description=sentence(reading),
        name=name,
        theme=colours,
    )


def _header(reading, width, theme):
    """Title, then the icons with the verdict beside them. Returns (SVG, where the next part starts)."""
    drawn, top = heading(reading.title, width)
    if reading.chart.options.preset != "making-data-count":
        said, top = statement(verdict(reading), top, width)
        return drawn + said, top
    direction = reading.chart.options.direction
    round_ones, left = icons(
        reading.chart.icons, PAD, top, direction=direction, words=reading.words, theme=theme
    )
    said, top = statement(verdict(reading), top, width, left=left, least=SIZE)
    return drawn + round_ones + said, top


def _body(reading, top, width, theme):
    narrow = width < NARROW
    lines = 2 if narrow else 1
    scale = domain([reading])
    left = PAD + left_margin(*scale, reading.figures) - 8
    right = width - PAD - end_margin(reading, lines=lines)
    if reading.unit not in ("", "%"):
        top += STRIP
    strips = STRIP * (bool(reading.annotations) + _has_stretches(reading))
    height = 220 if narrow else 300
    frame = frame_of(reading, scale, left=left, top=top + strips, right=right, bottom=top + strips + height)
    drawn = [
        _unit(reading, top, theme),
        left_axis(frame, reading.figures, theme=theme),
        _stretches(reading, frame, theme),
        plot(reading, frame, theme),
        _annotations(reading, frame, top, theme),
        bottom_axis(frame, reading.periods, theme=theme),
        end_labels(reading, frame, theme, lines=lines),
    ]
    return "".join(drawn), frame.bottom + bottom_margin(frame, reading.periods)


def _unit(reading, top, theme):
    if reading.unit in ("", "%"):
        return ""
    return write(PAD, top - 7, reading.unit, fill=theme.muted)


def _has_stretches(reading):
    return len(reading.chart.phases) > 1 or not reading.chart.points.baseline.all()


def _stretches(reading, frame, theme):
    """Above the plot: names of phases, or of the baseline, in the longest form that fits."""
    words, phases = reading.words, reading.chart.phases
    places = reading.periods.places
    if not _has_stretches(reading):
        return ""
    if len(phases) == 1:
        last = sum(reading.chart.points.baseline.tolist())
        spans = [(places[0], places[max(last, 1) - 1], (words.baseline,))]
    else:
        spans = [(places[p.first - 1], places[p.last - 1], _phase_names(reading, p)) for p in phases]
    drawn = []
    for first, last, names in spans:
        left, right = frame.x(first), frame.x(last)
        fits = [name for name in names if measure(name) <= right - left + 6]
        drawn += [
            write((left + right) / 2, frame.top - 6, name, anchor="middle", fill=theme.muted)
            for name in fits[:1]
        ]
    return "".join(drawn)


def _phase_names(reading, phase):
    words = reading.words
    value = reading.figures(reading.at(reading.centre, phase))
    centre = reading.centre_name.lower()
    full = words.phase_named.format(number=phase.number, centre=centre, value=value)
    return full, words.phase_mark.format(number=phase.number), str(phase.number)


def _annotations(reading, frame, top, theme):
    """Numbered circles above the plot, each with a line to its point; their texts stand below."""
    shown = _shown(reading)
    wanted = [frame.x(reading.periods.places[point - 1]) for point, _ in shown]
    placed = keep_apart(wanted, gap=21, low=frame.left + 9, high=frame.right - 9)
    drawn = []
    for number, ((point, _), x, true) in enumerate(zip(shown, placed, wanted, strict=True), 1):
        value = reading.values[point - 1]
        room = 22 if reading.sides[point - 1] > 0 else 7
        end = max(frame.top, frame.y(value) - room) if value is not None else frame.bottom
        drawn.append(stroke([(x, top + 20), (true, frame.top), (true, end)], theme.muted, width=0.8))
        drawn.append(_number(number, x, top + 10, theme))
    return "".join(drawn)


def _shown(reading):
    return [(point, text) for point, text in reading.annotations if 1 <= point <= len(reading.values)]


def _number(number, x, y, theme):
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{theme.paper}" stroke="{theme.muted}"/>'
    return circle + write(x, y + 4, str(number), anchor="middle", bold=True)


def _footer(reading, top, width, theme):
    """Key of the marks that occur, texts of the annotations, notes."""
    drawn, top = key(key_of([reading], theme), top, width)
    for number, (point, text) in enumerate(_shown(reading), 1):
        lines = wrap(f"{reading.periods.labels[point - 1]}: {text}", width - 2 * PAD - 28)
        drawn += _number(number, PAD + 9, top + 9, theme) + paragraph(PAD + 28, top + 13, lines)
        top += max(24, leading(SMALL) * len(lines) + 8)
    noted, top = footnotes(reading.notes, top, width, theme)
    return drawn + noted, round(top + PAD - 4)


def key_of(readings, theme):
    """[(sample, words), ...] of what occurs in one or more charts; empty where all is as usual."""
    words = readings[0].words
    kinds = {k for r in readings for k, v in zip(r.kinds, r.values, strict=True) if v is not None}
    entries = [(mark(kind, 0, 0, 4.8, theme), words.kinds_of_point[kind]) for kind in sorted(kinds)]
    if any(signals_runs(phase) for r in readings for phase in r.chart.phases):
        dashes = stroke([(-9, 0), (9, 0)], theme.alert, width=2, dashes="7 4")
        entries.append((dashes, words.dashed_line))
    return entries if len(entries) > 1 else []
