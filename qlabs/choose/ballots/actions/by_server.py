"""The voter's part done by the server, in memory, for a browser without scripts. The page says that she trusts us."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import credentials, voter

from .. import queries
from .casting import Vote, cast
from .signing import sign


@dataclass(frozen=True)
class Kept:
    """What the voter takes home."""

    receipt: str
    change_code: str


@dataclass(frozen=True)
class _Part:
    """One voting key of hers, and what hides it from the signer."""

    secret: Ed25519PrivateKey
    key: bytes
    blinded: bytes
    inverse: int


def vote_for(*, entry, seed, choice, reason, at):
    """Sign and cast one vote for a voter who sent her seed; the same again changes nothing.

    Signing and casting are separate transactions, as if her own browser had asked for them.
    Raises VoteRefused.
    """
    ballot = entry.ballot
    box = queries.box(ballot.pk, ballot.code)
    public = box.keys
    parts = {
        scope: _part(seed, ballot.code, scope, public[scope]) for scope in queries.scopes_of(ballot, entry)
    }
    signed = sign(entry=entry, blinded={scope: part.blinded for scope, part in parts.items()}, at=at)
    counter = _next_counter(box, parts)
    for scope, part in parts.items():
        credential = credentials.finalize(public[scope], part.key, signed[scope], part.inverse)
        _cast_one(box, scope, part, credential, counter=counter, choice=choice, reason=reason, at=at)
    return Kept(voter.receipt(parts[queries.CHOICE].key), voter.change_code(seed))


def _part(seed, code, scope, public):
    secret = Ed25519PrivateKey.from_private_bytes(voter.voting_seed(seed, ballot=code, scope=scope))
    key = secret.public_key().public_bytes_raw()
    return _Part(secret, key, *voter.blind(seed, ballot=code, scope=scope, public=public, key=key))


def _last(box, scope, part):
    return queries.last_line(box, scope=scope, public_key=part.key.hex())


def _next_counter(box, parts):
    stored = [_last(box, scope, part) for scope, part in parts.items()]
    return max((vote.counter for vote in stored if vote), default=0) + 1


def _cast_one(box, scope, part, credential, *, counter, choice, reason, at):
    """Nothing is sent for a reason that was never given; an earlier one is replaced or taken back."""
    last = _last(box, scope, part)
    text = reason if scope == queries.REASON else None
    if last is None and text == "":
        return
    if last is not None and (last.choice, last.text) == (choice, text or ""):
        return
    message = voter.ballot_message(ballot=box.code, scope=scope, counter=counter, choice=choice, text=text)
    signature = part.secret.sign(message)
    cast(ballot_pk=box.pk, vote=Vote(scope, part.key, counter, choice, credential, signature, text), at=at)
