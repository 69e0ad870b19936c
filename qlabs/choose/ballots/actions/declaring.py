"""Declaring a result: one count that anyone can repeat, kept with the very bytes that are published."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from labengines import voting
from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.lab.actions import set_theme

from .. import keys, letters, publication, queries
from ..errors import UNMATCHED, Impossible
from ..models import Ballot, BallotFile, State, TieRule
from . import voiding
from .scrubbing import scrub


def declare(*, ballot, by, at):
    """Count a closed ballot, publish its file, and let the winning theme become the lab's theme."""
    if ballot.state == State.CLOSED:
        scrub(ballot=ballot, at=at)
    with transaction.atomic():
        ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
        _refuse_unready(ballot)
        _check_frozen(ballot)
        votes = queries.counted(ballot)
        result = _count(ballot, votes)
        _publish(ballot, result, votes, at)
        winner = _winner(ballot)
        events.record(ballot.lab, by=by, what="ballots.declared", on=ballot, at=at, **_facts(ballot, winner))
        if winner is not None:
            set_theme(lab=ballot.lab, title=winner.title, by=by, at=at)
        letters.inform_all(ballot)
    return ballot


def declare_or_stop(*, ballot, by, at):
    """The same for whoever must not be left with an error; a vote that cannot be right is stopped."""
    return voiding.or_stop(declare, ballot=ballot, at=at, by=by)


def _refuse_unready(ballot):
    if ballot.state == State.DECLARED:
        raise Conflict(_("The result of this vote is declared already."))
    if ballot.state in (State.STOPPED, State.VOID):
        raise Conflict(_("This vote has no result, and none can be declared."))
    if ballot.state != State.CLOSED:
        raise Conflict(_("This vote has not closed yet."))
    if ballot.scrubbed_at is None:
        raise Conflict(_("The ballot box is still being sealed. Try again in a minute."))


def _check_frozen(ballot):
    """What people voted on, and who could vote, is what was frozen at the opening."""
    changed = _("What was fixed when the vote opened was changed on the server.")
    if queries.frozen_sha256(ballot) != ballot.frozen_sha256:
        raise Impossible(f"ballot {ballot.pk}: its options or rules were changed", because=changed)
    if queries.roll_sha256(ballot.pk) != ballot.roll_sha256:
        raise Impossible(f"ballot {ballot.pk}: its roll was changed", because=changed)
    if ballot.keys_sha256 and queries.keys_sha256(ballot) != ballot.keys_sha256:
        raise Impossible(f"ballot {ballot.pk}: its keys were changed", because=changed)


def _count(ballot, votes):
    if not len(votes) <= ballot.keys_signed <= ballot.roll_size:
        facts = f"ballot {ballot.pk}: more votes than keys, or more keys than voters"
        raise Impossible(facts, because=UNMATCHED)
    tie_break = voting.lot(lot_seed(ballot)) if ballot.tie_rule == TieRule.LOT else None
    return voting.count(
        [vote.choice for vote in votes],
        options=[option.public_id for option in queries.options(ballot)],
        rule=ballot.method,
        roll=ballot.roll_size,
        tie_break=tie_break,
    )


def lot_seed(ballot):
    return bytes.fromhex(keys.unseal(ballot.lot_sealed))


def _publish(ballot, result, votes, at):
    ballot.result = {
        "tallies": dict(result.tallies),
        "blanks": result.blanks,
        "cast": result.cast,
        "winners": list(result.winners),
        "tied": list(result.ties),
        "joint_first": list(result.joint_first),
        "decided_by": result.decided_by,
        "quorum_met": ballot.quorum is None or result.cast >= ballot.quorum,
        "lot_seed": lot_seed(ballot).hex() if ballot.tie_rule == TieRule.LOT else "",
    }
    content, ballot.result["merkle_root"] = publication.ballot_file(
        ballot,
        options=queries.options(ballot),
        key=ballot.keys.get(scope=queries.CHOICE),
        votes=votes,
        fixed=queries.fixed_for_file(ballot),
    )
    BallotFile.objects.create(ballot=ballot, content=content)
    ballot.file_sha256 = hashlib.sha256(content).hexdigest()
    ballot.state, ballot.declared_at = State.DECLARED, at
    ballot.save()


def _winner(ballot):
    """The one option that won, if any did and enough people voted."""
    winners = ballot.result["winners"] if ballot.result["quorum_met"] else []
    return ballot.options.get(public_id=winners[0]) if len(winners) == 1 else None


def _facts(ballot, winner):
    votes = ballot.result["tallies"][winner.public_id] if winner else 0
    title = winner.title if winner else ""
    tied = [
        option.title for option in queries.options(ballot) if option.public_id in ballot.result["joint_first"]
    ]
    return {
        "winner": title, "votes": votes, "voted": ballot.result["cast"], "roll": ballot.roll_size,
        "tied": tied if len(tied) > 1 else [], "by_lot": ballot.result["decided_by"] == "lot",
    }  # fmt: skip
