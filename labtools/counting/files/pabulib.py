"""Pabulib's .pb: META, PROJECTS and VOTES, semicolons between cells."""

import csv
from fractions import Fraction

from labtools.counting.files.election import Election, whole
from labtools.refusals import Refused, shortened


def read(text):
    """The Election of a .pb file; its ballots are points, one for each project where none are given."""
    parts = _parts(text)
    meta = {cells[0].strip(): cells[1].strip() for _, cells in parts["META"][1:] if len(cells) > 1}
    projects, costs = {}, {}
    for row, project in _records(parts["PROJECTS"]):
        option = project["project_id"]
        if option in costs:
            raise Refused(f"Row {row}: the project {option} stands there twice.")
        projects[option] = project.get("name") or option
        costs[option] = _money(project.get("cost"), row)
    election = Election("points", projects, title=meta.get("description", ""), costs=costs)
    election.budget = _money(meta.get("budget"), parts["META"][0][0])
    for row, vote in _records(parts["VOTES"]):
        election.add(row, 1, _ballot(vote, row))
    return election


def _parts(text):
    parts, rows = {}, None
    for row, cells in enumerate(csv.reader(text.splitlines(), delimiter=";"), 1):
        if len(cells) == 1 and cells[0].strip().upper() in ("META", "PROJECTS", "VOTES"):
            rows = parts.setdefault(cells[0].strip().upper(), [])
        elif cells and rows is not None:
            rows.append((row, cells))
    missing = [name for name in ("META", "PROJECTS", "VOTES") if not parts.get(name)]
    if missing:
        raise Refused(f"A .pb file has the parts META, PROJECTS and VOTES; missing: {', '.join(missing)}.")
    return parts


def _records(rows):
    head = [cell.strip() for cell in rows[0][1]]
    needed = "project_id" if "project_id" in head else "vote"
    if needed not in head:
        raise Refused(f"Row {rows[0][0]}: a column project_id or vote is missing.")
    for row, cells in rows[1:]:
        yield row, dict(zip(head, (cell.strip() for cell in cells), strict=False))


def _ballot(vote, row):
    chosen = [part.strip() for part in vote.get("vote", "").split(",") if part.strip()]
    given = [part.strip() for part in vote.get("points", "").split(",") if part.strip()] or ["1"] * len(
        chosen
    )
    if len(given) != len(chosen):
        raise Refused(f"Row {row}: {len(chosen)} projects but {len(given)} points.")
    return tuple((option, whole(points, row, "points")) for option, points in zip(chosen, given, strict=True))


def _money(text, row):
    try:
        return Fraction(str(text).replace(",", "."))
    except ValueError:
        raise Refused(f"Row {row}: “{shortened(text)}” is not an amount of money.") from None
