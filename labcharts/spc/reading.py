"""A chart read once: the lists and texts that picture, sentence and table all take from here."""

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from labcharts.figures import count, figures, periods, plain
from labcharts.marks import EXCLUDED, KINDS
from labcharts.spc.words import ENGLISH, Words

MEDIANS = ("run", "g")  # kinds whose centre line is a median


@dataclass(frozen=True, eq=False)
class Reading:
    """A Chart with its title, unit and words.

    annotations: {number of a point: text}. decision: what was decided about it, which then stands for the verdict.
    """

    chart: object
    title: str
    unit: str = ""
    words: Words = ENGLISH
    annotations: tuple = ()
    decision: str = ""

    @cached_property
    def values(self):
        return plain(self.chart.points.values)

    @cached_property
    def centre(self):
        return plain(self.chart.centre)

    @cached_property
    def lower(self):
        return plain(self.chart.limits.lower)

    @cached_property
    def upper(self):
        return plain(self.chart.limits.upper)

    @cached_property
    def included(self):
        return self.chart.points.included.tolist()

    @cached_property
    def figures(self):
        """The one way in which this chart's numbers are written."""
        lines = [*self.centre, *self.lower, *self.upper, self.chart.target]
        return figures(self.values, lines, unit=self.unit)

    @cached_property
    def numbers(self):
        """The values as text, "" where missing."""
        return list(map(self.figures, self.values))

    @cached_property
    def periods(self):
        return periods(self.chart.points.x, words=self.words)

    @cached_property
    def kinds(self):
        """For each point the kind of its mark."""
        pairs = zip(self.chart.point_types, self.included, strict=True)
        return [KINDS[kind] if included else EXCLUDED for kind, included in pairs]

    @cached_property
    def sides(self):
        """For each point +1 or -1 of the signal that names it, else 0."""
        return [name.side if name else 0 for name in self.chart.names]

    @cached_property
    def signals(self):
        """For each point its rules in words, "" without any."""
        said = [[] for _ in self.values]
        for signal in self.chart.signals:
            text = rule_in_words(signal, self.words)
            if text not in said[signal.point - 1]:
                said[signal.point - 1].append(text)
        return [self.words.join.join(texts) for texts in said]

    @property
    def last_phase(self):
        return self.chart.phases[-1] if self.chart.phases else None

    @property
    def centre_name(self):
        if self.chart.options.centre is not None:
            return self.words.given_centre
        return self.words.median if self.chart.options.kind in MEDIANS else self.words.mean

    def at(self, column, phase):
        """The last number of a column in a phase: what is written at the right end of its line."""
        known = [value for value in column[phase.first - 1 : phase.last] if value is not None]
        return known[-1] if known else None

    def varies(self, phase):
        """Whether the limits of a phase differ from point to point."""
        spans = [slice(phase.first - 1, phase.last)]
        return any(
            len(set(column[span]) - {None}) > 1 for span in spans for column in (self.lower, self.upper)
        )

    @cached_property
    def notes(self):
        """What a reader must know about the chart, in sentences."""
        return tuple(dict.fromkeys(self._note(note) for note in self.chart.notes))

    def _note(self, note):
        said = note_in_words(note, self.words)
        if "phase" not in note.params or len(self.chart.phases) == 1:
            return said
        return self.words.in_phase.format(phase=note.params["phase"], note=said)

    @property
    def denominators(self):
        return [count(value) for value in self.chart.points.denominators.tolist()]

    @property
    def numerators(self):
        """Sums of the rows, where a denominator makes a value of them."""
        points = self.chart.points
        pairs = zip(points.numerators.tolist(), points.denominators.tolist(), strict=True)
        return [count(over) if math.isfinite(under) else "" for over, under in pairs]


def rule_in_words(signal, words):
    """A signal's rule and side in words; the name of the rule where there are none for it."""
    sided = f"{signal.rule}-{'high' if signal.side > 0 else 'low'}"
    return (
        words.rules.get(sided)
        or words.rules.get(signal.rule)
        or signal.rule.replace("-", " ").replace("_", " ")
    )


def note_in_words(note, words):
    """A note in words; its code and numbers where there are none for it."""
    params = {name: _param(value, words) for name, value in note.params.items()}
    if note.code in words.notes:
        return words.notes[note.code].format(**params)
    said = words.join.join(f"{name.replace('_', ' ')} {value}" for name, value in params.items())
    return f"{note.code.replace('_', ' ').replace('-', ' ').capitalize()}{': ' if said else ''}{said}."


def _param(value, words):
    if isinstance(value, date | np.datetime64):
        return periods((value,), words=words).labels[0]
    return count(value) if isinstance(value, int | float) else str(value)
