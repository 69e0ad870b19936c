"""Ending a vote before its time: told to everybody on the roll a day before, or at once if nobody is left to wait for.

Each of these moves `ends_at`; the vote then closes as any vote does, by the clock or by whoever asks for it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import when

from .. import letters, queries
from ..models import Ballot, EarlyClosing, State

NOTICE = timedelta(hours=24)


@transaction.atomic
def ask_early_closing(*, ballot, reason, by, at):
    """A lead asks, and everybody on the roll is told the same; it takes effect a day later."""
    ballot = locked_open(ballot, at)
    if queries.early_closing_of(ballot):
        raise Conflict(_("Somebody has asked for this already. The vote’s page shows when it closes."))
    if again := queries.next_early_closing(ballot, NOTICE, at):
        sentence = _("Voters have just been told that the vote stays open. You can ask again from %(when)s.")
        raise Conflict(sentence % {"when": when(again)})
    everybody = queries.everybody_voted(ballot)
    ends = at if everybody else min(at + NOTICE, ballot.announced_end)
    asked = EarlyClosing.objects.create(
        ballot=ballot, reason=reason.strip(), asked_by=by, asked_at=at, takes_effect_at=ends
    )
    _end_at(ballot, ends)
    facts = {"reason": asked.reason, "ends_at": ends.isoformat()}
    events.record(ballot.lab, by=by, what="ballots.early_closing_asked", on=ballot, at=at, **facts)
    letters.notify(ballot, "ends_early")
    return asked


@transaction.atomic
def agree_early_closing(*, asked, by, at):
    """A second member of the team agrees, so the vote ends now."""
    ballot, asked = _locked_wish(asked, at)
    if by == asked.asked_by:
        raise Conflict(_("You asked for this yourself, so somebody else on the team has to agree."))
    asked.agreed_by, asked.agreed_at = by, at
    _end_now(ballot, asked, at)
    events.record(
        ballot.lab, by=by, what="ballots.early_closing_agreed", on=ballot, at=at, reason=asked.reason
    )
    return ballot


@transaction.atomic
def end_when_all_voted(*, asked, at):
    """Nobody is left to wait for, so the vote ends now."""
    ballot, asked = _locked_wish(asked, at)
    if not queries.everybody_voted(ballot):
        raise Conflict(_("Some people have not voted yet."))
    _end_now(ballot, asked, at)
    events.record(
        ballot.lab, by=None, what="ballots.everybody_voted", on=ballot, at=at, roll=ballot.roll_size
    )
    return ballot


@transaction.atomic
def withdraw_early_closing(*, asked, by, at):
    """The vote stays open until its time after all, and everybody is told."""
    ballot, asked = _locked_wish(asked, at)
    asked.withdrawn_at = at
    asked.save(update_fields=["withdrawn_at"])
    _end_at(ballot, ballot.announced_end)
    facts = {"ends_at": ballot.announced_end.isoformat(), "extended": ballot.extended_to is not None}
    events.record(ballot.lab, by=by, what="ballots.early_closing_withdrawn", on=ballot, at=at, **facts)
    letters.notify(ballot, "ends_as_announced")
    return ballot


def locked_open(ballot, at):
    ballot = Ballot.objects.select_for_update().select_related("lab").get(pk=ballot.pk)
    if ballot.state != State.OPEN or at >= ballot.ends_at:
        raise Conflict(_("This vote is not open any more."))
    return ballot


def _locked_wish(asked, at):
    ballot = locked_open(asked.ballot, at)
    asked = EarlyClosing.objects.select_for_update().get(pk=asked.pk)
    if asked.withdrawn_at:
        raise Conflict(_("This has been withdrawn. The vote stays open."))
    return ballot, asked


def _end_now(ballot, asked, at):
    asked.takes_effect_at = at
    asked.save()
    _end_at(ballot, at)


def _end_at(ballot, moment):
    """Numbered like a reminder, so that the news of it reaches everybody once."""
    ballot.ends_at, ballot.reminders = moment, ballot.reminders + 1
    ballot.save(update_fields=["ends_at", "reminders"])
