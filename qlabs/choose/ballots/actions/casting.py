"""Putting a vote into the box: nobody is named, no time is kept, no event is recorded. See docs/adr."""

from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction

from labengines.voting import credentials, voter

from .. import queries, statements
from ..errors import Closed, Malformed, NotGenuine, Stale

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
    box = queries.box(ballot_pk, moment.code)
    _verify(vote, box)
    try:
        return _store(box, vote, at)
    except IntegrityError:  # the same key cast at the same instant: now its vote can be seen
        return _store(box, vote, at)


@transaction.atomic
def _store(box, vote, at):
    if not queries.moment_held(box.pk).is_open(at):
        raise Closed
    line = _line(vote)
    last = queries.last_line(box, scope=line.scope, public_key=line.public_key)
    if last is None or line.counter > last.counter:
        statements.change(statements.ADD_LINE, *_sealed(box, line))
    elif last != line:
        raise Stale(counter=last.counter)
    return line.counter


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


def _line(vote):
    return queries.Line(
        scope=vote.scope,
        public_key=vote.key.hex(),
        counter=vote.counter,
        choice=vote.choice,
        text=vote.text or "",
        credential=vote.credential.hex(),
        signature=vote.signature.hex(),
    )


def _sealed(box, line):
    """The columns of a SealedVote."""
    digest = box.key.mark(line.scope, line.public_key, line.counter)
    mark = box.key.mark(line.scope, line.public_key)
    return digest, box.pk, mark, line.counter, box.key.seal(asdict(line))
