"""Ending a vote without a result: what could tell one is destroyed, and not even the number of votes is kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from .. import letters
from ..errors import Impossible
from ..models import Ballot, CountedVote, Reason, RollEntry, SealedVote, SignedKey, SigningKey, State
from . import scrubbing

FEW, STOPPED = "few", "stopped"
AT_ONCE = 200


@transaction.atomic
def stop_ballot(*, ballot, because, at, by=None):
    """Something is wrong with a vote: it takes no more votes and gets no result. It can only be voided."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state not in (State.OPEN, State.CLOSED):
        raise Conflict(_("Only a vote that is open, or closed without a result, can be stopped."))
    ballot.state, ballot.stopped_because = State.STOPPED, because
    ballot.closed_at, ballot.reminders = ballot.closed_at or at, ballot.reminders + 1
    ballot.save(update_fields=["state", "stopped_because", "closed_at", "reminders"])
    events.record(ballot.lab, by=by, what="ballots.stopped", on=ballot, at=at, reason=because)
    letters.notify(ballot, "stopped")
    return ballot


@transaction.atomic
def void_ballot(*, ballot, by, at):
    """Destroy what a stopped vote holds, so that it can be asked again."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.STOPPED:
        raise Conflict(_("Only a vote that was stopped can be declared void."))
    return void(ballot, because=STOPPED, by=by, at=at)


def or_stop(ending, *, ballot, at, by):
    """What `ending` makes of a ballot; one that cannot be right is stopped, for trying again would not mend it."""
    try:
        return ending(ballot=ballot, at=at, by=by)
    except Impossible as problem:
        return stop_ballot(ballot=ballot, because=problem.because, at=at)


def void(ballot, *, because, by, at):
    """End a locked ballot without a result, inside the caller's transaction. because: FEW or STOPPED."""
    for model in (SignedKey, SealedVote, CountedVote, Reason):
        model.objects.filter(ballot=ballot).delete()
    SigningKey.objects.filter(ballot=ballot).update(private="")
    ballot.box_sealed, ballot.marginals, ballot.keys_signed = "", {}, 0
    ballot.turnout_shown = ballot.turnout_shown_at = ballot.scrubbed_at = None
    ballot.state, ballot.closed_at = State.VOID, ballot.closed_at or at
    ballot.save()
    rewrite_roll(ballot, flags=False)
    facts = {"because": because, "fewest": ballot.fewest_votes, "roll": ballot.roll_size}
    events.record(ballot.lab, by=by, what="ballots.voided", on=ballot, at=at, **facts)
    scrubbing.scrub_later(ballot)
    letters.inform_all(ballot)
    letters.tell_leads_of(ballot, "void")
    return ballot


def rewrite_roll(ballot, *, flags=True):
    """Each row is written again, in member order, with neither what was signed nor when; flags: keep who voted."""
    entries = list(RollEntry.objects.filter(ballot=ballot).order_by("pk"))
    for entry in entries:
        entry.has_key, entry.told = entry.has_key and flags, entry.told and flags
        entry.request_hash, entry.reminders = "", ballot.reminders
    RollEntry.objects.filter(ballot=ballot).delete()
    RollEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
