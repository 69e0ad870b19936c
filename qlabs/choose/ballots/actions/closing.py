"""Closing a ballot: what could tie a vote to a voter is rewritten in one transaction, then scrubbed from the files."""

import secrets

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils.translation import gettext as _

from labengines import voting
from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.ui.words import when

from .. import queries
from ..errors import UNMATCHED, Impossible
from ..models import Ballot, CountedVote, Reason, RollEntry, SealedVote, SignedKey, SigningKey, State
from . import scrubbing, voiding

AT_ONCE = 200


@transaction.atomic
def close_ballot(*, ballot, at, by=None):
    """Close the box for good, once its time has come; too few votes leave no result. A closed ballot stays as it is."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.OPEN:
        return ballot
    if at < ballot.ends_at:
        raise Conflict(_("This vote is open until %(when)s.") % {"when": when(ballot.ends_at)})
    lines = _lines(queries.box(ballot.pk, ballot.code))
    votes = lines.get(queries.CHOICE, [])
    signed = _checked_keys(ballot, votes)
    _check_together(ballot, lines)
    if len(votes) < ballot.fewest_votes:
        return voiding.void(ballot, because=voiding.FEW, by=by, at=at)
    ballot.marginals, ballot.keys_signed = _marginals(ballot, lines), signed
    _detach_reasons(ballot, lines.get(queries.REASON, []))
    _empty_box(ballot, keep=votes)
    ballot.close_reason = queries.reason_of_early_end(ballot)
    _mark_closed(ballot, voted=len(votes), by=by, at=at)
    return ballot


def close_or_stop(*, ballot, at, by=None):
    """The same for whoever must not be left with an error; a vote that cannot be right is stopped."""
    return voiding.or_stop(close_ballot, ballot=ballot, at=at, by=by)


def close_if_ended(*, ballot, at, by=None):
    """The ballot as it stands, closed now if its end has come."""
    ballot = Ballot.objects.select_related("lab").get(pk=ballot.pk)
    return close_or_stop(ballot=ballot, at=at, by=by) if at >= ballot.ends_at else ballot


def _mark_closed(ballot, *, voted, by, at):
    ballot.box_sealed = ""
    ballot.state, ballot.closed_at = State.CLOSED, at
    ballot.save()
    voiding.rewrite_roll(ballot)
    SigningKey.objects.filter(ballot=ballot).update(private="")
    facts = {
        "voted": voted, "roll": ballot.roll_size, "early": ballot.ends_at < ballot.announced_end,
        "reason": ballot.close_reason,
    }  # fmt: skip
    events.record(ballot.lab, by=by, what="ballots.closed", on=ballot, at=at, **facts)
    scrubbing.scrub_later(ballot)


def _lines(box):
    """{scope: last lines}. A box of another secret key can be mended and raises before this; a spoilt line cannot."""
    try:
        return queries.last_lines(box)
    except (InvalidTag, ValueError) as problem:
        because = _("A vote in the ballot box is damaged and cannot be opened.")
        raise Impossible(f"ballot {box.pk}: {type(problem).__name__}", because=because) from problem


def _checked_keys(ballot, votes):
    """The number of keys signed, once it is sure that there are no more votes than keys nor keys than voters."""
    signed, cast = queries.keys_signed(ballot), len(votes)
    if not cast <= signed <= ballot.roll_size:
        facts = f"ballot {ballot.pk}: {cast} votes, {signed} keys, {ballot.roll_size} on the roll"
        raise Impossible(facts, because=UNMATCHED)
    return signed


def _check_together(ballot, lines):
    """Every vote is there whole: in each breakdown as many lines for each option as there are votes for it."""
    said = _tally(ballot, lines.get(queries.CHOICE, []))
    for attribute in ballot.breakdowns:
        scopes = [scope for scope in lines if scope.partition(":")[0] == attribute]
        if _tally(ballot, [line for scope in scopes for line in lines[scope]]) != said:
            raise Impossible(f"ballot {ballot.pk}: {attribute} contradicts the votes", because=UNMATCHED)


def _marginals(ballot, lines):
    """{attribute: [group as it may be shown]}: groups too small to be shown leave no number behind."""
    found = voting.disclose_together(
        {attribute: _groups(ballot, attribute, lines) for attribute in ballot.breakdowns},
        totals=_tally(ballot, lines.get(queries.CHOICE, [])),
        people=queries.voters_by_group(ballot),
        threshold=ballot.threshold,
    )
    return {attribute: [_plain(row) for row in shown.rows] for attribute, shown in found.items()}


def _groups(ballot, attribute, lines):
    on_roll = set(RollEntry.objects.filter(ballot=ballot).values_list(attribute, flat=True))
    return {
        value: _tally(ballot, lines.get(queries.scope(attribute, value), []))
        for value, _words in queries.groups_of(attribute)
        if value and value in on_roll
    }


def _tally(ballot, votes):
    tally = {option.public_id: 0 for option in queries.options(ballot)} | {"": 0}
    for vote in votes:
        tally[vote.choice] += 1
    return tally


def _plain(row):
    if not row.shown:
        return {"group": row.group, "shown": False}
    return {
        "group": row.group, "shown": True, "voters": row.voters, "tallies": dict(row.tallies), "blanks": row.blanks,
    }  # fmt: skip


def _empty_box(ballot, *, keep):
    """Only the last vote of each key stays, opened and in random order; the sealed box is gone."""
    secrets.SystemRandom().shuffle(keep)
    SignedKey.objects.filter(ballot=ballot).delete()
    SealedVote.objects.filter(ballot=ballot).delete()
    CountedVote.objects.bulk_create([_counted(ballot, line) for line in keep], batch_size=AT_ONCE)


def _counted(ballot, line):
    return CountedVote(
        ballot=ballot,
        public_key=line.public_key,
        choice=line.choice,
        credential=line.credential,
        signature=line.signature,
    )


def _detach_reasons(ballot, votes):
    said = [Reason(ballot=ballot, choice=vote.choice, text=vote.text) for vote in votes if vote.text.strip()]
    said.sort(key=lambda reason: reason.key)
    Reason.objects.bulk_create(said, batch_size=AT_ONCE)
