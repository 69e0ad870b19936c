"""The plot of a chart inside its frame: limits, centre line, target, points; also a cell of small multiples."""

from itertools import groupby, pairwise

from labcharts.axes import Frame, extent, right_labels, right_margin
from labcharts.ink import clean, stroke
from labcharts.marks import EXCLUDED, letter, mark

LIMIT_DASHES = "5 3"
SIGNAL_DASHES = "11 6"
TARGET_DASHES = "9 3 2 3"


def domain(readings):
    """(low, high) of the numbers that one or more charts show."""
    numbers = [
        number for r in readings for column in (r.values, r.centre, r.lower, r.upper) for number in column
    ]
    return extent(numbers + [r.chart.target for r in readings])


def frame_of(reading, scale, *, left, top, right, bottom):
    """The Frame of a chart in a rectangle of pixels; scale: (low, high)."""
    places = reading.periods.places or (0.0,)
    return Frame(left, top, right, bottom, *scale, min(places), max(places))


def plot(reading, frame, theme):
    """Everything inside the frame, from the back to the front."""
    xs = [frame.x(place) for place in reading.periods.places]
    edges = _edges(xs, frame)
    drawn = []
    for phase in reading.chart.phases:
        span = range(phase.first - 1, phase.last)
        drawn += _phase(reading, phase, span, edges, frame, theme)
    drawn.append(_target(reading, frame, theme))
    drawn += _dividers(reading, edges, frame, theme)
    drawn += _series(reading, xs, frame, theme)
    drawn += _marks(reading, xs, frame, theme)
    return "".join(drawn)


def end_labels(reading, frame, theme, *, lines):
    """Numbers of the latest phase's lines right of the plot; lines: 0 without names, 1, or 2 with names above."""
    return right_labels(frame, _ends(reading, lines), theme=theme)


def end_margin(reading, *, lines):
    """Pixels that the labels at the right end need."""
    return right_margin(_ends(reading, lines))


def _ends(reading, lines):
    return [
        (value, _end_texts(name, text, lines), colour) for value, text, name, colour in line_ends(reading)
    ]


def _end_texts(name, text, lines):
    return ((text,), (f"{name} {text}",), (name, text))[lines]


def line_ends(reading):
    """((value, its text, name, colour), ...) of the lines at the right end."""
    words, phase, figures = reading.words, reading.last_phase, reading.figures
    found = []
    if phase is not None:
        colour = "alert" if signals_runs(phase) else "ink"
        found = [
            (reading.at(reading.upper, phase), words.upper, "muted"),
            (reading.at(reading.centre, phase), reading.centre_name, colour),
            (reading.at(reading.lower, phase), words.lower, "muted"),
        ]
    ends = [(value, figures(value), name, shade) for value, name, shade in found if value is not None]
    target = reading.chart.target
    return ends if target is None else [*ends, (target, figures.given(target), words.target, "target")]


def signals_runs(phase):
    """Whether the runs of a phase say that something changed."""
    few_or_many = phase.run_count is not None and phase.run_count.verdict != "expected"
    return bool((phase.runs is not None and phase.runs.signal) or few_or_many)


def _edges(xs, frame):
    """Left and right border of each point's own stretch of the lines."""
    if not xs:
        return []
    between = [(one + other) / 2 for one, other in pairwise(xs)]
    return list(zip([frame.left, *between], [*between, frame.right], strict=True))


def _target(reading, frame, theme):
    if reading.chart.target is None:
        return ""
    y = frame.y(reading.chart.target)
    return stroke([(frame.left, y), (frame.right, y)], theme.target, width=1.6, dashes=TARGET_DASHES)


