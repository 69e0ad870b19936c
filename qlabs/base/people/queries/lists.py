"""Reads for lists of members: who is here already, and what an uploaded list holds."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from ..models import Import, Nation, Organisation, OrganisationKind, Person, Perspective

KEEP_LISTS = timedelta(days=7)
MOST_SHOWN = 50
MOST_ALONE, ALONE_WITHIN = 100, timedelta(days=30)
"""How many people one operator makes members without a second one, in lists of one month together."""


def known_emails(emails):
    """{address: Person} of those addresses that somebody here has."""
    found = {}
    wanted = sorted(emails)
    for start in range(0, len(wanted), 500):
        rows = Person.objects.filter(email__in=wanted[start : start + 500])
        found |= {person.email: person for person in rows}
    return found


def organisations_by_name():
    """{name in small letters: Organisation}."""
    return {organisation.name.lower(): organisation for organisation in Organisation.objects.all()}


def imported(pk):
    """An uploaded list with its uploader, or None."""
    return Import.objects.select_related("by", "confirmed_by").filter(pk=pk).first()


def lists_to_confirm():
    """Uploaded lists that wait for a confirmation, oldest first."""
    rows = Import.objects.filter(confirmed_at=None).exclude(filename="").exclude(rows=[])
    return list(rows.select_related("by").order_by("uploaded_at", "pk"))


def needs_second_operator(imported, *, at):
    """Whether the uploader alone may no longer confirm this list: it is too long, or too many were short before."""
    others = Person.objects.filter(is_operator=True, is_active=True).exclude(pk=imported.by_id)
    alone = Import.objects.filter(confirmed_by=imported.by_id, confirmed_how=Import.Confirmed.TYPED)
    lately = alone.filter(confirmed_at__gt=at - ALONE_WITHIN).aggregate(people=Sum("added"))["people"] or 0
    return len(imported.rows) + lately > MOST_ALONE and others.exists()


def is_forgotten(imported):
    return not imported.filename


def lists_to_forget(*, at):
    """Uploaded lists that still hold people's data after their time."""
    return Import.objects.filter(uploaded_at__lte=at - KEEP_LISTS).exclude(filename="")


@dataclass(frozen=True)
class Refusals:
    """What the preview shows of refused rows: headings, and (row number, [(cell, reason)]) of the first of them."""

    headings: list
    rows: list


def refusals(imported):
    """The first refused rows, with only those columns in which a row shown has something."""
    shown = imported.refused[:MOST_SHOWN]
    width = max([0, *(_width(one) for one in shown)])
    grid = [(one["row"], [_cell(one, column) for column in range(width)]) for one in shown]
    kept = [column for column in range(width) if any(any(cells[column]) for _row, cells in grid)]
    headings = imported.headings + [""] * (width - len(imported.headings))
    return Refusals(
        [headings[column] for column in kept], [(row, [cells[c] for c in kept]) for row, cells in grid]
    )


@dataclass(frozen=True)
class Holds:
    """What the preview shows of a list: the first rows to come, values left out, and columns nobody reads.

    ignored: {"row", "heading", "cell", "reason"}, the first of them; `left_out`: how many there are in all;
    `is_unread`: nothing is read of it yet, since nobody has said which columns hold the names and addresses.
    """

    rows: list
    ignored: list
    left_out: int
    unread: list
    is_unread: bool


def holds(imported):
    headings = dict(enumerate(imported.headings))
    ignored = [one | {"heading": headings.get(one["column"], "")} for one in imported.ignored[:MOST_SHOWN]]
    unread = [
        words for number, words in headings.items() if words and number not in imported.columns.values()
    ]
    rows = [row | _labels(row) for row in imported.rows[:MOST_SHOWN]]
    nothing = bool(imported.sheet) and not (imported.rows or imported.refused or imported.known)
    return Holds(rows, ignored, len(imported.ignored), unread if imported.columns else [], nothing)


def _labels(row):
    choices = {"perspective": Perspective, "nation": Nation}
    return {name: known(row[name]).label if row.get(name) else "" for name, known in choices.items()}


def _width(one):
    return max([len(one["cells"]), *(int(column) + 1 for column in one["reasons"])])


def _cell(one, column):
    cell = one["cells"][column] if column < len(one["cells"]) else ""
    return cell, one["reasons"].get(str(column), "")


def choices_of_lists():
    """The words a list of members may use, by column."""
    return {"perspective": Perspective.labels, "kind": OrganisationKind.labels, "nation": Nation.labels}
