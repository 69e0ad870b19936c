"""The rounds of a count from left to right: a lane for each option, a column for each round, lines where votes move."""

from labcharts.ink import SMALL, TEXT, elide, leading, paragraph, two_lines, write
from labcharts.layout import PAD
from labcharts.rounds_words import figure

LANE = 58
BAR = 18
NAMES = 190
COLUMN = 150
FLOW = 60  # of a column, kept free for the lines
THICKEST = 16


def width_across(reading):
    """Pixels that all rounds need beside each other."""
    return NAMES + COLUMN * max(1, len(reading.stages)) + PAD


def across(reading, top, ink, hatch):
    """(SVG, where it ends). hatch: what fills the bars of those who leave."""
    drawing = _Across(reading, top + 2 * leading(SMALL) + 10, ink, hatch)
    drawn = [_above(reading, at, top, ink) for at in range(len(reading.stages))]
    drawn += [drawing.flows(at) for at in range(1, len(reading.stages))]
    drawn += [drawing.lane(row, lane) for row, lane in enumerate(reading.lanes)]
    return "".join(drawn), drawing.y(len(reading.lanes))


def _above(reading, at, top, ink):
    """What stands above a column."""
    needed = reading.needed(at)
    drawn = write(_x(at), top + SMALL, reading.headings[at], bold=True)
    return drawn + (write(_x(at), top + SMALL + leading(SMALL), needed, fill=ink.muted) if needed else "")


def _x(at):
    return NAMES + COLUMN * at


class _Across:
    def __init__(self, reading, top, ink, hatch):
        self.reading, self.top, self.ink, self.hatch = reading, top, ink, hatch

    def y(self, row):
        return self.top + LANE * row

    def lane(self, row, lane):
        """The name of a lane and its bar in each round."""
        bold = lane in self.reading.result.winners
        lines = two_lines(self.reading.title(lane), NAMES - 2 * PAD, TEXT, bold)
        drawn = [paragraph(PAD, self.y(row) + 14, lines, size=TEXT, bold=bold)]
        drawn += [
            self._cell(row, lane, at)
            for at in range(len(self.reading.stages))
            if lane in self.reading.present(at)
        ]
        return "".join(drawn)

    def _cell(self, row, lane, at):
        reading, x, y = self.reading, _x(at), self.y(row)
        votes = reading.votes[at][lane]
        long = (COLUMN - FLOW) * abs(float(votes)) / reading.most
        fill = self.hatch if reading.hatched(lane, at) else self.ink.muted
        bar = (
            f'<rect x="{x}" y="{y}" width="{long:.1f}" height="{BAR}" fill="{fill}" stroke="{self.ink.ink}"/>'
        )
        elected = lane in reading.stages[at].elected
        said = f"{figure(votes)} {reading.becomes(lane, at)}".rstrip()
        return bar + write(x, y + BAR + 14, elide(said, COLUMN - 8, bold=elected), bold=elected)

    def flows(self, at):
        """Lines from whose votes move, where it is one, to who receives them."""
        stage = self.reading.stages[at]
        rows = {lane: row for row, lane in enumerate(self.reading.lanes)}
        source = stage.moved[0] if len(stage.moved) == 1 else None
        return "".join(
            self._flow(at, rows[source], rows[to], float(votes))
            for to, votes in stage.transfers
            if source is not None and to in rows
        )

    def _flow(self, at, source, target, votes):
        start, end = _x(at) - FLOW + 6, _x(at) - 3
        one, other = self.y(source) + BAR / 2, self.y(target) + BAR / 2
        thick = max(1.0, THICKEST * votes / self.reading.most)
        half = (end - start) / 2
        path = f"M{start} {one:.1f}C{start + half} {one:.1f} {end - half} {other:.1f} {end} {other:.1f}"
        return f'<path d="{path}" fill="none" stroke="{self.ink.line}" stroke-width="{thick:.1f}" opacity="0.7"/>'
