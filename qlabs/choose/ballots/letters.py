"""Letters to voters, and one to leads.

Each to a voter is marked before it goes and unmarked if it could not, so a restart sends none twice. None goes out at
the moment of voting, and all go in member order, so that the relay's log tells nothing of a ballot.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from qlabs.base.core import tasks
from qlabs.base.core.mail import absolute, reaches, send
from qlabs.base.people.models import Person

from . import links, queries
from .models import Ballot, RollEntry, State

BATCH = 50


def invite_all(ballot):
    _in_batches(invite, RollEntry.objects.filter(ballot=ballot))


def invite_again(entries):
    _in_batches(invite, entries)


def remind_all(ballot):
    _in_batches(remind, queries.still_to_vote(ballot), ballot.reminders)


def tell_all(ballot):
    _in_batches(tell, RollEntry.objects.filter(ballot=ballot, told=False, has_key=True))


def inform_all(ballot):
    _in_batches(inform, RollEntry.objects.filter(ballot=ballot))


def tell_leads(ballot):
    for person in queries.leads_of(ballot.lab):
        tasks.later(held_up, ballot.pk, person.pk, ballot.held_up_because)


@task()
def invite(pks):
    """The invitation to vote, with the personal link."""
    for entry in _waiting(pks, invited=False):
        if entry.ballot.state == State.OPEN:
            _once(entry, _("Your vote: %(question)s"), "invitation", invited=True)


@task()
def remind(pks, number):
    """A reminder, unless she has voted meanwhile."""
    for entry in _waiting(pks, has_key=False, reminders__lt=number):
        if entry.ballot.state == State.OPEN:
            _once(entry, _("There is still time to vote: %(question)s"), "reminder", reminders=number)


@task()
def tell(pks):
    """That a vote was cast in her name, so that nobody is voted for unnoticed."""
    for entry in _waiting(pks, told=False):
        _once(entry, _("A vote was cast in your name: %(question)s"), "told", told=True)


@task()
def inform(pks):
    """The outcome, and what happens next."""
    for entry in _waiting(pks, informed=False):
        if entry.ballot.state == State.DECLARED:
            _once(entry, _("The result: %(question)s"), "outcome", informed=True)


@task()
def held_up(ballot_pk, person_pk, because):
    """To a lead, that a vote could not open at its time; no word if it has since, or waits for something else."""
    ballot = Ballot.objects.select_related("lab").filter(pk=ballot_pk, held_up_because=because).first()
    person = Person.objects.get(pk=person_pk)
    if ballot is None or not reaches(person):
        return
    context = {
        "person": person,
        "ballot": ballot,
        "lab": ballot.lab,
        "page": absolute(queries.address(ballot)),
    }
    subject = _("A vote could not open: %(question)s") % {"question": ballot.question}
    send(to=person, subject=subject, template="ballots/mail/held_up", context=context)


def _waiting(pks, **which):
    rows = RollEntry.objects.select_related("person", "ballot__lab").filter(pk__in=pks, **which)
    return rows.order_by("pk")


def _once(entry, subject, template, **mark):
    """Mark, then send; if sending fails the mark is taken back and the task fails, to be tried again."""
    before = {name: getattr(entry, name) for name in mark}
    if not RollEntry.objects.filter(pk=entry.pk, **before).update(**mark):
        return
    try:
        _write_to(entry, subject % {"question": entry.ballot.question}, template)
    except OSError:
        RollEntry.objects.filter(pk=entry.pk).update(**before)
        raise


def _write_to(entry, subject, template):
    person, ballot = entry.person, entry.ballot
    if not reaches(person):
        return
    address = reverse("ballots:ballot", args=[ballot.lab.slug, ballot.pk])
    context = {
        "person": person,
        "ballot": ballot,
        "lab": ballot.lab,
        "link": links.with_check_code(
            absolute(reverse("ballots:by_link", args=[links.token(entry, ballot)])), ballot
        ),
        "contact": settings.CONTACT_EMAIL,
        "participation_code": entry.participation_code,
        "station_code": links.station_code(entry, ballot),
        "page": absolute(address),
        "outcome": queries.outcome(ballot) if ballot.state == State.DECLARED else None,
    }
    send(to=person, subject=subject, template=f"ballots/mail/{template}", context=context)


def _in_batches(letter, entries, *args):
    pks = list(entries.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        tasks.later(letter, pks[start : start + BATCH], *args)
