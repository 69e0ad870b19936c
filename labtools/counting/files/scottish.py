"""Scottish councils' preference profiles: `52,1,10,` rows with names at the end, and OpaVote's .blt."""

import csv
import re

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused

CSV_HEAD = re.compile(r"\s*\d+\s*,\s*\d+\s*,?\s*\r?\n")


def is_csv(text):
    """Whether a CSV file begins with nothing but the numbers of candidates and of seats."""
    return bool(CSV_HEAD.match(text))


def read_csv(text):
    """The Election of a Scottish CSV file."""
    rows = [
        (at, [cell.strip() for cell in cells]) for at, cells in enumerate(csv.reader(text.splitlines()), 1)
    ]
    rows = [(at, [cell for cell in cells if cell]) for at, cells in rows]
    rows = [(at, cells) for at, cells in rows if cells]
    election = _begun(*rows[0])
    for row, cells in rows[1:]:
        if cells[0].lower().startswith("candidate"):
            _name(election, row, cells)
        elif cells[0].isdigit():
            election.add(row, whole(cells[0], row, "the number of ballots"), tuple(cells[1:]))
        else:
            election.title = cells[0]
    return election


def read_blt(text):
    """The Election of a .blt file: candidates and seats, who withdrew, ballots that end in 0, a lone 0, names, title.

    `-3` at the start: candidate 3 withdrew and is left out everywhere. `-` in a ballot: a rank left blank.
    """
    rows = [(at, line.split("#")[0].strip()) for at, line in enumerate(text.splitlines(), 1)]
    rows = [(at, line) for at, line in rows if line]
    election = _begun(rows[0][0], rows[0][1].split())
    ends = next((at for at, (_, line) in enumerate(rows) if at and line == "0"), None)
    if ends is None:
        raise Refused("The ballots of a .blt file must end with a row that is only 0; there is none.")
    gone = set()
    for row, line in rows[1:ends]:
        cells = line.split()
        if cells[0].startswith("-"):
            gone |= _withdrawn(election, row, cells)
        elif cells[-1] != "0":
            raise Refused(f"Row {row}: a ballot must end with 0.")
        else:
            election.add(row, whole(cells[0], row, "the number of ballots"), _ranks(cells[1:-1], gone))
    texts = [line.strip().strip('"') for _, line in rows[ends + 1 :]]
    for option, name in zip(list(election.names), texts, strict=False):
        election.names[option] = name
    election.title = texts[len(election.names)] if len(texts) > len(election.names) else ""
    election.names = {option: name for option, name in election.names.items() if option not in gone}
    return election


def _withdrawn(election, row, cells):
    numbers = {cell.removeprefix("-") for cell in cells}
    if not numbers <= set(election.names) or not all(cell.startswith("-") for cell in cells):
        raise Refused(f"Row {row}: who withdrew is a minus and a number from 1 to {len(election.names)}.")
    if election.ballots:
        raise Refused(f"Row {row}: who withdrew must stand before the ballots.")
    return numbers


def _ranks(cells, gone):
    """A ballot's ranks without blank ones and without those who withdrew; equal ones in a tuple."""
    ranks = [tuple(o for o in cell.split("=") if o not in gone) for cell in cells if cell != "-"]
    return tuple(rank[0] if len(rank) == 1 else rank for rank in ranks if rank)


def _begun(row, cells):
    if len(cells) < 2:
        raise Refused(f"Row {row}: the numbers of candidates and of seats must stand here.")
    candidates = whole(cells[0], row, "the number of candidates", 1)
    seats = whole(cells[1], row, "the number of seats", 1)
    names = {str(option): f"Candidate {option}" for option in range(1, candidates + 1)}
    return Election("ranked", names, seats=seats)


def _name(election, row, cells):
    number = cells[0].split()[-1]
    if number not in election.names or len(cells) < 2:
        raise Refused(f"Row {row}: this names no candidate from 1 to {len(election.names)}.")
    election.names[number] = cells[1]
