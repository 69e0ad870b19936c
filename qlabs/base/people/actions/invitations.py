from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import day

from .. import joining, letters, links, queries
from ..models import Invitation, Person
from .members import fill

VALID_FOR = timedelta(days=60)


@transaction.atomic
def invite_member(*, name, email, by, at, **profile):
    """Make somebody a member at once and send the personal link; somebody who is here already gets nothing."""
    person = queries.person_with(email) or Person(name=name.strip(), email=email.strip().lower())
    if person.is_member:
        raise Conflict(_("This person is a member already."))
    person.joined_at = person.joined_at or at
    fill(person, profile)
    person.save()
    return _invite(person, Invitation.Purpose.COMMUNITY, by=by, at=at)


@transaction.atomic
def invite_guest(*, lab, email, name, role, by, at, is_invented=False):
    """Invite somebody to one lab by personal link, without membership of the community."""
    person = _person(name, email, is_invented=is_invented)
    return _invite(person, Invitation.Purpose.LAB, by=by, at=at, lab=lab, role=role)


@transaction.atomic
def invite_operator(*, email, name, at, by=None, is_invented=False):
    """Make somebody an operator; returns an invitation whose link signs them in once. No letter is sent."""
    person = _person(name, email, is_invented=is_invented)
    person.is_operator = person.is_active = True
    person.save()
    return _invite(person, Invitation.Purpose.OPERATOR, by=by, at=at, by_mail=False)


@transaction.atomic
def accept_invitation(*, invitation, at):
    """Take up an invitation, once; a link that is used, expired or withdrawn is a Conflict."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person", "lab")
        .get(pk=invitation.pk)
    )
    if invitation.accepted_at or invitation.expires_at <= at or not invitation.person.is_active:
        raise Conflict(_("This link has been used or has expired."))
    invitation.accepted_at = at
    invitation.save()
    joining.accepted(invitation, at=at)
    events.record(
        invitation.lab,
        by=invitation.person,
        what="people.accepted",
        on=invitation,
        at=at,
        purpose=invitation.purpose,
    )
    return invitation


@transaction.atomic
def remind(*, invitation, by, at):
    """Send the personal link again: at most once a week, never to somebody who accepted."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.pk)
    )
    if invitation.accepted_at:
        raise Conflict(_("This person has accepted already, so there is nothing to remind them of."))
    waiting = queries.pending(invitation, at=at)
    if not waiting.may_remind:
        raise Conflict(
            _("One letter a week is enough. You can send the next one on %(day)s.")
            % {"day": day(waiting.remind_from)}
        )
    _remind([invitation.pk], at=at)
    events.record(invitation.lab, by=by, what="people.reminded", on=invitation, at=at)
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def remind_everyone(*, by, at):
    """Remind all who have waited a week since their last letter; returns how many."""
    rows = queries.may_be_reminded(at=at).select_for_update(of=("self",))
    pks = [invitation.pk for invitation in rows]
    if pks:
        _remind(pks, at=at)
        events.record(None, by=by, what="people.everyone_reminded", at=at, reminded=len(pks))
    return len(pks)


def _person(name, email, *, is_invented):
    person = queries.person_with(email)
    return person or Person.objects.create(
        name=name.strip(), email=email.strip().lower(), is_invented=is_invented
    )


def _invite(person, purpose, *, by, at, lab=None, role="", by_mail=True):
    wanted = {"person": person, "purpose": purpose, "lab": lab, "role": role, "accepted_at": None}
    fresh = {"nonce": links.new_nonce(), "invited_by": by, "invited_at": at, "expires_at": at + VALID_FOR}
    invitation, _made = Invitation.objects.update_or_create(**wanted, defaults=fresh | {"sent_at": None})
    events.record(lab, by=by, what="people.invited", on=invitation, at=at, purpose=str(purpose.value))
    if by_mail:
        tasks.later(letters.invitations, [invitation.pk])
    return invitation


def _remind(pks, *, at):
    for batch in letters.in_batches(pks):
        Invitation.objects.filter(pk__in=batch).update(reminded_at=at, expires_at=at + VALID_FOR)
        tasks.later(letters.reminders, batch)
