"""The rounds of a count as one picture and one table.

Where the width holds a column for each round, votes that move run as lines from lane to lane; where not, as on
a phone or with many rounds, the rounds stand below each other. Elected and leaving are words, leaving bars are
hatched, so that nothing rests on colour.
"""

from labcharts.ink import THEMES, clean, picture
from labcharts.layout import PAD, heading, statement
from labcharts.rounds_across import across, width_across
from labcharts.rounds_down import down
from labcharts.rounds_reading import Reading, RoundLabels
from labcharts.rounds_words import ENGLISH as WORDS
from labcharts.rounds_words import explain, figure
from labcharts.tables import Table

ENGLISH = RoundLabels()


def rounds_table(result, *, titles, caption="", labels=ENGLISH):
    """A Table: options, their votes in each round, and what became of them."""
    reading = Reading(result, titles, labels)
    rows = tuple(
        (reading.title(lane), *(figure(votes[lane]) for votes in reading.votes), reading.fate(lane))
        for lane in reading.lanes
    )
    numbers = (False, *[True] * len(reading.stages), False)
    return Table(caption, (labels.option, *reading.headings, ""), rows, numbers)


def rounds_svg(
    result, *, titles, title, width=800, name="rounds", theme="screen", labels=ENGLISH, words=WORDS
):
    """The count as SVG text, at most `width` pixels wide: 390 for a phone, 800 for a page.

    result: labengines.voting.types.Result. titles: {option id: title}. name: makes its ids its own.
    words: of the sentences that describe it.
    """
    reading, ink, hatch = Reading(result, titles, labels), THEMES[theme], f"{clean(name)}-hatch"
    told = explain(result, titles=titles, words=words)
    beside = width_across(reading) <= width
    width = width_across(reading) if beside else width
    head, top = heading(title, width)
    said, top = statement(told[-1], top, width)
    fill = f"url(#{hatch})"
    body, height = across(reading, top, ink, fill) if beside else down(reading, top, width, ink, fill)
    return picture(
        _pattern(hatch, ink) + head + said + body,
        width=width,
        height=round(height + PAD),
        title=title,
        description=" ".join(told),
        name=name,
        theme=ink,
    )


def _pattern(name, ink):
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{ink.paper}"/><path d="M0 6L6 0" stroke="{ink.ink}"/></pattern></defs>'
    )
