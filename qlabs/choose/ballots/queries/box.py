"""What casting needs to know of a ballot: whether it is open, its keys and its options."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from labengines.voting.credentials import PublicKey

from ..keys import BoxKey, box_key, public
from ..models import Ballot, Option, SealedVote, SigningKey, State

CHOICE, REASON = "choice", "reason"
FIELDS = ("code", "state", "closes_at")
KEPT = 64


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
    closes_at: object

    def is_open(self, at):
        return self.state == State.OPEN and at < self.closes_at


def moment(ballot_pk):
    """The Moment of a ballot, or None."""
    row = Ballot.objects.filter(pk=ballot_pk).values_list(*FIELDS).first()
    return Moment(*row) if row else None


def moment_held(ballot_pk):
    """The same inside a transaction, and nobody can close the ballot before it ends.

    PostgreSQL: the row is locked FOR SHARE, so that voters do not wait for each other. SQLite: the transaction,
    begun IMMEDIATE, is the only writer.
    """
    rows = Ballot.objects.order_by().filter(pk=ballot_pk).values_list(*FIELDS)
    if connection.vendor != "postgresql":
        return Moment(*rows.get())
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", values)
        return Moment(*cursor.fetchone())


@lru_cache(KEPT)
def box(ballot_pk, code):
    """The Box of an open ballot; `code` is random, so that a cached one is never another's."""
    keys = {row.scope: public(row) for row in SigningKey.objects.filter(ballot_id=ballot_pk)}
    options = Option.objects.filter(ballot_id=ballot_pk).values_list("public_id", flat=True)
    sealed = Ballot.objects.values_list("box_sealed", flat=True).get(pk=ballot_pk)
    return Box(ballot_pk, code, keys, frozenset(options), box_key(sealed))


def last_line(box, *, scope, public_key):
    """The Line with the highest counter that a voting key has cast, or None."""
    rows = SealedVote.objects.filter(ballot_id=box.pk, mark=box.key.mark(scope, public_key))
    row = rows.order_by("-counter").first()
    return Line(**box.key.unseal(row.sealed)) if row else None


def last_lines(box):
    """{scope: [the last Line of each voting key]}, read at the close."""
    rows = SealedVote.objects.filter(ballot_id=box.pk).order_by("counter").values_list("mark", "sealed")
    found = {}
    for sealed in dict(rows.iterator()).values():
        line = Line(**box.key.unseal(sealed))
        found.setdefault(line.scope, []).append(line)
    return found