def _phase(reading, phase, span, edges, frame, theme):
    """Band between the limits, limits, centre line of one phase."""
    drawn = []
    for run in _unbroken(
        span, lambda place: reading.lower[place] is not None and reading.upper[place] is not None
    ):
        around = _steps(reading.upper, run, edges, frame) + _steps(reading.lower, run, edges, frame)[::-1]
        corners = "L".join(f"{x:.2f} {y:.2f}" for x, y in around)
        drawn.append(f'<path d="M{corners}Z" fill="{theme.band}"/>')
    for column in (reading.upper, reading.lower):
        drawn += _line(column, span, edges, frame, colour=theme.muted, width=1.2, dashes=LIMIT_DASHES)
    alert = signals_runs(phase)
    colour, dashes = (theme.alert, SIGNAL_DASHES) if alert else (theme.ink, "")
    return drawn + _line(reading.centre, span, edges, frame, colour=colour, width=2, dashes=dashes)


def _unbroken(span, known):
    """The places of a span in lists of neighbours that are known."""
    return [list(run) for is_known, run in groupby(span, key=known) if is_known]


def _line(column, span, edges, frame, *, colour, **how):
    """A line of steps, broken where a number is missing; straight where it never changes."""
    runs = _unbroken(span, lambda place: column[place] is not None)
    return [stroke(_steps(column, run, edges, frame), colour, **how) for run in runs]


def _steps(column, run, edges, frame):
    corners = []
    for value, same in groupby(run, key=column.__getitem__):
        first, *others = same
        y = frame.y(value)
        corners += [(edges[first][0], y), (edges[others[-1] if others else first][1], y)]
    return corners


def _dividers(reading, edges, frame, theme):
    """Dotted uprights where a phase begins and where the baseline of a phase ends."""
    phases, baseline = reading.chart.points.phase.tolist(), reading.chart.points.baseline.tolist()
    drawn = []
    for place in range(1, len(edges)):
        new = phases[place] != phases[place - 1]
        if new or (baseline[place - 1] and not baseline[place]):
            x = edges[place][0]
            drawn.append(stroke([(x, frame.top), (x, frame.bottom)], theme.muted, width=1, dashes="1.5 3"))
    return drawn


def _series(reading, xs, frame, theme):
    phases = reading.chart.points.phase.tolist()
    runs = groupby(range(len(xs)), key=lambda i: (reading.values[i] is not None, phases[i]))
    lines = [[(xs[i], frame.y(reading.values[i])) for i in run] for (known, _), run in runs if known]
    return [stroke(line, theme.line, width=1.4) for line in lines if len(line) > 1]


def _marks(reading, xs, frame, theme):
    apart = (xs[-1] - xs[0]) / (len(xs) - 1) if len(xs) > 1 else 20.0
    radius = min(5.2, max(2.4, apart * 0.4))
    lettered = _lettered(reading, apart)
    drawn = []
    for place, value in enumerate(reading.values):
        if value is None:
            continue
        x, y, kind = xs[place], frame.y(value), reading.kinds[place]
        size = radius if kind == "common" else max(radius, 3.8)
        drawn.append(_told(reading, place, mark(kind, x, y, size, theme), theme))
        if place in lettered:
            drawn.append(letter(reading.sides[place], x, y, size, words=reading.words, theme=theme))
    return drawn


def _told(reading, place, drawn, theme):
    number = reading.numbers[place]
    title = f"<title>{clean(f'{reading.periods.labels[place]}: {number}')}</title>" if theme.hover else ""
    return f'<g data-point="{place + 1}" data-value="{number}">{title}{drawn}</g>'


def _lettered(reading, apart):
    """Places of points that get their letter: all with a signal, or where they are dense one for each stretch."""
    places = [
        p for p, kind in enumerate(reading.kinds) if kind not in ("common", EXCLUDED) and reading.sides[p]
    ]
    places = [place for place in places if reading.values[place] is not None]
    if apart >= 14:
        return set(places)
    stretches = groupby(enumerate(places), key=lambda pair: (pair[1] - pair[0], reading.sides[pair[1]]))
    return {
        max((place for _, place in stretch), key=lambda place: side * reading.values[place])
        for (_, side), stretch in stretches
    }
