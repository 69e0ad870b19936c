"""A chart in sentences: what it shows, and what stands in for the picture."""

from labcharts.spc.reading import Reading
from labcharts.spc.words import ENGLISH

LISTED = 6  # signals that are named one by one, the latest


def spc_sentence(chart, *, title, unit="", words=ENGLISH):
    """The text alternative of a chart: subject, lines, verdict, signals, notes, pointer to the table."""
    return sentence(Reading(chart, title, unit, words))


def spc_verdict(chart, *, title="", unit="", words=ENGLISH):
    """What the latest phase shows, in one to three sentences; stands above the picture."""
    return verdict(Reading(chart, title, unit, words))


def sentence(reading):
    said = [_subject(reading), _lines(reading), verdict(reading), _signals(reading), *reading.notes]
    return " ".join(text for text in (*said, reading.words.pointer) if text)


def verdict(reading):
    words, phase = reading.words, reading.last_phase
    if reading.decision:
        return reading.decision
    if phase is None or not any(v is not None for v in reading.values[phase.first - 1 : phase.last]):
        return words.nothing
    if reading.chart.options.preset == "making-data-count":
        said = [words.variation[reading.chart.icons.variation]]
    else:
        said = _findings(reading, phase) or [words.steady]
        said = [words.latest_phase, *said] if len(reading.chart.phases) > 1 else said
    return " ".join([*said, *_assurance(reading)])


def _findings(reading, phase):
    return [
        text
        for text in (
            _runs(phase, reading.words),
            _run_count(phase, reading.words),
            count_of_signals(reading, phase),
        )
        if text
    ]


def _runs(phase, words):
    runs = phase.runs
    if runs is None or not runs.signal:
        return ""
    facts = {"longest": runs.longest, "most": runs.longest_max}
    facts |= {"crossings": runs.crossings, "least": runs.crossings_min}
    long = runs.longest > runs.longest_max
    few = runs.crossings < runs.crossings_min
    if not long and not few:  # a box drawn through both figures
        return words.longest_and_crossings.format(**facts)
    template = words.longest_and_crossings if long and few else words.longest if long else words.crossings
    return template.format(**facts)


def _run_count(phase, words):
    counted = phase.run_count
    if counted is None or counted.verdict == "expected":
        return ""
    template = words.few_runs if counted.verdict == "few" else words.many_runs
    return template.format(runs=counted.runs, low=counted.low, high=counted.high)


def count_of_signals(reading, phase):
    """How many points of a phase signal, "" if none does."""
    number = sum(bool(text) for text in reading.signals[phase.first - 1 : phase.last])
    if number == 1:
        return reading.words.one_signals
    return reading.words.some_signal.format(points=reading.words.points(number)) if number else ""


def _assurance(reading):
    assurance = reading.chart.icons.assurance
    if assurance is None:
        return []
    return [reading.words.assurance[assurance].format(target=reading.figures.given(reading.chart.target))]


def _subject(reading):
    words, labels = reading.words, reading.periods.labels
    kind = reading.chart.options.kind
    facts = {"kind": words.kinds.get(kind, kind), "title": reading.title, "points": words.points(len(labels))}
    if not labels:
        return words.subject_of_none.format(**facts)
    template = words.subject if len(labels) > 1 else words.subject_of_one
    return template.format(first=labels[0], last=labels[-1], **facts)


def _lines(reading):
    phase = reading.last_phase
    if phase is None or reading.at(reading.centre, phase) is None:
        return ""
    words, figures = reading.words, reading.figures
    lower, upper = reading.at(reading.lower, phase), reading.at(reading.upper, phase)
    facts = {"centre": reading.centre_name, "value": figures(reading.at(reading.centre, phase))}
    if lower is None or upper is None:
        return words.lines.format(**facts)
    template = words.lines_vary if reading.varies(phase) else words.lines_between
    return template.format(lower=figures(lower), upper=figures(upper), **facts)


def _signals(reading):
    words = reading.words
    found = [place for place, text in enumerate(reading.signals) if text]
    if not found:
        return ""
    said = [
        words.listed_point.format(
            period=reading.periods.labels[place],
            value=reading.numbers[place],
            rule=reading.signals[place],
        )
        for place in found[-LISTED:]
    ]
    if len(found) > LISTED:
        said.append(words.earlier.format(number=len(found) - LISTED))
    return words.listed.format(points=words.points(len(found)), list="; ".join(said))
