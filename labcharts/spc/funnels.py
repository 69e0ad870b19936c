"""A funnel: many units against their size, with the limits that chance allows."""

from functools import cached_property

from labcharts.axes import Frame, bottom_axis, extent, left_axis, left_margin, right_labels, right_margin
from labcharts.figures import Periods, count, figures, plain
from labcharts.ink import NARROW, SMALL, THEMES, clean, leading, paragraph, picture, stroke, wrap, write
from labcharts.layout import PAD, footnotes, heading, key, statement
from labcharts.marks import mark
from labcharts.spc.words import ENGLISH
from labcharts.tables import table

LISTED = 10  # flagged units that are named beside the picture
KINDS = {0: "common", 1: "high", -1: "low"}


class FunnelReading:
    """A Funnel read once, for picture, sentence and table."""

    def __init__(self, funnel, *, title, unit, words):
        self.funnel, self.title, self.words = funnel, title, words
        self.groups = [words.no_category if group is None else str(group) for group in funnel.groups]
        self.values, self.sizes = plain(funnel.values), plain(funnel.denominators)
        limits = funnel.adjusted_limits if funnel.adjusted else funnel.limits
        self.lower, self.upper = map(plain, limits.at(funnel.flag_at))
        self.figures = figures(self.values, [*self.lower, *self.upper, funnel.target], unit=unit)
        self.flags = funnel.flagged.tolist()
        self.level = f"{funnel.flag_at:g}"

    @cached_property
    def flagged(self):
        """Places of flagged units, the most unusual first."""
        z = (self.funnel.dispersion.adjusted_z if self.funnel.adjusted else self.funnel.dispersion.z).tolist()
        return sorted((i for i, flag in enumerate(self.flags) if flag), key=lambda i: -abs(z[i]))

    @property
    def benchmark(self):
        return self.figures(self.funnel.target)

    def side(self, place):
        words = self.words
        said = {1: words.above_limit, -1: words.below_limit, 0: words.within_limits}[self.flags[place]]
        return said.format(level=self.level)

    def listed(self, place):
        """A flagged unit with its value, in words."""
        value = self.figures(self.values[place])
        return self.words.listed_unit.format(unit=self.groups[place], value=value, side=self.side(place))


def funnel_svg(funnel, *, title, unit="", size="", words=ENGLISH, width=800, theme="screen", name="funnel"):
    """A Funnel as SVG text. unit: of the values, size: of the denominators, both written at the axes."""
    reading, colours = FunnelReading(funnel, title=title, unit=unit, words=words), THEMES[theme]
    head, top = heading(title, width)
    said, top = statement(_verdict(reading), top, width)
    body, bottom, named = _body(reading, top, width, colours, unit=unit, size=size)
    foot, height = _footer(reading, named, bottom, width, colours)
    return picture(
        head + said + body + foot,
        width=width,
        height=height,
        title=title,
        description=funnel_sentence(funnel, title=title, unit=unit, words=words),
        name=name,
        theme=colours,
    )


def funnel_sentence(funnel, *, title, unit="", words=ENGLISH):
    """The text alternative of a funnel: what is compared, who is flagged, what the limits allow."""
    reading = FunnelReading(funnel, title=title, unit=unit, words=words)
    units = words.units(len(reading.groups))
    subject = words.funnel.format(title=title, units=units, benchmark=reading.benchmark)
    return " ".join([subject, _verdict(reading, listed=True), words.pointer])


def funnel_table(funnel, *, title, unit="", words=ENGLISH):
    """A Table of a funnel: each unit with its limits and its flag in words."""
    reading = FunnelReading(funnel, title=title, unit=unit, words=words)
    names = ("unit", "numerator", "denominator", "value", "lower", "upper", "flag", "significance")
    columns = [(name, words.headings[name], name not in ("unit", "flag", "significance")) for name in names]
    numerators = plain(funnel.numerators)
    labels = funnel.significance or [""] * len(reading.groups)
    rows = [
        {
            "unit": group,
            "numerator": count(numerators[place]),
            "denominator": count(reading.sizes[place]),
            "value": reading.figures(reading.values[place]) or words.missing,
            "lower": reading.figures(reading.lower[place]),
            "upper": reading.figures(reading.upper[place]),
            "flag": reading.side(place) if reading.values[place] is not None else words.missing,
            "significance": labels[place] or "",
        }
        for place, group in enumerate(reading.groups)
    ]
    return table(title, columns, rows, keep=("unit", "value", "flag"))


def _verdict(reading, *, listed=False):
    words, flagged = reading.words, reading.flagged
    allowed = words.allowed_more if reading.funnel.adjusted else words.allowed
    if not flagged:
        return f"{words.none_flagged.format(level=reading.level)} {allowed}"
    names = [reading.listed(place) if listed else reading.groups[place] for place in flagged[:LISTED]]
    names += [words.more.format(number=len(flagged) - LISTED)] if len(flagged) > LISTED else []
    shown = ("; " if listed else words.join).join(names)
    units = words.units(len(flagged))
    return f"{words.some_flagged.format(units=units, level=reading.level, list=shown)} {allowed}"


