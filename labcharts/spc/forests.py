"""A forest: the effect at each site, all of them combined, and what to expect at the next site."""

import math

from labcharts.axes import Frame, ticks
from labcharts.figures import Figures, figures
from labcharts.ink import NARROW, SMALL, THEMES, clean, elide, measure, picture, stroke, write
from labcharts.layout import PAD, footnotes, heading, statement
from labcharts.spc.reading import note_in_words
from labcharts.spc.words import ENGLISH
from labcharts.tables import table

ROUND = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
FINER = (0.25, 0.33, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4)


class ForestReading:
    """An EffectsAtSites read once. rows: ((name, estimate, low, high, weight, kind), ...) in the unit shown."""

    def __init__(self, sites, *, title, unit, words):
        self.sites, self.title, self.unit, self.words = sites, title, unit, words
        self.kind = sites.effects[0][1].kind if sites.effects else "continuous"
        self.ratios = self.kind != "continuous"
        combined = sites.combined
        self.weights = combined.weights.tolist() if combined else [None] * len(sites.effects)
        self.rows = [
            (str(site), *self._shown(effect.step.estimate, effect.step.low, effect.step.high), weight, "site")
            for (site, effect), weight in zip(sites.effects, self.weights, strict=True)
        ]
        if combined:
            self.rows.append(
                (
                    words.combined,
                    *self._shown(combined.estimate, combined.low, combined.high),
                    None,
                    "combined",
                )
            )
            low, high = self._shown(combined.prediction_low, combined.prediction_high)
            if math.isfinite(low) and math.isfinite(high):
                self.rows.append((words.next_site, None, low, high, None, "next"))
        self.none = 1.0 if self.ratios else 0.0
        self.figures = Figures(2) if self.ratios else figures([], self._numbers(), unit=unit)

    def _shown(self, *numbers):
        return tuple(_exp(number) for number in numbers) if self.ratios else numbers

    def _numbers(self):
        return [number for _, *numbers, _, _ in self.rows for number in numbers if number is not None]

    @property
    def measure(self):
        said = self.words.measures[self.kind]
        return f"{said} ({self.unit})" if self.unit and not self.ratios else said

    def text(self, row):
        _, estimate, low, high, _, _ = row
        low, high = self.figures(low), self.figures(high)
        if estimate is None:
            return self.words.from_to.format(low=low, high=high)
        return self.words.interval.format(estimate=self.figures(estimate), low=low, high=high)


def forest_svg(sites, *, title, unit="", words=ENGLISH, width=800, theme="screen", name="forest"):
    """An EffectsAtSites as SVG text. unit: of a step; ratios have none and stand on a logarithmic axis."""
    reading, colours = ForestReading(sites, title=title, unit=unit, words=words), THEMES[theme]
    head, top = heading(title, width)
    said, top = statement(_verdict(reading), top, width)
    body, bottom = _body(reading, top, width, colours)
    noted, height = footnotes(_notes(reading), bottom, width, colours)
    return picture(
        head + said + body + noted,
        width=width,
        height=round(height + PAD - 4),
        title=title,
        description=forest_sentence(sites, title=title, unit=unit, words=words),
        name=name,
        theme=colours,
    )


def forest_sentence(sites, *, title, unit="", words=ENGLISH):
    """The text alternative of a forest."""
    reading = ForestReading(sites, title=title, unit=unit, words=words)
    subject = words.forest.format(title=title, units=words.sites(len(sites.effects)))
    return " ".join(text for text in (subject, _verdict(reading), *_notes(reading), words.pointer) if text)


def forest_table(sites, *, title, unit="", words=ENGLISH):
    """A Table of a forest: each site's effect with its interval and weight, then the combined rows."""
    reading = ForestReading(sites, title=title, unit=unit, words=words)
    shown = Figures(1, suffix="%")
    rows = [
        {
            "site": row[0],
            "effect": reading.text(row),
            "weight": shown(100 * row[4]) if row[4] is not None else "",
        }
        for row in reading.rows
    ]
    headings = words.headings | {"effect": reading.measure}
    return table(
        title,
        [(n, headings[n], n != "site") for n in ("site", "effect", "weight")],
        rows,
        keep=("site", "effect"),
    )


def _exp(number):
    return math.exp(min(number, 300.0)) if math.isfinite(number) else number


def _verdict(reading):
    words = reading.words
    said = {row[-1]: row for row in reading.rows if row[-1] != "site"}
    if not said:
        return words.not_combined
    texts = [
        words.combined_said.format(measure=reading.measure.lower(), effect=reading.text(said["combined"]))
    ]
    if "next" in said:
        _, _, low, high, _, _ = said["next"]
        texts.append(words.next_site_said.format(low=reading.figures(low), high=reading.figures(high)))
    share = Figures(0)(reading.sites.combined.i2)
    return " ".join([*texts, words.differences.format(share=share)])


def _notes(reading):
    words = reading.words
    said = [
        note_in_words(note, words)
        for note in (reading.sites.combined.notes if reading.sites.combined else ())
    ]
    names = words.join.join(f"{site} ({words.reasons.get(why, why)})" for site, why in reading.sites.left_out)
    return [*said, words.left_out_sites.format(sites=names)] if names else said


