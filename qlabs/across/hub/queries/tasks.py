"""The queue of later work, for operators. What a task was called with is never shown: it may name people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Count, Max, Min, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

STUCK_AFTER = timedelta(minutes=15)
WAITING, FAILED = ("READY", "RUNNING"), ("FAILED",)
ALIKE = ("status", "task_path", "exception_class_path")
NAMES = {
    "qlabs.base.people.letters.sign_in_code": _("Answer to somebody who asked for a sign-in code"),
    "qlabs.base.people.letters.second_factor_changed": _("Letter that signing in has changed"),
    "qlabs.base.people.letters.invitations": _("Invitations to the community or a lab"),
    "qlabs.base.people.letters.reminders": _("Reminders of an invitation"),
    "qlabs.choose.ballots.letters.invite": _("Invitations to vote"),
    "qlabs.choose.ballots.letters.remind": _("Reminders to vote"),
    "qlabs.choose.ballots.letters.tell": _("Letters that a vote was cast"),
    "qlabs.choose.ballots.letters.inform": _("Letters with the result of a vote"),
    "qlabs.choose.ballots.letters.held_up": _("Letters that a vote could not open"),
    "qlabs.choose.ballots.actions.scrubbing.scrub_task": _("Clearing a closed vote’s traces from the disk"),
}


@dataclass(frozen=True)
class Alike:
    """Tasks of one kind that stand alike; `pk` is one of them, `error` why they failed."""

    pk: UUID
    name: str
    status: str
    count: int
    first: datetime
    last: datetime
    error: str


def queued(*, state=""):
    """Tasks still to do and failed ones, counted by kind, newest first; state narrows to "waiting" or "failed"."""
    states = {"waiting": WAITING, "failed": FAILED}.get(state, WAITING + FAILED)
    kinds = DBTaskResult.objects.filter(status__in=states).order_by().values(*ALIKE)
    counted = kinds.annotate(
        one=Min(Cast("pk", CharField())), count=Count("pk"), first=Min("enqueued_at"), last=Max("enqueued_at")
    )
    return counted.order_by("-last", "one")


def described(row):
    """A row of `queued` as people say it."""
    path, error = row["task_path"], row["exception_class_path"]
    return Alike(
        pk=UUID(row["one"]),
        name=NAMES.get(path, path),
        status=row["status"],
        count=row["count"],
        first=row["first"],
        last=row["last"],
        error=error.rpartition(".")[2],
    )


def alike(task):
    """The tasks of the same kind that failed in the same way."""
    return DBTaskResult.objects.filter(status="FAILED", **{name: getattr(task, name) for name in ALIKE[1:]})


def task(pk):
    """One task, or None."""
    return DBTaskResult.objects.filter(pk=pk).first()


def are_stuck(at):
    """Whether some task has been due for a quarter of an hour without being run."""
    long_ago = at - STUCK_AFTER
    due = Q(run_after__lt=long_ago) | Q(run_after=get_date_max())  # the far end of time means: at once
    return DBTaskResult.objects.filter(due, status="READY", enqueued_at__lt=long_ago).exists()
