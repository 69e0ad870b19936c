"""The queue of later work, for operators. What a task was called with is never shown: it may name people."""

from datetime import timedelta

from django.db.models import Q
from django_tasks_db.models import DBTaskResult, get_date_max

STUCK_AFTER = timedelta(minutes=15)
WAITING, FAILED = ("READY", "RUNNING"), ("FAILED",)


def queued(*, state=""):
    """Tasks still to do and failed ones, newest first; state narrows to "waiting" or "failed"."""
    states = {"waiting": WAITING, "failed": FAILED}.get(state, WAITING + FAILED)
    rows = DBTaskResult.objects.filter(status__in=states)
    return rows.defer("args_kwargs", "traceback", "return_value").order_by("-enqueued_at", "pk")


def task(pk):
    """One task, or None."""
    return DBTaskResult.objects.filter(pk=pk).first()


def are_stuck(at):
    """Whether some task has been due for a quarter of an hour without being run."""
    long_ago = at - STUCK_AFTER
    due = Q(run_after__lt=long_ago) | Q(run_after=get_date_max())  # the far end of time means: at once
    return DBTaskResult.objects.filter(due, status="READY", enqueued_at__lt=long_ago).exists()
