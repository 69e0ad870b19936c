"""Putting a vote into the box: nobody is named, no time is kept, no event is recorded. See docs/adr."""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction

from labengines.voting import credentials, voter

from .. import queries
from ..errors import Closed, Malformed, NotGenuine, Stale
from ..models import SealedVote

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Vote:
    """One line for the box, as the voter's key signed it; `text` is None except in the scope "reason"."""

    scope: str
    key: bytes
    counter: int
    choice: str
    credential: bytes
    signature: bytes
    text: str | None = None


def cast(*, ballot_pk, vote, at):
    """Store a vote whose credential and signature verify; the same vote again changes nothing.

    Returns its counter. Raises Closed, Malformed, NotGenuine, Stale.
    """
    moment = queries.moment(ballot_pk)
    if moment is None or not moment.is_open(at):
        raise Closed
    _verify(vote, queries.box(ballot_pk, moment.code))
    try:
        return _store(ballot_pk, vote, at)
    except IntegrityError:  # the same key cast at the same instant: now its vote can be seen
        return _store(ballot_pk, vote, at)


@transaction.atomic
def _store(ballot_pk, vote, at):
    if not queries.moment_held(ballot_pk).is_open(at):
        raise Closed
    row = _row(ballot_pk, vote)
    last = queries.last_vote(ballot_pk, scope=vote.scope, public_key=row.public_key)
    if last is None or vote.counter > last.counter:
        row.save(force_insert=True)
    elif (last.digest, last.signature, last.credential) != (row.digest, row.signature, row.credential):
        raise Stale(counter=last.counter)
    return vote.counter


def _verify(vote, box):
    if vote.scope not in box.keys or (vote.choice and vote.choice not in box.options):
        raise Malformed
    if not credentials.verify(box.keys[vote.scope], vote.key, vote.credential):
        raise NotGenuine
    message = voter.ballot_message(
        ballot=box.code, scope=vote.scope, counter=vote.counter, choice=vote.choice, text=vote.text
    )
    try:
        Ed25519PublicKey.from_public_bytes(vote.key).verify(vote.signature, message)
    except (InvalidSignature, ValueError) as error:
        raise NotGenuine from error


def _row(ballot_pk, vote):
    key = vote.key.hex()
    name = f"{ballot_pk}|{vote.scope}|{key}|{vote.counter}"
    return SealedVote(
        digest=hashlib.sha256(name.encode()).hexdigest(),
        ballot_id=ballot_pk,
        scope=vote.scope,
        public_key=key,
        counter=vote.counter,
        choice=vote.choice,
        text=vote.text or "",
        credential=vote.credential.hex(),
        signature=vote.signature.hex(),
    )
