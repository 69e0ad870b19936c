"""Ending a vote later than announced: said before its time is reached, with a reason, to everybody on the roll."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import when

from .. import letters, queries
from ..models import Extension
from .early import NOTICE, locked_open


@transaction.atomic
def extend(*, ballot, ends_at, reason, by, at):
    """Let an open vote end later. It cannot be taken back: to end it sooner, it is closed early."""
    ballot = locked_open(ballot, at)
    if queries.early_closing_of(ballot):
        raise Conflict(_("Somebody has asked to close this vote early. Withdraw that first."))
    if ends_at <= ballot.ends_at:
        raise Conflict(_("Choose a later time: it closes on %(when)s now.") % {"when": when(ballot.ends_at)})
    last = queries.extension_of(ballot)
    if last and at < last.at + NOTICE:
        sentence = _("Voters have just been told a new closing time. You can choose another from %(when)s.")
        raise Conflict(sentence % {"when": when(last.at + NOTICE)})
    extension = Extension.objects.create(
        ballot=ballot, reason=reason.strip(), ended_before=ballot.ends_at, ends_at=ends_at, by=by, at=at
    )
    ballot.extended_to = ballot.ends_at = ends_at
    ballot.reminders += 1
    ballot.save(update_fields=["extended_to", "ends_at", "reminders"])
    facts = {"reason": extension.reason, "ends_at": ends_at.isoformat()}
    events.record(ballot.lab, by=by, what="ballots.extended", on=ballot, at=at, **facts)
    letters.notify(ballot, "extended")
    return extension