def _body(reading, top, width, theme, *, unit, size):
    narrow = width < NARROW
    known = [i for i, v in enumerate(reading.values) if v is not None and reading.sizes[i] is not None]
    largest = max((reading.sizes[i] for i in known), default=1)
    scale = extent([*reading.values, *reading.lower, *reading.upper, reading.funnel.target])
    top += 20 if unit not in ("", "%") else 0
    ends = _ends(reading, narrow)
    left, right = PAD + left_margin(*scale, reading.figures) - 8, width - PAD - right_margin(ends)
    frame = Frame(left, top, right, top + (260 if narrow else 340), *scale, 0.0, largest, inset=10)
    marks, named = _marks(reading, known, frame, theme)
    drawn = [
        write(PAD, top - 7, unit, fill=theme.muted) if unit not in ("", "%") else "",
        left_axis(frame, reading.figures, theme=theme),
        _curves(reading, frame, theme),
        *marks,
        bottom_axis(frame, Periods("number", (), (0.0, largest)), theme=theme),
        right_labels(frame, ends, theme=theme),
        write(frame.right, frame.bottom + 34, size, anchor="end", fill=theme.muted) if size else "",
    ]
    return "".join(drawn), frame.bottom + (46 if size else 30), named


def _curves(reading, frame, theme):
    """Benchmark and both pairs of limits, as far as they lie in the frame."""
    curve = reading.funnel.curve
    limits = curve.adjusted_limits if reading.funnel.adjusted else curve.limits
    sizes, y = plain(curve.denominators), frame.y(reading.funnel.target)
    drawn = [stroke([(frame.left, y), (frame.right, y)], theme.ink, width=1.6)]
    for name, dashes in (("l95", "2 3"), ("u95", "2 3"), ("l998", "6 3"), ("u998", "6 3")):
        line = [
            (frame.x(size), frame.y(value))
            for size, value in zip(sizes, plain(getattr(limits, name)), strict=True)
            if value is not None and frame.low <= value <= frame.high and size <= frame.last
        ]
        drawn.append(stroke(line, theme.muted, width=1.2, dashes=dashes) if len(line) > 1 else "")
    return "".join(drawn)


def _ends(reading, narrow):
    limits = reading.funnel.curve
    limits = limits.adjusted_limits if reading.funnel.adjusted else limits.limits
    ends = [
        (plain(getattr(limits, f"{side}{level}"))[-1:], level) for level in ("998", "95") for side in "lu"
    ]
    words = reading.words
    found = [
        (value[0], (words.limit_of.format(level="99.8" if level == "998" else level),), "muted")
        for value, level in ends
        if value and value[0] is not None
    ]
    label = (
        (words.benchmark, reading.benchmark)
        if narrow
        else (words.benchmark_at.format(value=reading.benchmark),)
    )
    return [*found, (reading.funnel.target, label[-1:] if narrow else label, "ink")]


def _marks(reading, known, frame, theme):
    """(SVG of all units, flagged ones last and numbered where there is room; places of the numbered ones)."""
    drawn, named, taken = [], [], []
    for place in sorted(known, key=lambda i: reading.flags[i] != 0):
        x, y = frame.x(reading.sizes[place]), frame.y(reading.values[place])
        kind = KINDS[reading.flags[place]]
        number = reading.figures(reading.values[place])
        said = clean(f"{reading.groups[place]}: {number}")
        title = f"<title>{said}</title>" if theme.hover else ""
        shape = mark(kind, x, y, 4.4, theme)
        drawn.append(f'<g data-point="{place + 1}" data-value="{number}">{title}{shape}</g>')
    for place in reading.flagged[:LISTED]:
        x, y = frame.x(reading.sizes[place]) + 8, frame.y(reading.values[place]) + 4
        if all(abs(x - a) > 16 or abs(y - b) > 13 for a, b in taken):
            named.append(place)
            taken.append((x, y))
            drawn.append(write(x, y, str(len(named)), bold=True))
    return drawn, named


def _footer(reading, named, top, width, theme):
    words = reading.words
    kinds = {
        "common": words.within_limits,
        "high": words.above_limit.format(level=reading.level),
        "low": words.below_limit.format(level=reading.level),
    }
    shown = {KINDS[flag] for flag in reading.flags}
    drawn, top = key(
        [(mark(k, 0, 0, 4.8, theme), said) for k, said in kinds.items() if k in shown], top, width
    )
    for number, place in enumerate(named, 1):
        lines = wrap(reading.listed(place), width - 2 * PAD - 24)
        drawn += write(PAD + 4, top + SMALL, str(number), bold=True)
        drawn += paragraph(PAD + 24, top + SMALL, lines)
        top += leading(SMALL) * len(lines) + 3
    noted, top = footnotes([words.notes[code] for code in reading.funnel.notes], top, width, theme)
    return drawn + noted, round(top + PAD - 4)
