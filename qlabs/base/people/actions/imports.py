from django.db import transaction

from qlabs.base.core import events, tasks

from .. import letters, links, queries
from ..models import Import, Invitation, Organisation, Person
from .invitations import VALID_FOR
from .members import PROFILE


@transaction.atomic
def keep_import(*, filename, headings, rows, refused, known, by, at):
    """Keep an uploaded list until it is confirmed; the arguments are those of transfer.ReadList."""
    imported = Import.objects.create(
        filename=filename[:200] or "list",
        headings=headings,
        rows=rows,
        refused=refused,
        refused_rows=len(refused),
        known=known,
        uploaded_at=at,
        by=by,
    )
    events.record(
        None, by=by, what="people.list_uploaded", on=imported, at=at, rows=len(rows), refused=len(refused)
    )
    return imported


@transaction.atomic
def confirm_import(*, imported, by, at, is_invented=False):
    """Make everyone on the list a member and invite them: all or nothing, and once however often it is asked."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.confirmed_at:
        return imported
    people = _new_members(imported.rows, at=at, is_invented=is_invented)
    pks = _invitations(people, by=by, at=at)
    imported.rows, imported.added, imported.confirmed_at = [], len(people), at
    imported.save()
    events.record(None, by=by, what="people.imported", on=imported, at=at, added=len(people))
    for batch in letters.in_batches(pks):
        tasks.later(letters.invitations, batch)
    return imported


@transaction.atomic
def forget_import(*, imported, at):
    """Forget the personal data of a list that nobody confirmed, or of its refused rows."""
    Import.objects.filter(pk=imported.pk).update(rows=[], refused=[], headings=[], filename="")
    events.record(None, by=None, what="people.list_forgotten", on=imported, at=at)


def _new_members(rows, *, at, is_invented):
    known = queries.known_emails([row["email"] for row in rows])
    organisations = _organisations(rows)
    fresh = [
        _person(row, organisations, joined_at=at, is_invented=is_invented)
        for row in rows
        if row["email"] not in known
    ]
    guests = [person for person in known.values() if person.is_active and not person.joined_at]
    for person in guests:
        person.joined_at = at
    Person.objects.bulk_update(guests, ["joined_at"], batch_size=200)
    return Person.objects.bulk_create(fresh, batch_size=200) + guests


def _person(row, organisations, **marks):
    values = {field: row.get(field, "") for field in PROFILE}
    organisation = organisations.get(row.get("organisation", "").lower())
    return Person(name=row["name"], email=row["email"], organisation=organisation, **marks, **values)


def _organisations(rows):
    known = queries.organisations_by_name()
    new = {}
    for row in rows:
        name = row.get("organisation", "")
        if name and name.lower() not in known:
            new.setdefault(name.lower(), Organisation(name=name, kind=row.get("organisation_kind", "")))
    Organisation.objects.bulk_create(new.values(), batch_size=200)
    return known | new


def _invitations(people, *, by, at):
    invited = {
        "purpose": Invitation.Purpose.COMMUNITY,
        "invited_by": by,
        "invited_at": at,
        "expires_at": at + VALID_FOR,
    }
    rows = [Invitation(person=person, nonce=links.new_nonce(), **invited) for person in people]
    return [row.pk for row in Invitation.objects.bulk_create(rows, batch_size=200)]
