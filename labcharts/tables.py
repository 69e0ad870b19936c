"""A table as text, once for the page, the terminal and the file."""

from dataclasses import dataclass

from labcharts.ink import clean


@dataclass(frozen=True)
class Table:
    """headings: one for each column. rows: tuples of text. numbers: which columns hold numbers."""

    caption: str
    headings: tuple
    rows: tuple
    numbers: tuple

    def __str__(self):
        columns = list(zip(self.headings, *self.rows, strict=True))
        widths = [max(map(len, column)) for column in columns]
        return "\n".join(self._line(row, widths) for row in (self.headings, *self.rows))

    def _line(self, row, widths):
        cells = zip(row, widths, self.numbers, strict=True)
        return "  ".join(
            text.rjust(wide) if number else text.ljust(wide) for text, wide, number in cells
        ).rstrip()


def table(caption, columns, rows, *, keep=()):
    """A Table of the columns that say anything.

    columns: (name, heading, whether numbers). rows: {name: text}. keep: names shown even when empty.
    """
    shown = [column for column in columns if column[0] in keep or any(row.get(column[0]) for row in rows)]
    names, headings, numbers = zip(*shown, strict=True)
    return Table(
        caption, headings, tuple(tuple(row.get(name, "") for name in names) for row in rows), numbers
    )


def table_html(shown, *, classes="nhsuk-table"):
    """The table as HTML: caption, column headings, the first column as row headings."""
    head = "".join(
        f'<th scope="col"{_numeric(number)}>{clean(text)}</th>'
        for text, number in zip(shown.headings, shown.numbers, strict=True)
    )
    body = "".join(_row(row, shown.numbers) for row in shown.rows)
    return (
        f'<table class="{clean(classes)}"><caption>{clean(shown.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row, numbers):
    cells = [f'<th scope="row">{clean(row[0])}</th>']
    cells += [
        f"<td{_numeric(number)}>{clean(text)}</td>" for text, number in zip(row[1:], numbers[1:], strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _numeric(number):
    return ' class="number"' if number else ""
