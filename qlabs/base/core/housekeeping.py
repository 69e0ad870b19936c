"""What the database need not remember: done tasks (their words may name people), and sessions that ended."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from .tasks import watch

DONE_KEPT = timedelta(hours=1)
FAILED_KEPT = timedelta(days=30)


@watch
def forget(*, at):
    DBTaskResult.objects.filter(status="SUCCESSFUL", finished_at__lt=at - DONE_KEPT).delete()
    DBTaskResult.objects.filter(status="FAILED", finished_at__lt=at - FAILED_KEPT).delete()
    Session.objects.filter(expire_date__lt=at).delete()
