"""Scales, round numbers for axes, and labels that keep off each other."""

import math
from dataclasses import dataclass

from labcharts.ink import SMALL, leading, measure, paragraph, stroke, two_lines, write

INSET = 12  # first and last point keep off the edges


@dataclass(frozen=True)
class Frame:
    """The plot's rectangle in pixels and what its edges stand for.

    low, high: numbers at the bottom and top edge. first, last: places at the left and right inset.
    """

    left: float
    top: float
    right: float
    bottom: float
    low: float
    high: float
    first: float
    last: float
    inset: float = INSET

    def x(self, place):
        """Pixel from the left."""
        width = self.right - self.left - 2 * self.inset
        if self.last == self.first:
            return self.left + self.inset + width / 2
        return self.left + self.inset + width * (place - self.first) / (self.last - self.first)

    def y(self, value):
        """Pixel from the top."""
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)

    def xs(self, places):
        """Pixels from the left of many places."""
        return [self.x(place) for place in places] if self.last == self.first else self._many(places)

    def _many(self, places):
        start, factor = (
            self.x(self.first),
            (self.x(self.last) - self.x(self.first)) / (self.last - self.first),
        )
        return [start + factor * (place - self.first) for place in places]

    def ys(self, values):
        """Pixels from the top of many values, None for a missing one."""
        factor = (self.bottom - self.top) / (self.high - self.low)
        return [None if value is None else self.bottom - factor * (value - self.low) for value in values]


def extent(values, *, share=0.09):
    """(low, high) that hold all finite values with some room; not below zero where no value is."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    room = share * (high - low) or abs(high) * share or 1.0
    bottom = 0.0 if low >= 0 and low - room < 0.25 * (high - low) else low - room
    return bottom, high + room


def ticks(low, high, *, most=6):
    """(round numbers from low to high, their step): steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [step * n for n in range(first, math.floor(high / step + 1e-9) + 1)], step


def keep_apart(wanted, *, gap, low, high):
    """Places as near to the wanted ones as may be, at least `gap` apart, within low..high as far as they fit."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [0.0] * len(wanted)
    least = low
    for index in order:
        placed[index] = max(wanted[index], least)
        least = placed[index] + gap
    most = high
    for index in reversed(order):
        placed[index] = min(placed[index], most)
        most = placed[index] - gap
    return placed


def left_axis(frame, figures, *, theme, rules=True):
    """Round numbers left of the plot, with faint lines."""
    at, step = ticks(frame.low, frame.high, most=max(2, int((frame.bottom - frame.top) / 42)))
    shown = figures.of_ticks(step)
    drawn = []
    for value in at:
        y = frame.y(value)
        if rules:
            drawn.append(stroke([(frame.left, y), (frame.right, y)], theme.rule, width=0.5))
        drawn.append(write(frame.left - 6, y + 4, shown(value), anchor="end", fill=theme.muted))
    return "".join(drawn)


def left_margin(low, high, figures):
    """Pixels that the numbers left of a plot need."""
    at, step = ticks(low, high)
    shown = figures.of_ticks(step)
    return max((measure(shown(value)) for value in at), default=20) + 10


def right_labels(frame, ends, *, theme):
    """Texts right of the plot where lines end, kept off each other; ends: [(value, lines of text, colour), ...]"""
    rows = max((len(texts) for _, texts, _ in ends), default=1)
    wanted = [frame.y(value) + 4 - 7 * (rows - 1) for value, *_ in ends]
    last = frame.bottom + 4 - 14 * (rows - 1)
    heights = keep_apart(wanted, gap=15 * rows, low=frame.top + 4, high=last)
    drawn = []
    for (value, texts, colour), height in zip(ends, heights, strict=True):
        shade, x = getattr(theme, colour), frame.right + 9
        true, shown = frame.y(value), height - 4 + 7 * (rows - 1)
        if abs(true - shown) > 2:
            drawn.append(stroke([(frame.right, true), (frame.right + 7, shown)], shade, width=0.8))
        for row, text in enumerate(texts):
            drawn.append(write(x, height + 14 * row, text, fill=shade, bold=row == len(texts) - 1))
    return "".join(drawn)


def right_margin(ends):
    """Pixels that the labels right of a plot need."""
    return max((measure(text, bold=True) for _, texts, _ in ends for text in texts), default=0) + 12


def bottom_axis(frame, periods, *, theme):
    """Periods below the plot: as many as fit, at even steps; numbers at round ones; names in two lines."""
    drawn = [stroke([(frame.left, frame.bottom), (frame.right, frame.bottom)], theme.muted)]
    for place, lines in _labels(frame, periods):
        x, half = frame.x(place), max(map(measure, lines), default=0) / 2
        x_text = min(max(x, frame.left + half - 24), frame.right - half + 24)
        drawn.append(stroke([(x, frame.bottom), (x, frame.bottom + 5)], theme.muted))
        drawn.append(paragraph(x_text, frame.bottom + 18, lines, anchor="middle", fill=theme.muted))
    return "".join(drawn)


def bottom_margin(frame, periods):
    """Pixels that the texts below a plot need."""
    return 16 + leading(SMALL) * max((len(lines) for _, lines in _labels(frame, periods)), default=1)


def _labels(frame, periods):
    """((place, lines of text), ...)"""
    if periods.kind == "number" and len(set(periods.places)) > 1:
        return _round_numbers(frame)
    room = (frame.right - frame.left) / max(1, len(periods.labels))
    if periods.kind == "category" and room > 24:
        return [
            (p, two_lines(label, room - 5)) for p, label in zip(periods.places, periods.labels, strict=True)
        ]
    widest = max(map(measure, periods.labels), default=0)
    step = next(n for n in _steps(periods) if n * room >= widest + 14 or n >= len(periods.labels))
    return _apart(frame, zip(periods.places[::step], periods.labels[::step], strict=True))


def _steps(periods):
    yield from (1, 2, 3, 4, 6, 12, 24, 36, 48, 60)
    while True:
        yield len(periods.labels)


def _apart(frame, labels):
    kept, least = [], -math.inf
    for place, label in labels:
        half = measure(label) / 2
        if frame.x(place) - half >= least:
            kept.append((place, (label,)))
            least = frame.x(place) + half + 10
    return kept


def _round_numbers(frame):
    most = max(2, int((frame.right - frame.left) / 48))
    at, step = ticks(frame.first, frame.last, most=most)
    if step < 1 and frame.first == int(frame.first):
        at = [value for value in at if value == int(value)]
    return [(value, (f"{value:,.10g}".replace("-", "−"),)) for value in at]
