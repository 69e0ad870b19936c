"""The rounds of a count as one picture and one table: a lane for each option, a column for each round.

In each cell a bar is as long as the votes, with their number; votes that move run as lines from the lane
they leave to the lanes they reach, as thick as they are many. Elected and leaving are words, leaving bars
are hatched, so that nothing rests on colour.
"""

from dataclasses import dataclass

from labcharts.ink import LARGE, TEXT, THEMES, clean, elide, leading, picture, wrap, write
from labcharts.rounds_words import explain, figure
from labcharts.tables import Table
from labengines.voting.types import EXHAUSTED

LANE = 58
BAR = 18
NAMES = 190
COLUMN = 150
FLOW = 60  # of a column, kept free for the lines
THICKEST = 16
MARGIN = 12


@dataclass(frozen=True)
class RoundLabels:
    """Every word of picture and table, in English; a page passes its own for another language."""

    option: str = "Option"
    round: str = "Round {number}"
    total: str = "Votes"
    elected: str = "elected"
    leaves: str = "leaves"
    exhausted: str = "No further choice"
    needed: str = "needed: {needed}"


ENGLISH = RoundLabels()


def rounds_table(result, *, titles, caption="", labels=ENGLISH):
    """A Table: options, their votes in each round, and what became of them."""
    rows = []
    for option in _lanes(result):
        votes = [dict(stage.tallies)[option] for stage in result.stages]
        rows.append((titles[option], *map(figure, votes), _fate(result, option, labels)))
    if any(stage.exhausted for stage in result.stages):
        rows.append((labels.exhausted, *(figure(stage.exhausted) for stage in result.stages), ""))
    headings = (labels.option, *_headings(result, labels), "")
    return Table(caption, headings, tuple(rows), (False, *[True] * len(result.stages), False))


def rounds_svg(result, *, titles, title, name="rounds", theme="screen", labels=ENGLISH):
    """The count as SVG text; its description tells it in sentences.

    result: labengines.voting.types.Result. titles: {option id: title}. name: makes its ids its own.
    """
    ink = THEMES[theme]
    drawing = _Drawing(result, titles, labels, ink, clean(name))
    width = NAMES + COLUMN * max(1, len(result.stages)) + MARGIN
    head = wrap(title, width - 2 * MARGIN, LARGE, bold=True)
    top = MARGIN + leading(LARGE) * len(head) + leading(TEXT)
    body = [
        write(MARGIN, MARGIN + LARGE + at * leading(LARGE), line, size=LARGE, bold=True)
        for at, line in enumerate(head)
    ]
    body.append(f'<g transform="translate(0 {top})">{drawing.body()}</g>')
    height = top + LANE * len(drawing.lanes) + 3 * MARGIN
    described = " ".join(explain(result, titles=titles))
    return picture(
        "".join(body), width=width, height=height, title=title, description=described, name=name, theme=ink
    )


class _Drawing:
    def __init__(self, result, titles, labels, ink, name):
        self.result, self.titles, self.labels, self.ink, self.name = result, titles, labels, ink, name
        self.lanes = list(_lanes(result))
        if any(stage.exhausted for stage in result.stages):
            self.lanes.append(EXHAUSTED)
        every = [votes for stage in result.stages for _, votes in stage.tallies]
        self.most = float(max([abs(votes) for votes in every], default=0)) or 1.0

    def body(self):
        """Everything below the title."""
        parts = [_hatch(self.name, self.ink)]
        for at, heading in enumerate(_headings(self.result, self.labels)):
            needed = self.result.stages[at].needed
            parts.append(write(self._x(at), 0, heading, bold=True))
            if needed is not None and not at:
                said = self.labels.needed.format(needed=figure(needed))
                parts.append(write(self._x(at), leading(12), said, fill=self.ink.muted))
        parts += [self._flows(at) for at in range(1, len(self.result.stages))]
        parts += [self._lane(row, option) for row, option in enumerate(self.lanes)]
        return "".join(parts)

    def _lane(self, row, option):
        top = self._y(row)
        title = self.labels.exhausted if option == EXHAUSTED else self.titles[option]
        lines = wrap(title, NAMES - 2 * MARGIN, TEXT)[:2]
        parts = [
            write(MARGIN, top + 14 + at * leading(TEXT), line, size=TEXT, bold=option in self.result.winners)
            for at, line in enumerate(lines)
        ]
        parts += [self._cell(row, option, at) for at in range(len(self.result.stages))]
        return "".join(parts)

    def _cell(self, row, option, at):
        stage = self.result.stages[at]
        votes = stage.exhausted if option == EXHAUSTED else dict(stage.tallies)[option]
        if not votes and option in self._gone(at):
            return ""
        x, y = self._x(at), self._y(row)
        long = (COLUMN - FLOW) * abs(float(votes)) / self.most
        leaving, elected = option in stage.excluded, option in stage.elected
        fill = f"url(#{self.name}-hatch)" if leaving or option == EXHAUSTED else self.ink.muted
        bar = f'<rect x="{x}" y="{y}" width="{min(long, COLUMN - FLOW):.1f}" height="{BAR}" fill="{fill}" '
        bar += f'stroke="{self.ink.ink}"/>'
        said = figure(votes)
        if elected or leaving:
            said += f" {self.labels.elected if elected else self.labels.leaves}"
        return bar + write(x, y + BAR + 14, elide(said, COLUMN - 8, bold=elected), bold=elected)

    def _flows(self, at):
        stage = self.result.stages[at]
        rows = {option: row for row, option in enumerate(self.lanes)}
        lines = []
        for source in stage.moved[:1] if len(stage.moved) == 1 else ():
            for to, votes in stage.transfers:
                if to in rows:
                    lines.append(self._flow(at, rows[source], rows[to], float(votes)))
        return "".join(lines)

    def _flow(self, at, source, target, votes):
        start, end = self._x(at) - FLOW + 6, self._x(at) - 3
        one, other = self._y(source) + BAR / 2, self._y(target) + BAR / 2
        thick = max(1.0, THICKEST * votes / self.most)
        half = (end - start) / 2
        path = f"M{start} {one:.1f}C{start + half} {one:.1f} {end - half} {other:.1f} {end} {other:.1f}"
        return f'<path d="{path}" fill="none" stroke="{self.ink.line}" stroke-width="{thick:.1f}" opacity="0.7"/>'

    def _gone(self, at):
        return {option for stage in self.result.stages[:at] for option in stage.excluded}

    def _x(self, at):
        return NAMES + COLUMN * at

    def _y(self, row):
        return 2 * MARGIN + LANE * row


def _headings(result, labels):
    if len(result.stages) <= 1:
        return [labels.total] * len(result.stages)
    return [labels.round.format(number=number) for number in range(1, len(result.stages) + 1)]


def _lanes(result):
    """Options, winners first as they were elected, then by when they left, the last first."""
    left = {option: at for at, stage in enumerate(result.stages) for option in stage.excluded}
    votes = dict(result.stages[-1].tallies) if result.stages else {}
    rest = [option for option, _ in result.tallies if option not in result.winners]
    rest.sort(key=lambda option: (-left.get(option, len(result.stages)), -votes.get(option, 0)))
    return (*result.winners, *rest)


def _fate(result, option, labels):
    if option in result.winners:
        return labels.elected
    return labels.leaves if any(option in stage.excluded for stage in result.stages) else ""


def _hatch(name, ink):
    return (
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{ink.paper}"/><path d="M0 6L6 0" stroke="{ink.ink}"/></pattern></defs>'
    )
