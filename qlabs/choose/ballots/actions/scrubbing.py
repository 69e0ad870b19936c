"""After the close: the database's own files forget the order in which rows came. Tried again until it has worked.

PostgreSQL keeps dead rows, and SQLite its free pages and its write-ahead file; VACUUM FULL, and VACUUM with a
truncating checkpoint, write the tables anew.
"""

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import task

from qlabs.base.core import tasks

from ..models import Ballot, CountedVote, Reason, RollEntry, SealedVote, SignedKey, SigningKey, State

REWRITTEN = (Ballot, SignedKey, SealedVote, CountedVote, RollEntry, Reason, SigningKey)
PATIENCE = "20s"


def scrub_later(ballot):
    tasks.later(scrub_task, ballot.pk)


@task()
def scrub_task(ballot_pk):
    scrub(ballot=Ballot.objects.get(pk=ballot_pk), at=timezone.now())


def scrub(*, ballot, at):
    """Rewrite the files; a ballot cannot be declared before this has worked. Raises OperationalError to be retried."""
    if ballot.state not in (State.CLOSED, State.VOID) or ballot.scrubbed_at is not None:
        return
    with transaction.atomic(durable=True):
        pass  # nobody's transaction is around us: VACUUM would see it as running
    if not connection.in_atomic_block:  # only a test's own transaction may still be
        _rewrite_files()
    Ballot.objects.filter(pk=ballot.pk).update(scrubbed_at=at)
    ballot.scrubbed_at = at


def _rewrite_files():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _rewrite_postgres(cursor)
        else:
            _rewrite_sqlite(cursor)


def _rewrite_postgres(cursor):
    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
    try:
        for model in REWRITTEN:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")
    finally:
        cursor.execute("SELECT set_config('lock_timeout', '0', false)")


def _rewrite_sqlite(cursor):
    cursor.execute("VACUUM")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy, *_pages = cursor.fetchone()
    if busy:
        raise OperationalError("the write-ahead file is in use")
