"""Later work on the same database: it survives a restart and is tried again with longer and longer waits."""

from datetime import timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
STUCK_AFTER = timedelta(minutes=10)

_watches = []


def later(task, *args, run_after=None, **kwargs):
    """Enqueue a task when, and only when, the surrounding transaction commits."""
    waiting = task.using(run_after=run_after) if run_after else task
    transaction.on_commit(lambda: waiting.enqueue(*args, **kwargs))


def watch(function):
    """Have the worker call `function(at=...)` about every 20 seconds (closings, reminders); it must be idempotent."""
    _watches.append(function)
    return function


def keep_watch(*, at):
    """Call every watch once."""
    for function in _watches:
        function(at=at)


def revive(*, at):
    """Queue failed tasks again after a wait that doubles, and tasks whose worker died."""
    for row in DBTaskResult.objects.filter(status="FAILED"):
        wait = FIRST_WAIT * 2 ** (len(row.worker_ids) - 1)
        if len(row.worker_ids) < ATTEMPTS and row.finished_at + wait <= at:
            DBTaskResult.objects.filter(pk=row.pk, status="FAILED").update(status="READY", run_after=at)
    DBTaskResult.objects.filter(status="RUNNING", started_at__lte=at - STUCK_AFTER).update(status="READY")
