"""What waits for a person in ballots."""

from django.urls import reverse
from django.utils.translation import gettext as _

from qlabs.base.lab.models import Membership, Role
from qlabs.base.lab.waiting import Waiting

from ..models import Ballot, Reason, RollEntry, State

MINUTES_TO_VOTE = 5


def address(ballot, name="ballot"):
    return reverse(f"ballots:{name}", args=[ballot.lab.slug, ballot.pk])


def waiting(person, at):
    """Votes to cast; for a lead also results to declare and reasons to read."""
    return [*_votes(person, at), *_leads(person)]


def _votes(person, at):
    entries = RollEntry.objects.filter(
        person=person, blinded_hash="", ballot__state=State.OPEN, ballot__closes_at__gt=at
    ).select_related("ballot__lab")
    for entry in entries.order_by("ballot__closes_at"):
        ballot = entry.ballot
        title = _("Vote: %(question)s") % {"question": ballot.question}
        yield Waiting(title, address(ballot), MINUTES_TO_VOTE, lab=ballot.lab, due=ballot.closes_at)


def _leads(person):
    led = Membership.objects.filter(person=person, role=Role.LEAD, lab__archived_at=None).values("lab")
    for ballot in Ballot.objects.filter(lab__in=led, state=State.CLOSED).select_related("lab"):
        title = _("Declare the result: %(question)s") % {"question": ballot.question}
        yield Waiting(title, address(ballot, "declare"), 2, lab=ballot.lab)
    unread = Reason.objects.filter(state=Reason.State.PENDING).values("ballot")
    for ballot in Ballot.objects.filter(lab__in=led, pk__in=unread).select_related("lab"):
        title = _("Read the reasons people gave: %(question)s") % {"question": ballot.question}
        yield Waiting(title, address(ballot, "reasons"), 10, lab=ballot.lab)
