"""Lists of members: kept when an operator uploads one, and nobody on it is a member before it is confirmed."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict

from .. import letters, links, queries
from ..models import Import, Invitation, Joined, Organisation, Person
from .invitations import VALID_FOR
from .members import PROFILE, admit


@transaction.atomic
def keep_import(*, source, filename, by, at, sheet=(), **read):
    """Keep an uploaded list until it is confirmed.

    source: where it comes from; sheet: its rows as they were read; the rest: see transfer.ReadList.
    """
    imported = Import.objects.create(
        source=source,
        filename=filename[:200] or "list",
        sheet=list(sheet),
        refused_rows=len(read["refused"]),
        uploaded_at=at,
        by=by,
        **read,
    )
    _record(imported, "people.list_uploaded", by=by, at=at)
    return imported


@transaction.atomic
def match_columns(*, imported, by, at, **read):
    """Keep what the list holds now that its columns were matched by hand. read: see transfer.ReadList."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.confirmed_at or not imported.sheet:
        raise Conflict(_("This list was confirmed or forgotten meanwhile, so its columns stay as they are."))
    for name, value in read.items():
        setattr(imported, name, value)
    imported.refused_rows = len(imported.refused)
    imported.save()
    _record(imported, "people.columns_matched", by=by, at=at)
    return imported


def _record(imported, what, *, by, at):
    numbers = {"rows": len(imported.rows), "refused": imported.refused_rows}
    events.record(None, by=by, what=what, on=imported, at=at, **numbers)


@transaction.atomic
def confirm_import(*, imported, by, at, typed=None, is_invented=False):
    """Make everyone on the list a member and invite them: all or nothing, and once however often it is asked.

    imported: the list as it was looked at; typed: the number of people, from whoever uploaded it, where a second
    operator need not type it.
    """
    looked_at = imported.columns
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.confirmed_at:
        return imported
    if imported.columns != looked_at:
        raise Conflict(
            _("The columns of this list were changed just now. Look at it again, then confirm it.")
        )
    how = _confirmation(imported, by=by, at=at, typed=typed)
    people = _new_members(imported, at=at, is_invented=is_invented)
    pks = _invitations(people, by=by, at=at)
    imported.rows, imported.sheet, imported.added, imported.confirmed_at = [], [], len(people), at
    imported.confirmed_by, imported.confirmed_how = by, how
    imported.save()
    events.record(
        None, by=by, what="people.imported", on=imported, at=at, added=len(people), source=imported.source,
        confirmed=str(how.value), uploaded_by=imported.by_id,
    )  # fmt: skip
    for batch in letters.in_batches(pks):
        tasks.later(letters.invitations, batch)
    return imported


@transaction.atomic
def forget_import(*, imported, at):
    """Forget the personal data of a list that nobody confirmed, or of its refused rows."""
    Import.objects.filter(pk=imported.pk).update(
        sheet=[], rows=[], refused=[], ignored=[], headings=[], columns={}, filename=""
    )
    events.record(None, by=None, what="people.list_forgotten", on=imported, at=at)


def _confirmation(imported, *, by, at, typed):
    """In what way this list is confirmed, or a Conflict that says what is missing."""
    if not imported.source:
        raise Conflict(_("This list does not say where it comes from. Upload it again and name its source."))
    if by.pk != imported.by_id:
        return Import.Confirmed.SECOND
    if queries.needs_second_operator(imported, at=at):
        raise Conflict(_("A list of this size needs a second operator. Ask another operator to confirm it."))
    if typed != len(imported.rows):
        raise Conflict(_("This is not the number of people who will become members, so nobody was made one."))
    return Import.Confirmed.TYPED


def _new_members(imported, *, at, is_invented):
    known = queries.known_emails([row["email"] for row in imported.rows])
    organisations = _organisations(imported.rows)
    unwilling = queries.who_said_no([person.pk for person in known.values()])
    fresh = [
        _person(row, organisations, is_invented=is_invented)
        for row in imported.rows
        if row["email"] not in known
    ]
    guests = [
        person
        for person in known.values()
        if person.is_active and not person.joined_at and person.pk not in unwilling
    ]
    for person in [*fresh, *guests]:
        admit(person, how=Joined.LIST, at=at, imported=imported)
    Person.objects.bulk_update(guests, ["joined_at", "joined_how", "joined_list"], batch_size=200)
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
    open_already = queries.open_to_community([person.pk for person in people])
    Invitation.objects.filter(pk__in=open_already).delete()
    rows = [
        Invitation(person=person, name=person.name, email=person.email, nonce=links.new_nonce(), **invited)
        for person in people
    ]
    return [row.pk for row in Invitation.objects.bulk_create(rows, batch_size=200)]
