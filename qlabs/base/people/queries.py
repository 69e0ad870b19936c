from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Q

from . import links
from .models import (
    AddressChange,
    Import,
    Invitation,
    Nation,
    Organisation,
    OrganisationKind,
    Person,
    Perspective,
)

REMIND_AFTER = timedelta(days=7)
KEEP_LISTS = timedelta(days=7)
MOST_SHOWN = 50


def person_with(email):
    """The person with an e-mail address, however it is written, or None."""
    return Person.objects.filter(email=email.strip().lower()).first()


def person_for_sign_in(email):
    """The person who may sign in with an e-mail address, or None."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def known_emails(emails):
    """{address: Person} of those addresses that somebody here has."""
    found = {}
    wanted = sorted(emails)
    for start in range(0, len(wanted), 500):
        rows = Person.objects.filter(email__in=wanted[start : start + 500])
        found |= {person.email: person for person in rows}
    return found


def organisation_called(name):
    """The organisation of that name in any mix of capitals, or None."""
    return Organisation.objects.filter(name__iexact=name.strip()).first()


def organisations_by_name():
    """{name in small letters: Organisation}."""
    return {organisation.name.lower(): organisation for organisation in Organisation.objects.all()}


def people(search=""):
    """Everyone with an account, by name, with the organisation; `search` looks in name, address and organisation."""
    rows = Person.objects.select_related("organisation").order_by("name", "pk")
    for word in search.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(organisation__name__icontains=word)
        )
    return rows


def member_count():
    return Person.objects.filter(is_active=True, joined_at__isnull=False).count()


def person(pk):
    return Person.objects.select_related("organisation").filter(pk=pk).first()


@dataclass(frozen=True)
class Pending:
    """One invitation nobody has answered: how long it waits and when a reminder may go."""

    invitation: Invitation
    days: int
    remind_from: object
    may_remind: bool


def open_invitations(search=""):
    """Invitations not accepted, longest waiting first."""
    rows = Invitation.objects.filter(accepted_at=None, person__is_active=True).select_related("person", "lab")
    for word in search.split():
        rows = rows.filter(Q(person__name__icontains=word) | Q(person__email__icontains=word))
    return rows


def pending(invitation, *, at):
    """How long an invitation waits, and from when it may be reminded of."""
    due = (invitation.reminded_at or invitation.invited_at) + REMIND_AFTER
    return Pending(invitation, (at - invitation.invited_at).days, due, due <= at)


def may_be_reminded(*, at):
    """Open invitations whose last letter is at least a week old."""
    last_call = at - REMIND_AFTER
    return open_invitations().filter(invited_at__lte=last_call).exclude(reminded_at__gt=last_call)


def invitation_of(token):
    """The invitation a personal link was made for, used or not; None where it is not our newest."""
    invitation = _claimed(token)
    return invitation if invitation and links.is_genuine(token, invitation) else None


def was_replaced(token):
    """Whether the link of an invitation was ours and a newer one took its place."""
    invitation = _claimed(token)
    return invitation is not None and links.is_old(token, invitation)


def _claimed(token):
    """The invitation that a link says it is for."""
    number = links.number(token)
    if number is None:
        return None
    return Invitation.objects.select_related("person", "lab", "invited_by").filter(pk=number).first()


def address_change_of(token):
    """(change, side) that a link to answer a change of address is for, or None where it is not ours."""
    number = links.number(token)
    change = AddressChange.objects.select_related("person").filter(pk=number).first() if number else None
    side = links.address_side(token, change) if change else None
    return (change, side) if side else None


def open_address_change(person):
    """The change of address that waits for the person's answer, or None."""
    return AddressChange.objects.filter(person=person, answered_at=None).first()


def imported(pk, *, person):
    """An uploaded list, if this person uploaded it or is an operator."""
    rows = Import.objects.select_related("by").filter(pk=pk)
    return (rows if person.is_operator else rows.filter(by=person)).first()


def is_forgotten(imported):
    return not imported.filename


def lists_to_forget(*, at):
    """Uploaded lists that still hold people's data after their time."""
    return Import.objects.filter(uploaded_at__lte=at - KEEP_LISTS).exclude(filename="")


def is_open(invitation, *, at):
    """Whether a personal link can still be taken up."""
    return invitation.accepted_at is None and at < invitation.expires_at and invitation.person.is_active


def profile_of(person):
    """What the profile form starts with."""
    organisation = person.organisation
    return {
        "name": person.name,
        "perspective": person.perspective,
        "organisation": organisation.name if organisation else "",
        "organisation_kind": organisation.kind if organisation else "",
        "nation": person.nation,
        "region": person.region,
        "skills": person.skills,
        "offer": person.offer,
    }


@dataclass(frozen=True)
class Ways:
    """How a person can prove who they are besides the code by mail."""

    passkeys: list
    app: object
    codes_left: int | None


def ways_to_sign_in(person):
    rows = list(Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = [row for row in rows if row.type == kinds.RECOVERY_CODES]
    return Ways(
        passkeys=[row for row in rows if row.type == kinds.WEBAUTHN],
        app=next((row for row in rows if row.type == kinds.TOTP), None),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


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


def _width(one):
    return max([len(one["cells"]), *(int(column) + 1 for column in one["reasons"])])


def _cell(one, column):
    cell = one["cells"][column] if column < len(one["cells"]) else ""
    return cell, one["reasons"].get(str(column), "")


def choices_of_lists():
    """The words a list of members may use, by column."""
    return {"perspective": Perspective.labels, "kind": OrganisationKind.labels, "nation": Nation.labels}
