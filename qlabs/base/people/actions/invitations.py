"""Invitations: who is asked, and what she answers. Only a yes makes anybody a member or gives a role."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.base.core.plain import plain, plain_address
from qlabs.base.ui.words import day

from .. import joining, letters, links, queries
from ..models import Invitation, Joined, Person
from .members import admit, dismiss, fill

VALID_FOR = timedelta(days=60)


@transaction.atomic
def invite_member(*, name, email, by, at, is_invented=False, **profile):
    """Invite somebody to the community; she is a member once she accepts. Only operators may know who is here."""
    person = _person(name, email, is_invented=is_invented)
    if person.is_member:
        raise Conflict(_("This person is a member already."))
    if queries.who_said_no([person.pk]):
        raise Conflict(_("This person has said no thanks to the community, so we will not write to them."))
    if not person.joined_at:
        fill(person, profile)
        person.save()
    wanted = _open_invitation(Invitation.Purpose.COMMUNITY, email)
    return _invite(person, wanted, name=name, by=by, at=at)


@transaction.atomic
def invite_guest(*, lab, email, name, role, by, at, is_invented=False):
    """Invite somebody to one lab by personal link; she has the role once she accepts.

    The answer is the same whether or not anybody here has this address.
    """
    if said := queries.said_no(lab, email):
        raise Conflict(
            _("This person said no thanks on %(day)s, so we will not write to them again.")
            % {"day": day(said.declined_at)}
        )
    person = _person(name, email, is_invented=is_invented)
    wanted = _open_invitation(Invitation.Purpose.LAB, email, lab, role)
    return _invite(person, wanted, name=name, by=by, at=at)


@transaction.atomic
def invite_list(*, lab, rows, role, by, at):
    """Invite many to one lab with one event; who was invited or said no already is left out. Returns the number."""
    known = queries.invited_emails(lab, role)
    pks = []
    for row in rows:
        if row["email"] not in known:
            person = _person(row["name"], row["email"])
            wanted = _open_invitation(Invitation.Purpose.LAB, row["email"], lab, role)
            pks.append(_fresh(wanted, person, name=row["name"], by=by, at=at).pk)
    events.record(lab, by=by, what="people.list_invited", on=lab, at=at, role=str(role), invited=len(pks))
    for batch in letters.in_batches(pks):
        tasks.later(letters.invitations, batch)
    return len(pks)


@transaction.atomic
def invite_operator(*, email, name, at, by=None, is_invented=False):
    """Make somebody an operator; returns an invitation whose link signs them in once. No email is sent."""
    person = _person(name, email, is_invented=is_invented)
    person.is_operator = person.is_active = True
    person.save()
    wanted = _open_invitation(Invitation.Purpose.OPERATOR, email)
    return _invite(person, wanted, name=name, by=by, at=at, by_mail=False)


@transaction.atomic
def accept_invitation(*, invitation, at, joins_community=False):
    """Accept an invitation, once; a link that is used, expired or withdrawn is a Conflict.

    joins_community: who is invited to a lab also becomes a member of the community, by her own choice.
    """
    invitation = _still_open(invitation, at=at)
    invitation.accepted_at, invitation.declined_at = at, None
    invitation.save()
    if joins_community or invitation.purpose == Invitation.Purpose.COMMUNITY:
        admit(invitation.person, how=Joined.INVITATION, at=at, invitation=invitation)
        invitation.person.save()
    joining.accepted(invitation, at=at)
    events.record(
        invitation.lab, by=invitation.person, what="people.accepted", on=invitation, at=at,
        purpose=invitation.purpose, joins_community=joins_community,
    )  # fmt: skip
    return invitation


@transaction.atomic
def decline_invitation(*, invitation, at):
    """Keep a no: nobody writes to her again about this. Who was a member by an imported list is one no more."""
    invitation = _still_open(invitation, at=at)
    invitation.declined_at = at
    invitation.save()
    if invitation.purpose == Invitation.Purpose.COMMUNITY:
        dismiss(invitation.person)
        invitation.person.save()
    events.record(
        invitation.lab, by=invitation.person, what="people.declined", on=invitation, at=at,
        purpose=invitation.purpose,
    )  # fmt: skip
    return invitation


@transaction.atomic
def take_back_no(*, invitation, at):
    """Who said no thanks asks to hear again: she may be invited anew."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.declined_at:
        invitation.declined_at = None
        invitation.save()
        events.record(
            invitation.lab, by=invitation.person, what="people.may_be_asked_again", on=invitation, at=at
        )
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation, by, at):
    """Withdraw an invitation that nobody has answered; its link opens nothing any more."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.declined_at:
        raise Conflict(_("This invitation has been answered, so it can no longer be cancelled."))
    events.record(invitation.lab, by=by, what="people.invitation_cancelled", on=invitation, at=at)
    invitation.delete()


@transaction.atomic
def remind(*, invitation, by, at):
    """Send the personal link again: at most once a week, never to somebody who has answered."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.pk)
    )
    if invitation.accepted_at or invitation.declined_at:
        raise Conflict(_("This person has answered already, so there is nothing to remind them of."))
    waiting = queries.pending(invitation, at=at)
    if not waiting.may_remind:
        raise Conflict(
            _("One email a week is enough. You can send the next one on %(day)s.")
            % {"day": day(waiting.remind_from)}
        )
    _remind([invitation.pk], at=at)
    events.record(invitation.lab, by=by, what="people.reminded", on=invitation, at=at)
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def remind_everyone(*, by, at, lab=None):
    """Remind all who have waited a week since their last email, of one lab or everywhere; returns how many."""
    rows = queries.may_be_reminded(at=at, lab=lab).select_for_update(of=("self",))
    pks = [invitation.pk for invitation in rows]
    if pks:
        _remind(pks, at=at)
        events.record(lab, by=by, what="people.everyone_reminded", at=at, reminded=len(pks))
    return len(pks)


