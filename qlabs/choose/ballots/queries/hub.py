"""What waits for a person in ballots."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qlabs.base.lab.models import TEAM_ROLES, Membership, Role
from qlabs.base.lab.waiting import Waiting

from ..models import Ballot, EarlyClosing, Reason, RollEntry, State

MINUTES_TO_VOTE = 5
NEWER = Q(created_at__gt=OuterRef("closed_at"))


def address(ballot, name="ballot"):
    return reverse(f"ballots:{name}", args=[ballot.lab.slug, ballot.pk])


def waiting(person, at, lab=None):
    """Votes to cast, in one lab or in all; for a lead also what else a vote waits for. One query."""
    ballots = list(_concerning(person, at, _among(lab)))
    return [*_votes(ballots), *_to_agree(ballots), *_leads([ballot for ballot in ballots if ballot.is_led])]


def leads_of(lab):
    """The people who lead a lab, in a fixed order."""
    return [row.person for row in Membership.objects.filter(lab=lab, role=Role.LEAD).select_related("person")]


def _among(lab):
    """The ballots looked at, with no more of them than a line to click on needs."""
    ballots = Ballot.objects.select_related("lab").only(
        "question", "ends_at", "state", "held_up_because", "lab__slug", "lab__title"
    )
    return ballots.filter(lab=lab) if lab is not None else ballots


def _concerning(person, at, ballots):
    """The ballots that wait for a person's vote, or for her as a lead."""
    not_cast = RollEntry.objects.filter(person=person, has_key=False).values("ballot")
    to_cast = Q(pk__in=not_cast, state=State.OPEN, ends_at__gt=at)
    led = Membership.objects.filter(person=person, role=Role.LEAD, lab__archived_at=None).values("lab")
    unread = Exists(Reason.objects.filter(ballot=OuterRef("pk"), state=Reason.State.PENDING))
    teams = Membership.objects.filter(person=person, role__in=TEAM_ROLES, lab__archived_at=None).values("lab")
    asked = EarlyClosing.objects.filter(ballot=OuterRef("pk"), withdrawn_at=None).exclude(asked_by=person)
    to_agree = Q(Exists(asked), lab__in=teams, state=State.OPEN, ends_at__gt=at)
    later = Ballot.objects.filter(Q(again_of=OuterRef("pk")) | NEWER, lab=OuterRef("lab"))
    needs_lead = (
        Q(state__in=[State.CLOSED, State.STOPPED])
        | Q(~Exists(later), state=State.VOID)
        | Q(is_unread=True)
        | Q(held_up_because__isnull=False)
    )
    marks = {
        "is_unread": unread,
        "is_to_cast": ExpressionWrapper(to_cast, BooleanField()),
        "is_to_agree": ExpressionWrapper(to_agree, BooleanField()),
        "is_led": ExpressionWrapper(Q(lab__in=led), BooleanField()),
    }
    return ballots.annotate(**marks).filter(
        Q(is_to_cast=True) | Q(is_to_agree=True) | Q(is_led=True) & needs_lead
    )


def _votes(ballots):
    for ballot in sorted((one for one in ballots if one.is_to_cast), key=lambda one: one.ends_at):
        title = _("Vote: %(question)s") % {"question": ballot.question}
        yield Waiting(title, address(ballot), MINUTES_TO_VOTE, lab=ballot.lab, due=ballot.ends_at)


def _to_agree(ballots):
    for ballot in ballots:
        if ballot.is_to_agree:
            title = _("Agree to close a vote early, or leave it: %(question)s") % {
                "question": ballot.question
            }
            yield Waiting(title, address(ballot, "agree"), 2, lab=ballot.lab, due=ballot.ends_at)


def _leads(mine):
    """In the order of their urgency: (when it waits, words, page, minutes)."""
    kinds = (
        (
            lambda one: one.held_up_because,
            _("The vote could not open at its time: %(question)s"),
            "ballot",
            5,
        ),
        (lambda one: one.state == State.STOPPED, _("A vote was stopped: %(question)s"), "void", 5),
        (lambda one: one.state == State.CLOSED, _("Declare the result: %(question)s"), "declare", 2),
        (lambda one: one.state == State.VOID, _("No result: ask again? %(question)s"), "ask_again", 2),
        (lambda one: one.is_unread, _("Read the reasons people gave: %(question)s"), "reasons", 10),
    )
    for is_waiting, words, page, minutes in kinds:
        for ballot in filter(is_waiting, mine):
            title = words % {"question": ballot.question}
            yield Waiting(title, address(ballot, page), minutes, lab=ballot.lab)
