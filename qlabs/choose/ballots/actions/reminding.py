"""Reminding those who have not voted, now or by a plan; telling those in whose name a vote was cast; how many did."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import LONDON, when

from .. import letters, queries
from ..models import Ballot, PlannedReminder, State

ROUNDED_TO = 5


@transaction.atomic
def remind(*, ballot, by, at):
    """Write to everybody on the roll who has not voted; at most once a week. To nobody it is refused."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.OPEN or at >= ballot.ends_at:
        raise Conflict(_("This vote is not open, so there is nobody to remind."))
    _refuse_unrested(ballot, at)
    if not queries.still_to_vote(ballot).exists():
        raise Conflict(
            _(
                "Nobody is left to remind: everybody on the voters’ list has voted or begun to. No reminder was "
                "sent, and you can still send one later."
            )
        )
    _send(ballot, by=by, at=at)
    return ballot


@transaction.atomic
def plan_reminder(*, ballot, goes_at, by, at):
    """Let a reminder go by itself at a time before the vote ends, a week from every other one."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    begins, ends = max(at, ballot.opens_at or at), ballot.ends_at or ballot.closes_at
    if ballot.state not in (State.DRAFT, State.OPEN) or not begins < goes_at < ends:
        raise Conflict(
            _("Choose a time while the vote is open: it closes on %(when)s.") % {"when": when(ends)}
        )
    _refuse_unrested(ballot, goes_at)
    planned = PlannedReminder.objects.create(ballot=ballot, goes_at=goes_at, by=by)
    what, facts = "ballots.reminder_planned", {"goes_at": goes_at.isoformat()}
    events.record(ballot.lab, by=by, what=what, on=ballot, at=at, **facts)
    return planned


@transaction.atomic
def cancel_reminder(*, planned, by, at):
    """It does not go; once it went there is nothing to cancel."""
    if PlannedReminder.objects.filter(pk=planned.pk).delete()[0]:
        facts = {"goes_at": planned.goes_at.isoformat()}
        events.record(
            planned.lab, by=by, what="ballots.reminder_cancelled", on=planned.ballot, at=at, **facts
        )


@transaction.atomic
def send_planned(*, planned, at):
    """Its time has come: it goes, unless nobody is left to remind, or it would come too soon after another."""
    ballot = Ballot.objects.select_for_update().get(pk=planned.ballot_id)
    if ballot.state != State.OPEN or not PlannedReminder.objects.filter(pk=planned.pk).delete()[0]:
        return
    is_late = at >= ballot.ends_at or planned.goes_at < ballot.opened_at
    if is_late or queries.next_reminder(ballot, at):
        _not_sent(ballot, planned, "ballots.reminder_left_out", at)
    elif not queries.still_to_vote(ballot).exists():
        _not_sent(ballot, planned, "ballots.reminder_to_nobody", at)
    else:
        _send(ballot, by=None, at=at)


@transaction.atomic
def tell_voters(*, ballot, at):
    """Once a day, never at the moment of voting: tell people that a vote was cast or begun in their name."""
    today = timezone.localdate(at, LONDON)
    if Ballot.objects.filter(pk=ballot.pk, told_on__lt=today).update(told_on=today):
        letters.tell_all(ballot)


def count_turnout(*, ballot, at):
    """Once an hour, how many have voted, rounded down to five: what a lead sees tells nobody's moment of voting."""
    rounded = queries.keys_signed(ballot) // ROUNDED_TO * ROUNDED_TO
    Ballot.objects.filter(pk=ballot.pk, state=State.OPEN).update(turnout_shown=rounded, turnout_shown_at=at)


def _refuse_unrested(ballot, moment):
    if next_one := queries.next_reminder(ballot, moment):
        sentence = _("One reminder a week is enough. You can send the next from %(when)s.")
        raise Conflict(sentence % {"when": when(next_one)})
    if near := queries.reminder_too_near(ballot, moment):
        sentence = _(
            "One reminder a week is enough, and one is planned for %(when)s. Cancel that one first, or leave it as "
            "it is."
        )
        raise Conflict(sentence % {"when": when(near)})


def _send(ballot, *, by, at):
    ballot.reminded_at, ballot.reminders = at, ballot.reminders + 1
    ballot.save(update_fields=["reminded_at", "reminders"])
    events.record(ballot.lab, by=by, what="ballots.reminded", on=ballot, at=at, reminder=ballot.reminders)
    letters.remind_all(ballot)


def _not_sent(ballot, planned, what, at):
    facts = {"goes_at": planned.goes_at.isoformat()}
    events.record(ballot.lab, by=None, what=what, on=ballot, at=at, **facts)
