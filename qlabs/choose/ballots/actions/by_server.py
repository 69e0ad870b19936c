"""The voter's part done by the server, in memory, for a browser without scripts. The page says that she trusts us."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import credentials, voter

from .. import queries
from .casting import SignedLine, Vote, cast
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
    scopes = queries.scopes_of(ballot, entry)
    parts = {scope: _part(seed, ballot.code, scope, box.keys[scope]) for scope in scopes}
    signed = sign(entry=entry, blinded={scope: part.blinded for scope, part in parts.items()}, at=at)
    text = reason if queries.REASON in parts else None
    counter = _counter(box, parts, choice, text)
    lines = tuple(
        _line(box, scope, part, signed[scope], counter=counter, choice=choice, text=text)
        for scope, part in parts.items()
    )
    cast(ballot_pk=box.pk, vote=Vote(counter, choice, text, lines), at=at)
    return Kept(voter.receipt(parts[queries.CHOICE].key), voter.change_code(seed))


def _part(seed, code, scope, public):
    secret = Ed25519PrivateKey.from_private_bytes(voter.voting_seed(seed, ballot=code, scope=scope))
    key = secret.public_key().public_bytes_raw()
    return _Part(secret, key, *voter.blind(seed, ballot=code, scope=scope, public=public, key=key))


def _counter(box, parts, choice, text):
    """That of her last vote if it said the same, else the next."""
    key = parts[queries.CHOICE].key.hex()
    votes = queries.votes_cast(box, scope=queries.CHOICE, public_key=key)
    said = queries.stored_lines(
        box, [_digest(box, scope, part, votes) for scope, part in parts.items()]
    ).values()
    is_same = {line.choice for line in said} == {choice} and {line.text for line in said} == {"", text or ""}
    return votes if is_same else votes + 1


def _digest(box, scope, part, counter):
    return queries.digest(box, scope, part.key.hex(), counter)


def _line(box, scope, part, signed, *, counter, choice, text):
    credential = credentials.finalize(box.keys[scope], part.key, signed, part.inverse)
    where = {"ballot": box.code, "scope": scope}
    text = text if scope == queries.REASON else None
    signature = part.secret.sign(voter.ballot_message(**where, choice=choice, text=text))
    counted = part.secret.sign(voter.counter_message(**where, counter=counter, signature=signature))
    return SignedLine(scope, part.key, credential, signature, counted)
