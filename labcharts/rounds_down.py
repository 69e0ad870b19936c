"""The rounds of a count below each other, for a phone and for many rounds: a block of bars for each.

A block names whose votes move and shows who leads and whom the round decides about. What moved to an option
ends its bar in white, what moved on is outlined with dashes, so that nothing rests on colour.
"""

from labcharts.ink import SMALL, TEXT, elide, leading, measure, paragraph, two_lines, wrap, write
from labcharts.layout import PAD, key
from labcharts.rounds_words import SHOWN, figure
from labengines.voting.types import EXHAUSTED

BAR = 14
GAP = 28  # between blocks beside each other
LEAST = 330  # pixels that a block needs beside another
HIGH = leading(SMALL)


def down(reading, top, width, ink, hatch):
    """(SVG, where it ends): the blocks, as many in a row as are legible. hatch: what fills bars that leave."""
    columns = max(1, int((width - 2 * PAD + GAP) // (LEAST + GAP)))
    wide = (width - 2 * PAD - GAP * (columns - 1)) / columns
    drawn, top = key(_key(reading, ink, hatch), top, width)
    parts = [drawn]
    for first in range(0, len(reading.stages), columns):
        ends = [top]
        for at in range(first, min(first + columns, len(reading.stages))):
            block = _Block(reading, at, PAD + (at - first) * (wide + GAP), wide, ink, hatch)
            drawn, end = block.drawn(top)
            parts.append(drawn)
            ends.append(end)
        top = max(ends) + 18
    return "".join(parts), top


def _key(reading, ink, hatch):
    """Samples of the bars that occur, with their words."""
    every = [(lane, at) for at in range(len(reading.stages)) for lane in reading.present(at)]
    changes = [reading.change(lane, at) for lane, at in every]
    occur = (
        (any(change > 0 for change in changes), f'fill="{ink.paper}"', reading.labels.gained),
        (any(change < 0 for change in changes), 'fill="none" stroke-dasharray="3 2"', reading.labels.lost),
        (any(reading.hatched(*place) for place in every), f'fill="{hatch}"', reading.labels.hatched),
    )
    return [(_bar(-9, -6, 18, how, ink, high=12), words) for occurs, how, words in occur if occurs]


def _bar(x, y, wide, how, ink, *, high=BAR):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high}" {how} stroke="{ink.ink}"/>'


class _Block:
    """One round, `wide` pixels from `left`."""

    def __init__(self, reading, at, left, wide, ink, hatch):
        self.reading, self.at, self.left, self.wide, self.ink, self.hatch = (
            reading,
            at,
            left,
            wide,
            ink,
            hatch,
        )

    def drawn(self, top):
        """(SVG, where it ends)"""
        parts = [self._heading(top + TEXT)]
        told, top = self._told(self._moved(), top + leading(TEXT))
        parts.append(told)
        shown, others = self._chosen()
        top += 6
        for lane in shown:
            drawn, top = self._row(lane, top)
            parts.append(drawn)
        told, top = self._told(self._others(others), top)
        return "".join([*parts, told]), top

    def _heading(self, y):
        """The number of the round, and at the right end of its line what is needed."""
        said = self.reading.headings[self.at]
        room = self.wide - measure(said, TEXT, bold=True) - 12
        needed = elide(self.reading.needed(self.at), room)
        end = write(self.left + self.wide, y, needed, anchor="end", fill=self.ink.muted) if needed else ""
        return write(self.left, y, said, size=TEXT, bold=True) + end

    def _told(self, text, top):
        """(SVG of a text in lines, where it ends)"""
        lines = wrap(text, self.wide)
        return paragraph(self.left, top + SMALL, lines, fill=self.ink.muted), top + HIGH * len(lines)

    def _moved(self):
        """Whose votes move in this round, in words."""
        stage, labels = self.reading.stages[self.at], self.reading.labels
        template = labels.surplus if stage.name == "surplus" else labels.moved
        named = labels.join.join(map(self.reading.title, stage.moved))
        return template.format(options=named) if stage.moved else ""

    def _chosen(self):
        """(Lanes to be drawn, lanes told in one line): the last round shows all, so each is seen once at least."""
        stage, counted = self.reading.stages[self.at], self.reading.votes[self.at]
        options = [lane for lane in self.reading.present(self.at) if lane != EXHAUSTED]
        always = {*options[:SHOWN], *stage.moved, *stage.elected, *stage.excluded}
        others = [option for option in options if option not in always]
        if self.at == len(self.reading.stages) - 1 or len(others) == 1:
            others = []
        ends = [EXHAUSTED] if counted[EXHAUSTED] else []
        return [option for option in options if option not in others] + ends, others

    def _others(self, others):
        if not others:
            return ""
        most = max(self.reading.votes[self.at][option] for option in others)
        return self.reading.labels.others.format(number=len(others), most=figure(most))

    def _row(self, lane, top):
        """(SVG, where it ends): the name, what it has at the right end of the line, and the bar below."""
        reading = self.reading
        said = elide(self._label(lane), self.wide * 0.6, bold=True)
        bold = lane in reading.result.winners
        lines = two_lines(reading.title(lane), self.wide - measure(said, bold=True) - 12, bold=bold)
        drawn = paragraph(self.left, top + SMALL, lines, bold=bold)
        drawn += write(self.left + self.wide, top + SMALL, said, anchor="end", bold=True)
        top += HIGH * len(lines) + 1
        return drawn + self._bars(lane, top), top + BAR + 9

    def _label(self, lane):
        votes, change = self.reading.votes[self.at][lane], self.reading.change(lane, self.at)
        said = figure(votes)
        if change:
            signed = f"+{figure(change)}" if change > 0 else figure(change)
            said = self.reading.labels.change.format(votes=said, change=signed)
        return f"{said} {self.reading.becomes(lane, self.at)}".rstrip()

    def _bars(self, lane, top):
        """What stays, then what came in white, or what went in dashes."""
        reading, ink = self.reading, self.ink
        votes, change = float(reading.votes[self.at][lane]), float(reading.change(lane, self.at))
        scale = self.wide / reading.most
        stays = abs(votes - max(change, 0.0)) * scale
        fill = self.hatch if reading.hatched(lane, self.at) else ink.muted
        drawn = _bar(self.left, top, stays, f'fill="{fill}"', ink)
        if change:
            how = f'fill="{ink.paper}"' if change > 0 else 'fill="none" stroke-dasharray="3 2"'
            drawn += _bar(self.left + stays, top, abs(change) * scale, how, ink)
        return drawn
