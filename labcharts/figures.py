"""Numbers and periods as people read them; picture, words and table ask the same object, so they cannot differ."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

MOST_DECIMALS = 6
LARGEST_WRITTEN_OUT = 1e12


@dataclass(frozen=True)
class Figures:
    """How the numbers of one result are written.

    decimals: places after the point. whole: the data are whole numbers, written without
    places. scientific: too large or too fine to be written out. suffix: "%" or nothing.
    """

    decimals: int
    whole: bool = False
    scientific: bool = False
    suffix: str = ""

    def __call__(self, value):
        """The number as text, "" for a missing one."""
        if value is None or not math.isfinite(value):
            return ""
        if self.scientific:
            text = f"{value:.4g}"
        else:
            places = 0 if self.whole and value == int(value) else self.decimals
            text = f"{value:,.{places}f}"
        if not text.strip("-0."):
            text = text.lstrip("-")
        return text.replace("-", "−") + self.suffix

    def given(self, value):
        """A number that somebody chose, such as a target: 95 rather than 95.0."""
        text = f"{value:.12g}" if not self.scientific else f"{value:.4g}"
        places = text.partition(".")[2]
        if self.scientific or "e" in text or len(places) > self.decimals:
            return self(value)
        return f"{value:,.{len(places)}f}".replace("-", "−") + self.suffix

    def of_ticks(self, step):
        """The same for the numbers beside an axis with this step."""
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        return Figures(decimals, scientific=self.scientific, suffix=self.suffix)


def figures(values, others=(), *, unit=""):
    """Figures for data and for the numbers made from them (lists, None or NaN = missing).

    Two to three digits of the spread are shown, such as 84.5 to 97.1, and up to two places
    that the data themselves have.
    """
    known = [v for v in values if v is not None and math.isfinite(v)]
    every = known + [v for v in others if v is not None and math.isfinite(v)]
    if not every:
        return Figures(0, suffix=_suffix(unit))
    spread = max(every) - min(every) or abs(every[0]) or 1.0
    decimals = max(0, 1 - math.floor(math.log10(spread / 5)), _own_decimals(known))
    large = max(map(abs, every)) >= LARGEST_WRITTEN_OUT
    whole = all(v == int(v) for v in known)
    return Figures(decimals, whole, large or decimals > MOST_DECIMALS, _suffix(unit))


def count(value):
    """A count or a denominator, with places only where it has any."""
    if value is None or not math.isfinite(value):
        return ""
    if abs(value) >= LARGEST_WRITTEN_OUT:
        return f"{value:.4g}".replace("-", "−")
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def plain(column):
    """A NumPy column as a list of Python numbers, missing and infinite ones as None."""
    return [None if isinstance(v, float) and not math.isfinite(v) else v for v in np.asarray(column).tolist()]


@dataclass(frozen=True)
class Periods:
    """The x of a chart. kind: "date", "number" or "category". labels: their texts. places: where on the axis."""

    kind: str
    labels: tuple
    places: tuple


def periods(x, *, words):
    """Dates (also as ISO text), numbers or categories, as labels and places on an axis."""
    days = [_day(value) for value in x]
    if days and all(day is not None for day in days):
        detail = _detail(days)
        return Periods(
            "date", tuple(_written(day, detail, words) for day in days), tuple(map(_ordinal, days))
        )
    if all(isinstance(value, int | float | np.number) and math.isfinite(value) for value in x):
        return Periods("number", tuple(map(count, x)), tuple(map(float, x)))
    return Periods("category", tuple(map(str, x)), tuple(float(place) for place in range(len(x))))


def _own_decimals(values):
    """0, 1 or 2 places that hold the values exactly; 0 where none of these do."""
    return next((places for places in (0, 1, 2) if all(round(v, places) == v for v in values)), 0)


def _suffix(unit):
    return "%" if unit == "%" else ""


def _day(value):
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str) and len(value) in (7, 10):
        try:
            return date.fromisoformat(value if len(value) == 10 else f"{value}-01")
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _detail(days):
    if any(isinstance(day, datetime) and day.time() != time() for day in days):
        return "time"
    if any(day.day != 1 for day in days):
        return "day"
    return "year" if len(days) > 1 and all(day.month == 1 for day in days) else "month"


def _written(day, detail, words):
    month = words.months[day.month - 1]
    clock = f"{day:%H:%M}" if detail == "time" else ""
    return getattr(words, detail).format(day=day.day, month=month, year=day.year, clock=clock)


def _ordinal(day):
    if not isinstance(day, datetime):
        return float(day.toordinal())
    return day.toordinal() + (day.hour * 3600 + day.minute * 60 + day.second) / 86400
