"""EWMA and CUSUM charts: a line of what adds up over time, with its limits."""

from functools import cached_property

from labcharts.axes import (
    Frame,
    bottom_axis,
    bottom_margin,
    extent,
    left_axis,
    left_margin,
    right_labels,
    right_margin,
)
from labcharts.figures import figures, periods, plain
from labcharts.ink import NARROW, THEMES, clean, picture, stroke, write
from labcharts.layout import PAD, heading, key, statement
from labcharts.marks import mark
from labcharts.spc.words import ENGLISH
from labcharts.tables import table
from labengines.spc.types.series import BernoulliCusum, Cusum, Ewma


class SumsReading:
    """An Ewma, Cusum or BernoulliCusum read once: its lines, limits and signals.

    lines: ((name, values, sides), ...), a side +1, -1 or 0 for each point. limits: ((name,
    numbers for each point, whether its end is labelled), ...).
    """

    def __init__(self, result, *, title, unit, x, words):
        self.result, self.title, self.unit, self.words = result, title, unit, words
        self.values = plain(result.events if isinstance(result, BernoulliCusum) else result.values)
        points = x if x is not None else range(1, len(self.values) + 1)
        self.periods = periods(tuple(points), words=words)
        read = {Ewma: _ewma, Cusum: _cusum, BernoulliCusum: _bernoulli}[type(result)]
        self.kind, self.centre, self.lines, self.limits = read(result, words)

    @cached_property
    def figures(self):
        shown = [value for _, values, _ in self.lines for value in values]
        limits = [value for _, values in self.limits for value in values]
        return figures(shown, limits, unit=self.unit if isinstance(self.result, Ewma) else "")

    @cached_property
    def signals(self):
        """For each point the side of its signal, 0 without one."""
        return [
            next((side for side in sides if side), 0)
            for sides in zip(*(s for *_, s in self.lines), strict=True)
        ]


def sums_svg(result, *, title, unit="", x=None, words=ENGLISH, width=800, theme="screen", name="sums"):
    """An Ewma, Cusum or BernoulliCusum as SVG text. x: the period of each point; else their numbers."""
    reading, colours = SumsReading(result, title=title, unit=unit, x=x, words=words), THEMES[theme]
    head, top = heading(title, width)
    said, top = statement(_verdict(reading), top, width)
    body, bottom = _body(reading, top, width, colours)
    keyed, height = key(_key(reading, colours), bottom, width)
    return picture(
        head + said + body + keyed,
        width=width,
        height=round(height + PAD - 4),
        title=title,
        description=sums_sentence(result, title=title, unit=unit, x=x, words=words),
        name=name,
        theme=colours,
    )


def sums_sentence(result, *, title, unit="", x=None, words=ENGLISH):
    """The text alternative: what is added up, and where it passes a limit."""
    reading = SumsReading(result, title=title, unit=unit, x=x, words=words)
    labels = reading.periods.labels or ("",)
    points = words.points(len(reading.values))
    subject = words.sums.format(
        kind=reading.kind, title=title, points=points, first=labels[0], last=labels[-1]
    )
    return f"{subject} {_verdict(reading)} {words.pointer}"


def sums_table(result, *, title, unit="", x=None, words=ENGLISH):
    """A Table of an Ewma, Cusum or BernoulliCusum."""
    reading = SumsReading(result, title=title, unit=unit, x=x, words=words)
    own = figures(reading.values, unit=unit)
    headings = words.headings
    lines = {name: values for name, values, _ in reading.lines}
    columns = [("period", headings["period"], False), ("value", headings["value"], True)]
    columns += [(name, name, True) for name in [*lines, *dict(reading.limits)]]
    rows = [
        {"period": label, "value": own(value) or words.missing}
        | {name: reading.figures(values[place]) for name, values in [*lines.items(), *reading.limits]}
        | {"signal": _side(reading.signals[place], words)}
        for place, (label, value) in enumerate(zip(reading.periods.labels, reading.values, strict=True))
    ]
    columns.append(("signal", headings["signal"], False))
    return table(title, columns, rows, keep=("period", "value", "signal"))


def _ewma(result, words):
    smoothed, lower, upper = plain(result.smoothed), plain(result.lower), plain(result.upper)
    sides = [
        int(s) * (1 if value is not None and value > result.centre else -1)
        for s, value in zip(result.signal.tolist(), smoothed, strict=True)
    ]
    limits = ((words.upper, upper), (words.lower, lower))
    return words.ewma, result.centre, ((words.smoothed, smoothed, sides),), limits


def _cusum(result, words):
    return _both(result, words, words.cusum, result.decision)


def _bernoulli(result, words):
    return _both(result, words, words.bernoulli_cusum, result.limit)


