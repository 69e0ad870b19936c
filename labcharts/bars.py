"""The result of a vote as bars, as a table and as a sentence.

All three are made from `bars_table`, so that they can never differ. The picture is
SVG as text: fixed heights and percentages for widths, so that its letters keep their
size on a phone; it is read without colour (labels, and a pattern for "no choice").
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from labengines.voting.types import NO_CHOICE

LINE = 22
BAR = 24
GAP = 18
LETTERS = 36  # in a line, so that a title fits on a phone of 320 px
WIDEST = 54  # per cent of the width for the longest bar; its label stands right of it


def _votes(number):
    return "1 vote" if number == 1 else f"{number:,} votes"


@dataclass(frozen=True)
class Words:
    """Every word that appears, in English; a page passes its own for another language.

    Names in {} are filled in; `votes` is a function of the number, for its plurals.
    """

    heading: str = "Result of the vote"
    no_choice: str = "No choice"
    winner: str = "Chosen"
    joint_first: str = "Joint first"
    label: str = "{votes} ({percent})"
    votes: Callable = _votes
    won: str = "{votes} of {cast} people who voted ({percent}) chose “{first}”."
    drawn: str = "{tied} had {votes} each. The published lot chose “{first}”."
    open_tie: str = "{tied} came joint first, with {votes} each."
    nobody: str = "Nobody chose an option."
    turnout: str = "{cast} of {roll} people who could vote did so ({percent})."
    join: str = " and "


ENGLISH = Words()


@dataclass(frozen=True)
class BarRow:
    """One line of the result: votes is a whole number, share 0..1 of all who voted."""

    option: str
    title: str
    votes: int
    share: float
    percent: str
    note: str = ""


def bars_table(result, *, titles, words=ENGLISH):
    """The lines of a result, most votes first, equal ones in the ballot's order.

    result: labengines.voting.types.Result. titles: {option id: title}.
    Returns a tuple of BarRow; "no choice" comes last, if anyone made none.
    """
    ranked = sorted(result.tallies, key=lambda pair: -pair[1])
    rows = [_row(result, option, votes, titles[option], words) for option, votes in ranked]
    if result.blanks:
        rows.append(_row(result, NO_CHOICE, result.blanks, words.no_choice, words))
    return tuple(rows)


def bars_sentence(result, *, titles, words=ENGLISH):
    """The result in one or two sentences with its numbers; the turnout if there is a roll."""
    said = [_outcome(result, titles, words)]
    if result.roll:
        percent = _percent(result.turnout)
        said.append(words.turnout.format(cast=f"{result.cast:,}", roll=f"{result.roll:,}", percent=percent))
    return " ".join(said)


def bars(result, *, titles, words=ENGLISH, name="result"):
    """The result as SVG text, for a page as it stands (all texts are escaped).

    name: makes the ids of this picture its own, where a page has several.
    """
    rows = bars_table(result, titles=titles, words=words)
    most = max((row.votes for row in rows), default=0)
    parts, top = [], 0
    for row in rows:
        width = f"{WIDEST * row.votes / most:.2f}%" if most else "0%"
        drawn, top = _bar(row, top, width=width, words=words, name=name)
        parts.append(drawn)
    described = "; ".join(f"{row.title}: {_label(row, words)}" for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{top}" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="Arial, Liberation Sans, sans-serif" '
        f'font-size="16" fill="#212b32"><title id="{name}-title">{escape(words.heading)}</title>'
        f'<desc id="{name}-desc">{escape(described)}</desc>{_pattern(name)}{"".join(parts)}</svg>'
    )


def _row(result, option, votes, title, words):
    share = votes / result.cast if result.cast else 0.0
    note = ""
    if option in result.winners:
        note = words.winner
    elif option in result.joint_first:
        note = words.joint_first
    return BarRow(option, title, votes, share, _percent(share), note)


def _outcome(result, titles, words):
    first = result.joint_first or result.winners
    if not first:
        return words.nobody
    votes = dict(result.tallies)[first[0]]
    facts = {
        "first": titles[result.winners[0]] if result.winners else "",
        "tied": words.join.join(f"“{titles[option]}”" for option in first),
        "cast": f"{result.cast:,}",
        "percent": _percent(votes / result.cast),
    }
    if len(first) == 1:
        return words.won.format(votes=f"{votes:,}", **facts)
    sentence = words.drawn if result.decided_by == "lot" else words.open_tie
    return sentence.format(votes=words.votes(votes), **facts)


def _percent(share):
    return f"{100 * share:.1f}%"


def _label(row, words):
    return words.label.format(votes=words.votes(row.votes), percent=row.percent)


def _bar(row, top, *, width, words, name):
    """(SVG of one line, where the next one starts)."""
    lines = textwrap.wrap(row.title, LETTERS) or [""]
    texts = []
    for line in lines:
        top += LINE
        texts.append(f'<text x="0" y="{top - 5}">{escape(line)}</text>')
    if row.note:
        top += LINE
        texts.append(f'<text x="0" y="{top - 5}" font-weight="bold">{escape(row.note)}</text>')
    bar = f'<rect x="0" y="{top}" width="{width}" height="{BAR}" {_fill(row, name)}/>'
    label = f'<text x="{width}" dx="8" y="{top + 17}">{escape(_label(row, words))}</text>'
    return "".join(texts) + bar + label, top + BAR + GAP


def _fill(row, name):
    if row.option == NO_CHOICE:
        return f'fill="url(#{name}-hatch)" stroke="#4c6272"'
    return f'fill="{"#1f5b57" if row.note else "#9dbfbc"}" stroke="#1f5b57"'


def _pattern(name):
    return (
        f'<defs><pattern id="{name}-hatch" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="8" height="8" fill="#ffffff"/><path d="M0 8L8 0" stroke="#4c6272"/></pattern></defs>'
    )
