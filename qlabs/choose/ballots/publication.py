"""The published ballot file: exactly what a stranger needs to count again."""

import json
from datetime import UTC

from labengines.voting import ballot_file as engine
from qlabs.base.core import events

from . import queries
from .models import TieRule


def ballot_file(ballot, *, options, key, votes, fixed):
    """The file as bytes, and the Merkle root of its votes. It is written once, at the declaration, and never again.

    fixed: {"keys", "roll"}, what was promised at the opening.
    """
    published = engine.in_order([_vote(vote) for vote in votes])
    result = ballot.result
    facts = {
        "format": engine.FORMAT,
        "ballot": {
            "id": ballot.code,
            "question": ballot.question,
            "method": ballot.method,
            "opened": _iso(ballot.opened_at),
            "closed": _iso(ballot.closed_at),
            "to_close": {
                "announced": _iso(ballot.closes_at),
                "extended": [_extension(one) for one in queries.extensions_of(ballot)],
            },
            "tie_rule": ballot.tie_rule,
            "lot": _lot(ballot),
            "threshold": ballot.threshold,
            "fewest_votes": ballot.fewest_votes,
        },
        "options": [{"id": option.public_id, "title": option.title} for option in options],
        "key": {"n": key.n, "e": f"{key.e:06x}"},
        "keys": fixed["keys"],
        "roll": {"size": ballot.roll_size, "sha256": ballot.roll_sha256, **fixed["roll"]},
        "keys_signed": ballot.keys_signed,
        "votes": published,
        "merkle_root": engine.votes_root(published),
        "result": {name: result[name] for name in ("tallies", "blanks", "winners", "tied")},
        "breakdowns": ballot.marginals,
        "log_head": _log_head(ballot.lab),
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n", facts["merkle_root"]


def _vote(vote):
    return {
        "key": vote.public_key,
        "choice": vote.choice,
        "credential": vote.credential,
        "signature": vote.signature,
    }


def _extension(extension):
    return {"said": _iso(extension.at), "to": _iso(extension.ends_at), "reason": extension.reason}


def _lot(ballot):
    if ballot.tie_rule != TieRule.LOT:
        return None
    return {"commitment": ballot.lot_commitment, "seed": ballot.result["lot_seed"]}


def _log_head(lab):
    """Where the lab's log stood: whoever keeps the file can find a log that was rewritten later."""
    head = events.head(lab)
    return {"number": head.number, "sha256": head.hash}


def _iso(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")
