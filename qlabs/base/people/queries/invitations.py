"""Reads of invitations: who waits for an answer, who said no, and what a link is for."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from qlabs.base.core.plain import plain_address
from qlabs.base.core.search import found

from .. import links
from ..models import Invitation

REMIND_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Pending:
    """One invitation nobody has answered, and when a reminder may go."""

    invitation: Invitation
    remind_from: object
    may_remind: bool


def open_invitations(search="", lab=None):
    """Invitations that wait for an answer, of one lab or everywhere, longest waiting first."""
    rows = Invitation.objects.filter(accepted_at=None, declined_at=None)
    rows = rows.select_related("person", "lab")
    rows = rows.filter(lab=lab) if lab else rows.filter(person__is_active=True)
    return found(rows, search, "search_text")


def said_no(lab, email):
    """The invitation to this lab that somebody declined at this address, or None."""
    rows = Invitation.objects.filter(lab=lab, email=plain_address(email))
    return rows.exclude(declined_at=None).first()


def who_said_no(pks):
    """Those of these people (by number) who declined to join the community."""
    rows = Invitation.objects.filter(purpose=Invitation.Purpose.COMMUNITY).exclude(declined_at=None)
    return set(rows.filter(person__in=pks).values_list("person", flat=True)) if pks else set()


def declines(lab):
    """Invitations to a lab that were declined, newest first."""
    return list(Invitation.objects.filter(lab=lab).exclude(declined_at=None).order_by("-declined_at", "-pk"))


def invited_emails(lab, role):
    """The addresses that wait for an answer to this role in the lab, or said no to the lab."""
    rows = Invitation.objects.filter(lab=lab, accepted_at=None)
    return set(rows.exclude(~Q(role=role), declined_at=None).values_list("email", flat=True))


def open_to_community(pks):
    """Numbers of the open invitations to the community of these people (by number)."""
    rows = Invitation.objects.filter(purpose=Invitation.Purpose.COMMUNITY, accepted_at=None, declined_at=None)
    return list(rows.filter(person__in=pks).values_list("pk", flat=True))


def pending(invitation, *, at):
    """An open invitation, and from when it may be reminded of."""
    due = (invitation.reminded_at or invitation.invited_at) + REMIND_AFTER
    return Pending(invitation, due, due <= at)


def may_be_reminded(*, at, lab=None):
    """Open invitations, of one lab or everywhere, whose last email is at least a week old."""
    last_call = at - REMIND_AFTER
    return open_invitations(lab=lab).filter(invited_at__lte=last_call).exclude(reminded_at__gt=last_call)


def invitation_of(token):
    """The invitation a personal link was made for, used or not; None where it is not our newest."""
    invitation = _claimed(token)
    return invitation if invitation and links.is_genuine(token, invitation) else None


def was_replaced(token):
    """Whether the link of an invitation was ours and a newer one took its place."""
    invitation = _claimed(token)
    return invitation is not None and links.is_old(token, invitation)


def is_of_closed_account(token):
    """Whether the link of an invitation was ours and its person's account is closed."""
    invitation = _claimed(token)
    if invitation is None or invitation.person.is_active:
        return False
    return links.is_old(token, invitation) or links.is_genuine(token, invitation)


def _claimed(token):
    """The invitation that a link says it is for."""
    number = links.number(token)
    if number is None:
        return None
    return (
        Invitation.objects.select_related("person__joined_list", "lab", "invited_by")
        .filter(pk=number)
        .first()
    )


def is_open(invitation, *, at):
    """Whether a personal link can still be taken up."""
    return invitation.accepted_at is None and at < invitation.expires_at and invitation.person.is_active


def may_say_no(invitation, *, at):
    """Whether a personal link still takes a no, or tells of one that was kept; operators are not asked."""
    is_asked = invitation.purpose != Invitation.Purpose.OPERATOR
    return is_asked and (invitation.declined_at is not None or is_open(invitation, at=at))


def may_join_community_too(invitation):
    """Whether who accepts this may become a member of the community with it."""
    return invitation.lab_id is not None and invitation.person.joined_at is None
