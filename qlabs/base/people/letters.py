"""The letters of this app; each is a task that may run twice and tells nobody twice."""

import json
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from qlabs.base.core import seals
from qlabs.base.core.mail import absolute, has_letterbox, reaches, send
from qlabs.base.ui.words import masked

from . import addresses, joining, links, queries
from .models import AddressChange, Invitation, Person

ASKED = "qlabs.people.code-asked-for"
BATCH = 50
TIME_TO_CONFIRM = timedelta(days=14)


@task
def sign_in_code(asked):
    """The code to whoever has the address; to one that nobody here has, that it is so. Sealed: see `codes.ask`."""
    unsealed = seals.unseal(ASKED, asked, seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    if unsealed is None:
        return
    facts = json.loads(unsealed)
    if person := queries.person_for_sign_in(facts["email"]):
        _send_code(person, facts["code"])
    elif facts["answer_stranger"]:
        _answer_stranger(facts["email"])


@task
def account_closed(pk):
    """Tell somebody that her account is closed, unless it was opened again meanwhile."""
    person = Person.objects.get(pk=pk)
    if not person.is_active and has_letterbox(person):
        _send_closed(person)


def _send_code(person, code):
    send(
        to=person,
        subject=_("%(code)s is your sign-in code") % {"code": code},
        template="people/mail/code",
        context={"person": person, "code": code},
    )


def _send_closed(person):
    send(
        to=person,
        subject=_("Your account at %(name)s is closed") % {"name": settings.INSTALLATION_NAME},
        template="people/mail/closed",
        context={"person": person, "contact": settings.CONTACT_EMAIL},
    )


def _answer_stranger(email):
    """What somebody hears whose address opens nothing here: that it is unknown, or that her account is closed."""
    if closed := queries.person_with(email):
        account_closed.call(closed.pk)
        return
    send(
        to=email,
        subject=_("You asked to sign in"),
        template="people/mail/unknown",
        context={"sign_in": absolute(reverse("account_login"))},
    )


@task
def second_factor_changed(pk, sentence):
    """Tell a person that something about how they sign in was changed."""
    person = Person.objects.get(pk=pk)
    if not reaches(person):
        return
    send(
        to=person,
        subject=_("The way you sign in has changed"),
        template="people/mail/changed",
        context={"person": person, "sentence": sentence, "security": absolute(reverse("people:security"))},
    )


@task
def address_change(pk):
    """To both addresses: that a change is asked for, was made, or was not. Answered, they are forgotten here."""
    change = AddressChange.objects.select_related("person").get(pk=pk)
    old = change.old
    for side in links.SIDES:
        if (address := getattr(change, side)) and reaches(change.person):
            _tell_of_change(change, side, address, old)
        if change.answered_at:
            setattr(change, side, "")
            change.save(update_fields=[side])


@task
def invitations(pks):
    """Send personal links: each invitation once, however often this runs."""
    for invitation in _waiting(pks).filter(sent_at=None):
        _send_link(invitation, reminder=False)
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


@task
def reminders(pks):
    """Send the reminders that were asked for and not sent yet; never to those who answered meanwhile."""
    for invitation in _waiting(pks).filter(reminded_at__isnull=False):
        if not invitation.reminder_sent_at or invitation.reminder_sent_at < invitation.reminded_at:
            _send_link(invitation, reminder=True)
            Invitation.objects.filter(pk=invitation.pk).update(reminder_sent_at=timezone.now())


def in_batches(pks):
    """A task's share: few enough to finish long before the queue takes it for dead."""
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]


def answer_by(change):
    """Until when a change of address is to be answered: the vote's end, and two weeks at most."""
    latest = change.asked_at + TIME_TO_CONFIRM
    return min(latest, addresses.held_until(change.person) or latest)


def _tell_of_change(change, side, address, old):
    answer = reverse("people:answer_address", args=[links.address_token(change, side)])
    send(
        to=address,
        subject=_("Your email address here was changed")
        if change.is_accepted
        else _("About your email address here"),
        template="people/mail/address_change",
        context={
            "person": change.person,
            "change": change,
            "old": (masked(old) if side == "new" else old) if old else "",
            "is_owner": side == "old",
            "answer": absolute(answer),
            "until": answer_by(change),
            "sign_in": absolute(reverse("account_login")),
        },
    )


def _waiting(pks):
    """Those of these invitations that nobody has answered, with all that their email tells."""
    rows = Invitation.objects.select_related("person", "person__joined_list", "lab", "invited_by")
    return rows.filter(pk__in=pks, accepted_at=None, declined_at=None)


def _send_link(invitation, *, reminder):
    person = invitation.person
    if not reaches(person) or _said_no(invitation):
        return
    token = links.token(invitation)
    facts = {
        "invitation": invitation,
        "person": person,
        "role": joining.role_words(invitation.role),
        "link": absolute(reverse("people:join", args=[token])),
        "no_thanks": absolute(reverse("people:no_thanks", args=[token])),
        "reminder": reminder,
    }
    template = f"people/mail/invited_{invitation.purpose}"
    send(to=person, subject=_subject(invitation, reminder=reminder), template=template, context=facts)


def _said_no(invitation):
    """Whether the person declined the same before, perhaps at another address, which the inviter cannot know."""
    same = Invitation.objects.filter(person=invitation.person, purpose=invitation.purpose, lab=invitation.lab)
    return same.exclude(declined_at=None).exists()


def _subject(invitation, *, reminder):
    name = {"name": settings.INSTALLATION_NAME}
    if invitation.lab:
        subject = _("You are invited to “%(lab)s”") % {"lab": invitation.lab.title}
    elif invitation.purpose == Invitation.Purpose.OPERATOR:
        subject = _("You look after %(name)s") % name
    elif invitation.person.joined_at:
        subject = _("You are a member of the %(name)s community") % name
    else:
        subject = _("Your invitation to the %(name)s community") % name
    return _("A reminder: %(subject)s") % {"subject": subject} if reminder else subject
