"""Taking somebody off a roll (twice on it, or has died) while nobody has voted. Nobody can be added.

Whether anybody has voted is a secret of the hour: a lead asks, and it is tried when the turnout is next looked at. Each
reason for refusing has the same answer.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from .. import letters, queries
from ..models import Ballot, Correction, CorrectionAsked, RollEntry, State


@transaction.atomic
def ask_correction(*, entry, reason, by, at):
    """Ask that somebody be taken off; what is refused here is known to whoever asks."""
    ballot = Ballot.objects.select_for_update().get(pk=entry.ballot_id)
    if ballot.state != State.OPEN or ballot.turnout_shown:
        raise Conflict(
            _(
                "Voting has begun, so nobody can be taken off the list any more. If somebody is on it twice, "
                "ask them to vote only once."
            )
        )
    if ballot.roll_size <= ballot.fewest_votes:
        raise Conflict(_would_be_too_few(ballot))
    asked, is_new = CorrectionAsked.objects.get_or_create(
        entry=entry, defaults={"reason": reason, "by": by, "at": at}
    )
    if not is_new:
        raise Conflict(_("It has been asked for already that this person be taken off the list."))
    return asked


def settle_corrections(*, ballot, at):
    """At the hourly look: take off whom somebody asked to be taken off, if nobody has voted."""
    waiting = CorrectionAsked.objects.filter(entry__ballot=ballot, refused_at=None)
    for asked in waiting.select_related("entry", "by").order_by("pk"):
        try:
            correct_roll(entry=asked.entry, reason=asked.reason, by=asked.by, at=at)
        except Conflict:
            CorrectionAsked.objects.filter(pk=asked.pk).update(refused_at=at)


@transaction.atomic
def correct_roll(*, entry, reason, by, at):
    """Take somebody off the roll. Raises Conflict where somebody has voted, or the roll is at its smallest."""
    ballot = Ballot.objects.select_for_update().get(pk=entry.ballot_id)
    if ballot.state != State.OPEN or queries.keys_signed(ballot):
        raise Conflict(
            _(
                "Voting has begun, so nobody can be taken off the list any more. If somebody is on it twice, "
                "ask them to vote only once."
            )
        )
    if ballot.roll_size <= ballot.fewest_votes:
        raise Conflict(_would_be_too_few(ballot))
    off = {"person_id": entry.person_id, "voter_id": entry.voter_id}
    correction = Correction.objects.create(ballot=ballot, reason=reason, by=by, at=at, **off)
    RollEntry.objects.filter(pk=entry.pk).delete()
    ballot.roll_size -= 1
    ballot.roll_sha256 = queries.roll_sha256(ballot.pk)
    ballot.save(update_fields=["roll_size", "roll_sha256"])
    facts = {
        "roll": ballot.roll_size,
        "corrections": ballot.corrections.count(),
        **queries.fixed_facts(ballot),
    }
    events.record(ballot.lab, by=by, what="ballots.roll_corrected", on=ballot, at=at, **facts)
    letters.tell_taken_off(correction)
    return ballot


def _would_be_too_few(ballot):
    words = _(
        "A result needs at least %(fewest)s votes, and %(people)s people are on the list of voters. "
        "So nobody can be taken off it."
    )
    return words % {"fewest": ballot.fewest_votes, "people": ballot.roll_size}
