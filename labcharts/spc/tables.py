"""A chart as a table: one row for each point, every number as the picture writes it."""

from labcharts.spc.reading import Reading
from labcharts.spc.words import ENGLISH
from labcharts.tables import table

NUMBERS = ("numerator", "denominator", "value", "centre", "lower", "upper")


def spc_table(chart, *, title, unit="", words=ENGLISH, annotations=()):
    """A Table of a chart; columns that would be empty are left out, and phases where there is but one.

    annotations: {number of a point: text} or pairs of both.
    """
    return table_of(Reading(chart, title, unit, words, tuple(dict(annotations).items())))


def table_of(reading):
    rows = [_row(reading, place) for place in range(len(reading.values))]
    for name, column in (("numerator", reading.numerators), ("denominator", reading.denominators)):
        for row, text in zip(rows, column, strict=True):
            row[name] = text
    headings = reading.words.headings
    columns = [(name, headings[name], name in NUMBERS) for name in headings]
    return table(reading.title, columns, rows, keep=("period", "value", "signal"))


def _row(reading, place):
    words, figures = reading.words, reading.figures
    phases = reading.chart.points.phase
    return {
        "period": reading.periods.labels[place],
        "value": reading.numbers[place] or words.missing,
        "centre": figures(reading.centre[place]),
        "lower": figures(reading.lower[place]),
        "upper": figures(reading.upper[place]),
        "phase": str(int(phases[place])) if len(reading.chart.phases) > 1 else "",
        "signal": _signal(reading, place),
        "annotation": dict(reading.annotations).get(place + 1, ""),
    }


def _signal(reading, place):
    said = [reading.signals[place]] if reading.signals[place] else []
    if not reading.included[place]:
        said.append(reading.words.left_out)
    return reading.words.join.join(said) or reading.words.no_signal