def _both(result, words, kind, limit):
    above = (words.above, plain(result.above), [int(s) for s in result.signal_above.tolist()])
    below = (words.below, plain(result.below), [-int(s) for s in result.signal_below.tolist()])
    length = len(above[1])
    limits = ((words.upper, [float(limit)] * length), (words.lower, [-float(limit)] * length))
    return kind, 0.0, (above, below), limits


def _side(side, words):
    return {1: words.above_upper, -1: words.below_lower, 0: words.no_signal}[side]


def _verdict(reading):
    words = reading.words
    places = [place for place, side in enumerate(reading.signals) if side]
    if not places:
        return words.no_sum_signals
    first = f"{reading.periods.labels[places[0]]} ({_side(reading.signals[places[0]], words)})"
    return words.sum_signals.format(points=words.points(len(places)), first=first)


def _body(reading, top, width, theme):
    narrow = width < NARROW
    numbers = [
        value
        for values in ([v for _, v, _ in reading.lines] + [v for _, v in reading.limits])
        for value in values
    ]
    shown = numbers + (reading.values if isinstance(reading.result, Ewma) else [])
    scale = extent([*shown, reading.centre])
    ends = _ends(reading, narrow)
    top += 20 if reading.unit not in ("", "%") else 0
    left, right = PAD + left_margin(*scale, reading.figures) - 8, width - PAD - right_margin(ends)
    places = reading.periods.places or (0.0,)
    frame = Frame(left, top, right, top + (220 if narrow else 300), *scale, min(places), max(places))
    drawn = [
        write(PAD, top - 7, reading.unit, fill=theme.muted) if reading.unit not in ("", "%") else "",
        left_axis(frame, reading.figures, theme=theme),
        _lines(reading, frame, theme),
        bottom_axis(frame, reading.periods, theme=theme),
        right_labels(frame, ends, theme=theme),
    ]
    return "".join(drawn), frame.bottom + bottom_margin(frame, reading.periods)


def _lines(reading, frame, theme):
    xs = [frame.x(place) for place in reading.periods.places]
    centre = frame.y(reading.centre)
    drawn = [stroke([(frame.left, centre), (frame.right, centre)], theme.ink, width=1.6)]
    drawn += [_path(xs, values, frame, theme.muted, width=1.2, dashes="5 3") for _, values in reading.limits]
    if isinstance(reading.result, Ewma):
        drawn += [
            _small(x, frame.y(value), theme)
            for x, value in zip(xs, reading.values, strict=True)
            if value is not None
        ]
    for line, (_, values, _sides) in enumerate(reading.lines):
        drawn.append(_path(xs, values, frame, theme.line, width=1.8))
        drawn += [
            _mark(reading, line, place, xs[place], frame, theme)
            for place, v in enumerate(values)
            if v is not None
        ]
    return "".join(drawn)


def _path(xs, values, frame, colour, **how):
    line = [(x, frame.y(value)) for x, value in zip(xs, values, strict=True) if value is not None]
    return stroke(line, colour, **how) if len(line) > 1 else ""


def _small(x, y, theme):
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.8" fill="{theme.paper}" stroke="{theme.line}"/>'


def _mark(reading, line, place, x, frame, theme):
    name, values, sides = reading.lines[line]
    kind = {1: "high", -1: "low", 0: "common"}[sides[place]]
    number = reading.figures(values[place])
    said = clean(f"{reading.periods.labels[place]}, {name}: {number}")
    title = f"<title>{said}</title>" if theme.hover else ""
    room = max(2.6, min(4.2, 0.4 * (frame.right - frame.left) / len(values)))
    shape = mark(kind, x, frame.y(values[place]), room if kind == "common" else 4.6, theme)
    return f'<g data-point="{place + 1}" data-line="{line + 1}" data-value="{number}">{title}{shape}</g>'


def _ends(reading, narrow):
    """Names and numbers of limits and centre line at the right end."""
    words = reading.words
    known = [
        (name, next((v for v in reversed(values) if v is not None), None)) for name, values in reading.limits
    ]
    known.append((words.mean if isinstance(reading.result, Ewma) else words.given_centre, reading.centre))
    texts = [(value, name, reading.figures.given(value)) for name, value in known if value is not None]
    return [
        (
            value,
            (name, text) if narrow else (f"{name} {text}",),
            "ink" if value == reading.centre else "muted",
        )
        for value, name, text in texts
    ]


def _key(reading, theme):
    words = reading.words
    shown = {"common"} | {"high" if side > 0 else "low" for side in reading.signals if side}
    names = words.join.join(name for name, *_ in reading.lines)
    said = {"common": names, "high": words.above_upper, "low": words.below_lower}
    entries = [(mark(kind, 0, 0, 4.6, theme), said[kind]) for kind in sorted(shown)]
    if isinstance(reading.result, Ewma):
        entries.append((_small(0, 0, theme), words.single_values))
    return entries
