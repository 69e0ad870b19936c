"""What casting needs to know of a ballot: whether it is open, its keys and its options."""

from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from django.db import connection

from labengines.voting.credentials import PublicKey

from .. import statements
from ..keys import BoxKey, box_key, public
from ..models import Ballot, Option, SealedVote, SigningKey, State

CHOICE, REASON = "choice", "reason"
KEPT = 64
HIGHEST_PK = 2**63 - 1


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
    """One line of the box, opened; bytes are hexadecimal, `text` is "" except in the scope "reason"."""

    scope: str
    public_key: str
    counter: int
    choice: str
    text: str
    credential: str
    signature: str


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


def last_line(box, *, scope, public_key):
    """The Line with the highest counter that a voting key has cast, or None."""
    row = statements.first(statements.LAST_LINE, box.pk, box.key.mark(scope, public_key))
    return Line(**box.key.unseal(row[0])) if row else None


def last_lines(box):
    """{scope: [the last Line of each voting key]}, read at the close."""
    rows = SealedVote.objects.filter(ballot_id=box.pk).order_by("counter").values_list("mark", "sealed")
    found = {}
    for sealed in dict(rows.iterator()).values():
        line = Line(**box.key.unseal(sealed))
        found.setdefault(line.scope, []).append(line)
    return found
