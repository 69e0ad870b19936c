"""What casting needs to know of a ballot: whether it is open, its keys and its options."""

from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from django.db import connection

from labengines.voting.credentials import PublicKey

from .. import statements
from ..keys import BoxKey, box_key, public
from ..models import REASON_LENGTH, Ballot, Option, SealedVote, SigningKey, State

CHOICE, REASON = "choice", "reason"
KEPT = 64
HIGHEST_PK = 2**63 - 1
HEAD = 32 + 64 + 16 + 2  # voting key, signature, mark of the vote, length of the credential
LINE = 656  # bytes of a line before it is encrypted: the longest names fit
REASON_LINE = LINE + 4 * REASON_LENGTH  # a character has up to four


@dataclass(frozen=True)
class Box:
    """The part of a ballot that never changes once it is open."""

    pk: int
    code: str
    keys: dict[str, PublicKey]
    options: frozenset
    key: BoxKey | None


@dataclass(frozen=True)
class Line:
    """One line of the box, opened; bytes are hexadecimal, `text` is "" except in the scope "reason".

    `together` is the same in all lines of one vote and in no other voter's: the mark of the keys that vote together.
    """

    scope: str
    public_key: str
    counter: int
    choice: str
    text: str
    credential: str
    signature: str
    together: str

    def packed(self):
        """The line as bytes, of one length whatever was chosen or written."""
        credential = bytes.fromhex(self.credential)
        start = bytes.fromhex(self.public_key + self.signature + self.together)
        start += len(credential).to_bytes(2) + credential
        plain = start + "\n".join((self.scope, str(self.counter), self.choice, self.text)).encode()
        length = REASON_LINE if self.scope == REASON else LINE
        if len(plain) > length:
            raise ValueError(f"a line of {len(plain)} bytes")
        return plain.ljust(length, b"\0")

    @classmethod
    def unpacked(cls, plain):
        end = HEAD + int.from_bytes(plain[HEAD - 2 : HEAD])
        scope, counter, choice, text = plain[end:].rstrip(b"\0").decode().split("\n", 3)
        key, signature, together = plain[:32].hex(), plain[32:96].hex(), plain[96 : HEAD - 2].hex()
        credential = plain[HEAD:end].hex()
        return cls(scope, key, int(counter), choice, text, credential, signature, together)


@dataclass(frozen=True)
class Moment:
    """A ballot's name and whether its box is open."""

    code: str
    state: str
    ends_at: object

    def is_open(self, at):
        return self.state == State.OPEN and at < self.ends_at


def moment(ballot_pk):
    """The Moment of a ballot, or None."""
    return _moment(statements.MOMENT, ballot_pk) if ballot_pk <= HIGHEST_PK else None


def moment_held(ballot_pk):
    """The same inside a transaction, and nobody can close the ballot before it ends.

    PostgreSQL: the row is locked FOR SHARE, so that voters do not wait for each other. SQLite: the transaction,
    begun IMMEDIATE, is the only writer.
    """
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    return _moment(statements.MOMENT + lock, ballot_pk)


def _moment(statement, ballot_pk):
    row = statements.first(statement, ballot_pk)
    if row is None:
        return None
    code, state, ends_at = row
    is_utc = ends_at is not None and ends_at.tzinfo is None  # as SQLite keeps it
    return Moment(code, state, ends_at.replace(tzinfo=UTC) if is_utc else ends_at)


@lru_cache(KEPT)
def box(ballot_pk, code):
    """The Box of an open ballot; `code` is random, so that a cached one is never another's."""
    keys = {row.scope: public(row) for row in SigningKey.objects.filter(ballot_id=ballot_pk)}
    options = Option.objects.filter(ballot_id=ballot_pk).values_list("public_id", flat=True)
    sealed = Ballot.objects.values_list("box_sealed", flat=True).get(pk=ballot_pk)
    return Box(ballot_pk, code, keys, frozenset(options), box_key(sealed))


def digest(box, scope, public_key, counter):
    """The name under which a line lies in the box."""
    return box.key.mark(scope, public_key, counter)


def stored_lines(box, digests):
    """{digest: its Line} of those that are in the box."""
    rows = statements.among(statements.LINES, box.pk, names=digests)
    return {name: Line.unpacked(box.key.unseal(bytes(sealed))) for name, sealed in rows}


def votes_cast(box, *, scope, public_key):
    """How often a voting key has voted. Counters have no gaps, so it is found by halving."""

    def is_there(counter):
        return statements.first(statements.LINE, box.pk, digest(box, scope, public_key, counter)) is not None

    low, high = 0, 1
    while is_there(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_there(middle) else (low, middle)
    return low


def last_lines(box):
    """{scope: [the last Line of each voting key]}, read at the close."""
    last = {}
    for sealed in SealedVote.objects.filter(ballot_id=box.pk).values_list("sealed", flat=True).iterator():
        line = Line.unpacked(box.key.unseal(bytes(sealed)))
        name = line.scope, line.public_key
        if name not in last or last[name].counter < line.counter:
            last[name] = line
    found = {}
    for line in last.values():
        found.setdefault(line.scope, []).append(line)
    return found
