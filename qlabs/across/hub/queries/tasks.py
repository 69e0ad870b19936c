"""The queue of later work, for operators. What a task was called with is never shown: it may name people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, CharField, Count, Max, Min, Q, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

STUCK_AFTER = timedelta(minutes=15)
WAITING, FAILED = ("READY", "RUNNING"), ("FAILED",)
ALIKE = ("status", "task_path", "exception_class_path", "is_given_up")
GIVEN_UP = Case(When(args_kwargs__has_key="given_up", then=True), default=False)
NAMES = {
    "qlabs.base.people.letters.sign_in_code": _("Answer to somebody who asked for a sign-in code"),
    "qlabs.base.people.letters.second_factor_changed": _("Email that signing in has changed"),
    "qlabs.base.people.letters.account_closed": _("Email that an account was closed"),
    "qlabs.base.people.letters.address_change": _("Emails about a change of email address"),
    "qlabs.base.people.letters.invitations": _("Invitations to the community or a lab"),
    "qlabs.base.people.letters.reminders": _("Reminders of an invitation"),
    "qlabs.choose.ballots.letters.invite": _("Invitations to vote"),
    "qlabs.choose.ballots.letters.remind": _("Reminders to vote"),
    "qlabs.choose.ballots.letters.try_out": _("Emails to voters, sent to their lead first"),
    "qlabs.choose.ballots.letters.tell": _("Emails that a vote was cast or begun"),
    "qlabs.choose.ballots.letters.taken_off": _("Emails that somebody was taken off a voters’ list"),
    "qlabs.choose.ballots.letters.inform": _("Emails with the result of a vote"),
    "qlabs.choose.ballots.letters.bring_news": _("News of a vote to its voters"),
    "qlabs.choose.ballots.letters.news_for_lead": _("News of a vote to its leads"),
    "qlabs.choose.ballots.letters.held_up": _("Emails that a vote could not open"),
    "qlabs.choose.stations.letters.tell_of_cards": _("Emails that a voting card was printed"),
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
    is_given_up: bool


def queued(*, state=""):
    """Tasks still to do and failed ones, counted by kind, newest first; state narrows to "waiting" or "failed"."""
    states = {"waiting": WAITING, "failed": FAILED}.get(state, WAITING + FAILED)
    rows = DBTaskResult.objects.filter(status__in=states).annotate(is_given_up=GIVEN_UP)
    kinds = rows.order_by().values(*ALIKE)
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
        is_given_up=row["is_given_up"],
    )


def alike(task):
    """The tasks of the same kind that failed in the same way and are not given up."""
    same = {name: getattr(task, name) for name in ("task_path", "exception_class_path")}
    rows = DBTaskResult.objects.annotate(is_given_up=GIVEN_UP)
    return rows.filter(status="FAILED", is_given_up=False, **same)


def task(pk):
    """One task, or None."""
    return DBTaskResult.objects.filter(pk=pk).first()


def are_stuck(at):
    """Whether some task has been due for a quarter of an hour without being run."""
    long_ago = at - STUCK_AFTER
    due = Q(run_after__lt=long_ago) | Q(run_after=get_date_max())  # the far end of time means: at once
    return DBTaskResult.objects.filter(due, status="READY", enqueued_at__lt=long_ago).exists()