def _body(reading, top, width, theme):
    narrow = width < NARROW
    texts = [reading.text(row) for row in reading.rows]
    room = max((measure(text, bold=True) for text in texts), default=0)
    names = min(max((measure(row[0], bold=True) for row in reading.rows), default=0), width * 0.3) + 16
    left, right = (PAD, width - PAD) if narrow else (PAD + names, width - PAD - room - 16)
    step = 42 if narrow else 28
    frame = _frame(reading, left, right, top + 4, top + 4 + step * len(reading.rows))
    drawn = [_axis(reading, frame, theme)]
    for place, (row, text) in enumerate(zip(reading.rows, texts, strict=True)):
        line = frame.top + step * place + 14
        bold, end, y = row[-1] != "site", width - PAD, line + (14 if narrow else -4)
        drawn.append(_none_line(reading, y, 10 if narrow else step / 2, frame, theme))
        space = end - PAD - room - 12 if narrow else names - 12
        drawn.append(write(PAD, line, elide(row[0], space, SMALL, bold), bold=bold))
        drawn.append(write(end, line, text, anchor="end", bold=bold))
        drawn.append(_told(reading, place, row, text, y, frame, theme))
    return "".join(drawn), frame.bottom + 46


def _frame(reading, left, right, top, bottom):
    """The frame; its places are the effects, or their logarithms for ratios. Very long intervals leave it."""
    middle = [_place(reading, row[1]) for row in reading.rows if row[1] is not None] + [
        _place(reading, reading.none)
    ]
    widest = 2.5 * (max(middle) - min(middle)) or 1.0
    every = [_place(reading, number) for row in reading.rows for number in row[1:4] if number is not None]
    first = max(min([*every, *middle]), min(middle) - widest)
    last = min(max([*every, *middle]), max(middle) + widest)
    return Frame(left, top, right, bottom, 0.0, 1.0, first, last, inset=10)


def _place(reading, number):
    return math.log(max(number, 1e-130)) if reading.ratios else number


def _none_line(reading, y, half, frame, theme):
    """The upright of "no effect" in one row; broken on a phone, where names stand between the rows."""
    x = frame.x(_place(reading, reading.none))
    return stroke([(x, y - half), (x, y + half)], theme.muted, width=1.2)


def _axis(reading, frame, theme):
    drawn = [stroke([(frame.left, frame.bottom), (frame.right, frame.bottom)], theme.muted)]
    least = -math.inf
    for number, text in _ticks(reading, frame):
        x = frame.x(_place(reading, number))
        if x - measure(text) / 2 < least:
            continue
        least = x + measure(text) / 2 + 12
        drawn.append(stroke([(x, frame.bottom), (x, frame.bottom + 5)], theme.muted))
        drawn.append(write(x, frame.bottom + 18, text, anchor="middle", fill=theme.muted))
    middle = (frame.left + frame.right) / 2
    drawn.append(write(middle, frame.bottom + 36, reading.measure, anchor="middle", fill=theme.muted))
    return "".join(drawn)


def _ticks(reading, frame):
    """(number, text) at the axis: round ratios, or steps of 1, 2 or 5."""
    if not reading.ratios:
        at, step = ticks(frame.first, frame.last) if frame.last > frame.first else ([frame.first], 1.0)
        return [(number, reading.figures.of_ticks(step)(number)) for number in at]
    low, high = math.exp(frame.first), math.exp(frame.last)
    coarse = [number for number in ROUND if low <= number <= high]
    fine = [number for number in FINER if low <= number <= high]
    return [(number, f"{number:g}") for number in (coarse if len(coarse) > 3 else fine)]


def _told(reading, place, row, text, y, frame, theme):
    said = clean(f"{row[0]}: {text}")
    title = f"<title>{said}</title>" if theme.hover else ""
    drawn = _interval(reading, row, y, frame, theme)
    return f'<g data-point="{place + 1}" data-value="{clean(text)}">{title}{drawn}</g>'


def _interval(reading, row, y, frame, theme):
    """A square with its interval; a diamond for all sites; a bar between end marks for the next site."""
    _, estimate, low, high, weight, kind = row
    x0, x1 = (_within(frame, _place(reading, number)) for number in (low, high))
    if kind == "combined":
        x = frame.x(_place(reading, estimate))
        corners = f"M{x0:.2f} {y:.2f}L{x:.2f} {y - 7:.2f}L{x1:.2f} {y:.2f}L{x:.2f} {y + 7:.2f}Z"
        return f'<path d="{corners}" fill="{theme.improvement}" stroke="{theme.ink}" stroke-width="1.3"/>'
    dashes = "4 3" if kind == "next" else ""
    drawn = stroke([(x0, y), (x1, y)], theme.muted, width=1.6, dashes=dashes)
    drawn += _end(frame, _place(reading, low), y, theme) + _end(frame, _place(reading, high), y, theme)
    if estimate is None:
        return drawn
    half = 3.5 + 5 * math.sqrt(weight or 0.0)
    x = frame.x(_place(reading, estimate))
    return drawn + (
        f'<rect x="{x - half:.2f}" y="{y - half:.2f}" width="{2 * half:.2f}" height="{2 * half:.2f}" '
        f'fill="{theme.common}" stroke="{theme.ink}"/>'
    )


def _within(frame, place):
    return frame.x(min(max(place, frame.first), frame.last))


def _end(frame, place, y, theme):
    """An upright where an interval ends, an arrow head where it goes on beyond the frame."""
    x = _within(frame, place)
    if frame.first <= place <= frame.last:
        return stroke([(x, y - 4), (x, y + 4)], theme.muted, width=1.6)
    back = 6 if place < frame.first else -6
    return stroke([(x + back, y - 4), (x, y), (x + back, y + 4)], theme.muted, width=1.6)
