"""What the command refuses, in words that say where the fault is and what to do."""


class Refused(Exception):
    """Input or a request that cannot be worked with; its text is a whole message for people."""


def cell(row, column, text, advice):
    """A Refused about one cell. row: number in the file, the header counted; text: what stands there."""
    return Refused(f"Row {row}, column “{column}”: “{shortened(text)}” {advice}")


def shortened(text, most=40):
    """Text on one line and not longer than a message bears."""
    line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(text))
    return line if len(line) <= most else f"{line[: most - 1]}…"
