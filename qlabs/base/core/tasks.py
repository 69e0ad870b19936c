"""Later work on the same database: it survives a restart and is tried again with longer and longer waits."""

import logging
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 14  # the last about three days after the first
FIRST_WAIT = timedelta(seconds=30)
NOTHING = {"args": [], "kwargs": {}}
STUCK_AFTER = timedelta(minutes=10)

WHERE = '  File "'  # how a line of a traceback begins that names a place and quotes nobody

_watches = []
_log = logging.getLogger(__name__)


def later(task, *args, run_after=None, **kwargs):
    """Enqueue a task when, and only when, the surrounding transaction commits."""
    waiting = task.using(run_after=run_after) if run_after else task
    transaction.on_commit(lambda: waiting.enqueue(*args, **kwargs))


def watch(function):
    """Have the worker call `function(at=...)` about every 20 seconds (closings, reminders); it must be idempotent."""
    _watches.append(function)
    return function


def keep_watch(*, at):
    """Call every watch once, each by itself."""
    for function in _watches:
        apart(function, at=at)


def apart(function, **facts):
    """Call it, and tell whether it worked; a fault in it is logged by class and place, and stops nothing else."""
    try:
        function(**facts)
    except Exception:  # noqa: BLE001 - a fault nobody thought of must not stop all other votes and all email
        _log.exception("The worker goes on.")
        if not connection.in_atomic_block:  # else it belongs to whoever called
            close_old_connections()
        return False
    return True


def forget_words(row):
    """Once a task is done or given up, forget what it was called with; and of an error keep the places only."""
    done, given_up = row.status == "SUCCESSFUL", row.status == "FAILED" and len(row.worker_ids) >= ATTEMPTS
    row.traceback = "\n".join(line for line in row.traceback.splitlines() if line.startswith(WHERE))
    if done or given_up:
        row.args_kwargs = NOTHING | ({"given_up": True} if given_up else {})
    row.save(update_fields=["args_kwargs", "traceback"])


def revive(*, at):
    """Queue failed tasks again after a wait that doubles, and tasks whose worker died."""
    for row in DBTaskResult.objects.filter(status="FAILED"):
        wait = FIRST_WAIT * 2 ** (len(row.worker_ids) - 1)
        if len(row.worker_ids) < ATTEMPTS and row.finished_at + wait <= at:
            DBTaskResult.objects.filter(pk=row.pk, status="FAILED").update(status="READY", run_after=at)
    DBTaskResult.objects.filter(status="RUNNING", started_at__lte=at - STUCK_AFTER).update(status="READY")
