"""What stands above and below a plot: title, statement, key, notes. Each returns (SVG, where the next part starts)."""

from labcharts.ink import LARGE, SMALL, TEXT, leading, measure, paragraph, wrap, write

PAD = 14


def heading(title, width):
    """The title of a picture."""
    lines = wrap(title, width - 2 * PAD, LARGE, True)
    drawn = paragraph(PAD, PAD + LARGE, lines, size=LARGE, bold=True)
    return drawn, PAD + leading(LARGE) * len(lines) + 8


def statement(text, top, width, *, left=PAD, least=0):
    """What the picture shows, in words; in the middle of `least` pixels where it needs fewer."""
    lines = wrap(text, width - PAD - left, TEXT)
    needed = leading(TEXT) * len(lines)
    room = max(needed, least)
    return paragraph(left, top + (room - needed) / 2 + TEXT - 1, lines, size=TEXT), top + room + 10


def key(entries, top, width):
    """Samples with their words, as many in a line as fit. entries: [(SVG about 0, 0, words), ...]"""
    if not entries:
        return "", top
    drawn, x = [], PAD
    for sample, text in entries:
        needed = 26 + measure(text)
        if x > PAD and x + needed > width - PAD:
            x, top = PAD, top + 20
        drawn.append(f'<g transform="translate({x + 10:.1f} {top + 8:.1f})">{sample}</g>')
        drawn.append(write(x + 24, top + 12, text))
        x += needed + 18
    return "".join(drawn), top + 28


def footnotes(notes, top, width, theme):
    """What a reader must know, one paragraph for each note."""
    drawn = []
    for note in notes:
        lines = wrap(note, width - 2 * PAD)
        drawn.append(paragraph(PAD, top + SMALL, lines, fill=theme.muted))
        top += leading(SMALL) * len(lines) + 4
    return "".join(drawn), top
