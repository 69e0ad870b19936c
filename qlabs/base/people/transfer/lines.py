"""Lines that somebody pasted, one person on each, as a sheet."""

import re

from qlabs.base.core.plain import plain

from .sheets import Sheet, read_sheet

ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]*")
AROUND = " \t,;<>\"'"


def sheet_of_lines(text):
    """A sheet of names and addresses; where the first line names the columns it is read as a CSV."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and "@" not in lines[0][1] and "mail" in lines[0][1].lower():
        return read_sheet("pasted.csv", text.encode())
    return Sheet(["Name", "Email"], [(number, _parted(line)) for number, line in lines])


def _parted(line):
    line = plain(line)
    found = ADDRESS.search(line)
    if found is None:
        return [line.strip(), ""]
    name = line[: found.start()] + line[found.end() :]
    return [name.strip(AROUND), found.group().strip(AROUND)]
