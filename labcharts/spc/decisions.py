"""A decision about a change: the chart with its frozen lines, what was decided, and the caution beside it."""

from labcharts.figures import Figures, figures
from labcharts.spc.picture import drawn
from labcharts.spc.reading import Reading
from labcharts.spc.sentences import sentence
from labcharts.spc.tables import spc_table
from labcharts.spc.words import ENGLISH


def decision_svg(verdict, *, title, unit="", words=ENGLISH, width=800, theme="screen", name="decision"):
    """A Verdict as SVG text: its chart with the change marked, under the decision and its caution."""
    return drawn(_reading(verdict, title, unit, words), width=width, theme=theme, name=name)


def decision_sentence(verdict, *, title, unit="", words=ENGLISH):
    """The text alternative of a decision."""
    return sentence(_reading(verdict, title, unit, words))


def decision_table(verdict, *, title, unit="", words=ENGLISH):
    """A Table of the chart behind a decision, the change noted at its period."""
    return spc_table(
        verdict.chart, title=title, unit=unit, words=words, annotations=_annotations(verdict, words)
    )


def decision(verdict, *, unit="", words=ENGLISH):
    """What was decided and why, the size of the change if it is known, and the caution: two to four sentences."""
    said = [_outcome(verdict, words)]
    if verdict.both_ways:
        said.append(words.both_ways)
    if verdict.effect is not None:
        said.append(_size(verdict.effect, unit, words))
    return " ".join([*said, words.caution(verdict)])


def _reading(verdict, title, unit, words):
    annotations = tuple(_annotations(verdict, words).items())
    return Reading(verdict.chart, title, unit, words, annotations, decision(verdict, unit=unit, words=words))


def _annotations(verdict, words):
    return {verdict.first_after: words.change}


def _outcome(verdict, words):
    labels = Reading(verdict.chart, "", words=words).periods.labels
    facts = {"run": verdict.rule.run, "points": words.points(verdict.after), "needed": verdict.needed}
    facts["why"] = words.join.join(_unsteady(verdict, labels, words))
    template = words.decided[verdict.outcome]
    if verdict.points and verdict.outcome in words.decided_by_runs:
        first, last = verdict.points
        facts |= {
            "first": labels[first - 1],
            "last": labels[last - 1],
            "points": words.points(verdict.deciding),
        }
        template = template if verdict.deciding else words.decided_by_runs[verdict.outcome]
    return template.format(**facts)


def _unsteady(verdict, labels, words):
    found = [labels[point - 1] for point in verdict.reasons]
    said = [words.unsteady_points.format(list=words.join.join(found))] if found else []
    return [*said, words.unsteady_runs] if verdict.baseline_runs else said


def _size(effect, unit, words):
    shown = effect.ratio or effect.step
    numbers = (shown.estimate, shown.low, shown.high)
    write = Figures(2) if effect.ratio else figures([], numbers, unit=unit)
    estimate, low, high = map(write, numbers)
    measure = words.measures[effect.kind].lower()
    return words.size.format(
        measure=measure, effect=words.interval.format(estimate=estimate, low=low, high=high)
    )