def _still_open(invitation, *, at):
    """The invitation with its row locked, or a Conflict if it can no longer be answered."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person", "lab")
        .get(pk=invitation.pk)
    )
    if not queries.is_open(invitation, at=at):
        raise Conflict(_("This link has been used or has expired."))
    return invitation


def _person(name, email, *, is_invented=False):
    person = queries.person_with(email)
    return person or Person.objects.create(
        name=plain(name), email=plain_address(email), is_invented=is_invented
    )


def _invite(person, wanted, *, name, by, at, by_mail=True):
    invitation = _fresh(wanted, person, name=name, by=by, at=at)
    facts = {"purpose": str(invitation.purpose)} | ({"role": str(wanted["role"])} if wanted["role"] else {})
    events.record(wanted["lab"], by=by, what="people.invited", on=invitation, at=at, **facts)
    if by_mail:
        tasks.later(letters.invitations, [invitation.pk])
    return invitation


def _open_invitation(purpose, email, lab=None, role=""):
    """What tells an invitation that waits for an answer from all others."""
    email = plain_address(email)
    answers = {"accepted_at": None, "declined_at": None}
    return {"purpose": purpose, "email": email, "lab": lab, "role": role, **answers}


def _fresh(wanted, person, *, name, by, at):
    """The open invitation of this kind, made or made anew: an earlier link to the same dies."""
    fresh = {"person": person, "name": plain(name), "nonce": links.new_nonce(), "sent_at": None}
    fresh |= {"invited_by": by, "invited_at": at, "expires_at": at + VALID_FOR}
    invitation, _made = Invitation.objects.update_or_create(**wanted, defaults=fresh)
    return invitation


def _remind(pks, *, at):
    for batch in letters.in_batches(pks):
        Invitation.objects.filter(pk__in=batch).update(reminded_at=at, expires_at=at + VALID_FOR)
        tasks.later(letters.reminders, batch)
