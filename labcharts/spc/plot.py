"""The plot of a chart inside its frame: limits, centre line, target, points; also a cell of small multiples."""

from itertools import groupby, pairwise

from labcharts.axes import Frame, extent, right_labels, right_margin
from labcharts.ink import clean, stroke, trace
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
    xs, ys = frame.xs(reading.periods.places), frame.ys(reading.values)
    edges = _edges(xs, frame)
    drawn = []
    for phase in reading.chart.phases:
        span = range(phase.first - 1, phase.last)
        drawn += _phase(reading, phase, span, edges, frame, theme)
    drawn.append(_target(reading, frame, theme))
    drawn += _dividers(reading, edges, frame, theme)
    drawn += _series(reading, xs, ys, theme)
    drawn += _marks(reading, xs, ys, theme)
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
    """Band where both limits are known, limits and centre line of one phase."""
    columns = (reading.upper, reading.lower, reading.centre)
    upper, lower, centre = (_steps(column, span, edges, frame) for column in columns)
    bands = ["L".join([*upper[run], *reversed(lower[run])]) for run in upper if run in lower]
    limits = [*upper.values(), *lower.values()]
    alert = signals_runs(phase)
    colour, dashes = (theme.alert, SIGNAL_DASHES) if alert else (theme.ink, "")
    return [
        *(f'<path d="M{band}Z" fill="{theme.band}"/>' for band in bands),
        *(trace(corners, theme.muted, width=1.2, dashes=LIMIT_DASHES) for corners in limits),
        *(trace(corners, colour, width=2, dashes=dashes) for corners in centre.values()),
    ]


def _steps(column, span, edges, frame):
    """{(first, last place): corners} of a line of steps, one entry for each stretch without a missing number."""
    found = {}
    for known, run in groupby(span, key=lambda place: column[place] is not None):
        run_places = tuple(run)
        if known:
            found[run_places[0], run_places[-1]] = _corners(column, run_places, edges, frame)
    return found


def _corners(column, run, edges, frame):
    corners = []
    for value, same in groupby(run, key=column.__getitem__):
        first, *others = same
        y = frame.y(value)
        corners += [
            f"{edges[first][0]:.2f} {y:.2f}",
            f"{edges[others[-1] if others else first][1]:.2f} {y:.2f}",
        ]
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


def _series(reading, xs, ys, theme):
    phases = reading.chart.points.phase.tolist()
    runs = groupby(range(len(xs)), key=lambda i: (ys[i] is not None, phases[i]))
    lines = [[(xs[i], ys[i]) for i in run] for (known, _), run in runs if known]
    return [stroke(line, theme.line, width=1.4) for line in lines if len(line) > 1]


def _marks(reading, xs, ys, theme):
    apart = (xs[-1] - xs[0]) / (len(xs) - 1) if len(xs) > 1 else 20.0
    radius = min(5.2, max(2.4, apart * 0.4))
    lettered = _lettered(reading, apart)
    drawn = []
    for place, (x, y, kind) in enumerate(zip(xs, ys, reading.kinds, strict=True)):
        if y is None:
            continue
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
