"""Figures as a table of plain text that is Markdown too."""

from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Table:
    """Rows of ready words under headings; `summary` is the one line that stays in mind."""

    title: str
    heads: tuple
    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    summary: str = ""

    def add(self, *cells):
        self.rows.append(tuple(_words(cell) for cell in cells))

    def text(self):
        grid = [self.heads, *self.rows]
        widths = [max(len(row[column]) for row in grid) for column in range(len(self.heads))]
        lines = [_line(row, widths) for row in grid]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join([f"### {self.title}", "", *lines, "", *self.notes])


def _line(row, widths):
    first, *rest = [
        cell.ljust(width) if number == 0 else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "| " + " | ".join([first, *rest]) + " |"


def _words(cell):
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 100 else f"{cell:.1f}" if cell >= 1 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def percentiles(values):
    """The 50th, 95th and 99th percentile."""
    if len(values) < 2:
        return (values or [None]) * 3
    cuts = quantiles(values, n=100, method="inclusive")
    return [cuts[49], cuts[94], cuts[98]]


def middle(rows):
    """Column by column the median of several rounds."""
    return [None if None in column else median(column) for column in zip(*rows, strict=True)]
