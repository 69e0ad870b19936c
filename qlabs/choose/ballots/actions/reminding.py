"""Reminding those who have not voted, telling those in whose name a vote was cast or begun, how many did."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import LONDON, when

from .. import letters, queries
from ..models import Ballot, State

ROUNDED_TO = 5


@transaction.atomic
def remind(*, ballot, by, at):
    """Write to everybody on the roll who has not voted; at most once a week."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.OPEN or at >= ballot.ends_at:
        raise Conflict(_("This vote is not open, so there is nobody to remind."))
    if next_one := queries.next_reminder(ballot, at):
        sentence = _("One reminder a week is enough. You can send the next from %(when)s.")
        raise Conflict(sentence % {"when": when(next_one)})
    ballot.reminded_at, ballot.reminders = at, ballot.reminders + 1
    ballot.save(update_fields=["reminded_at", "reminders"])
    events.record(ballot.lab, by=by, what="ballots.reminded", on=ballot, at=at, reminder=ballot.reminders)
    letters.remind_all(ballot)
    return ballot


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
