"""Putting a vote into the box: nobody is named, no time is kept, no event is recorded. See docs/adr."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction

from labengines.voting import credentials, voter

from .. import queries, statements
from ..errors import Closed, Malformed, NotGenuine, Stale


@dataclass(frozen=True)
class SignedLine:
    """A vote in one scope, as the voter's key of that scope signed it: for everybody, and its counter for the box."""

    scope: str
    key: bytes
    credential: bytes
    signature: bytes
    counter_signature: bytes


@dataclass(frozen=True)
class Vote:
    """All that a voter says at once. `text` is her reason, "" if she gives none, None where no reason is asked for."""

    counter: int
    choice: str
    text: str | None
    lines: tuple[SignedLine, ...]


def cast(*, ballot_pk, vote, at):
    """Store a vote, all its lines or none, if every credential and signature verifies; again, it changes nothing.

    Returns its counter. Raises Closed, Malformed, NotGenuine, Stale.
    """
    moment = queries.moment(ballot_pk)
    if moment is None or not moment.is_open(at):
        raise Closed
    box = queries.box(ballot_pk, moment.code)
    _check_whole(vote, box)
    for line in vote.lines:
        _verify(line, vote, box)
    together = credentials.keys_together(line.key for line in vote.lines)
    lines = [_line(line, vote, together) for line in vote.lines]
    try:
        return _store(box, lines, vote.counter, at)
    except IntegrityError:  # the same keys cast at the same instant: now their vote can be seen
        return _store(box, lines, vote.counter, at)


@transaction.atomic
def _store(box, lines, counter, at):
    if not queries.moment_held(box.pk).is_open(at):
        raise Closed
    names = {step: [_digest(box, line, counter + step) for line in lines] for step in (-1, 0, 1)}
    found = queries.stored_lines(box, [name for step in names.values() for name in step])
    last = [found.get(name) for name in names[0]]
    before = [found.get(name) for name in names[-1]]
    if any(
        earlier and earlier.together != line.together for earlier, line in zip(before, lines, strict=True)
    ):
        raise NotGenuine  # keys that have voted together go on together: no vote is made of two voters' lines
    is_next = not any(last) and (counter == 1 or all(before))
    if is_next:
        _add(box, lines, names[0])
    elif last != lines or any(name in found for name in names[1]):
        raise Stale(counter=_next_counter(box, lines))
    return counter


def _add(box, lines, names):
    """In the order of their names, which is random to everybody else and the same whoever stores them at once."""
    sealed = zip(names, (box.key.seal(line.packed()) for line in lines), strict=True)
    statements.add(statements.ADD_LINES, [(name, box.pk, line) for name, line in sorted(sealed)])


def _digest(box, line, counter):
    return queries.digest(box, line.scope, line.public_key, counter)


def _next_counter(box, lines):
    return 1 + max(queries.votes_cast(box, scope=line.scope, public_key=line.public_key) for line in lines)


def _check_whole(vote, box):
    """Exactly one line of each kind that this ballot has, so that nobody's vote has more or fewer."""
    kinds = sorted(line.scope.partition(":")[0] for line in vote.lines)
    is_whole = kinds == sorted({scope.partition(":")[0] for scope in box.keys})
    is_known = all(line.scope in box.keys for line in vote.lines) and vote.choice in {"", *box.options}
    if not is_whole or not is_known or (vote.text is None) == (queries.REASON in kinds):
        raise Malformed


def _verify(line, vote, box):
    if not credentials.verify(box.keys[line.scope], line.key, line.credential):
        raise NotGenuine
    where = {"ballot": box.code, "scope": line.scope}
    signed = voter.ballot_message(**where, choice=vote.choice, text=_text(line, vote))
    counted = voter.counter_message(**where, counter=vote.counter, signature=line.signature)
    try:
        key = Ed25519PublicKey.from_public_bytes(line.key)
        key.verify(line.signature, signed)
        key.verify(line.counter_signature, counted)
    except (InvalidSignature, ValueError) as error:
        raise NotGenuine from error


def _text(line, vote):
    return vote.text if line.scope == queries.REASON else None


def _line(line, vote, together):
    return queries.Line(
        scope=line.scope,
        public_key=line.key.hex(),
        counter=vote.counter,
        choice=vote.choice,
        text=_text(line, vote) or "",
        credential=line.credential.hex(),
        signature=line.signature.hex(),
        together=together,
    )
