from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict


@transaction.atomic
def retry_task(*, task, by, at):
    """Queue a failed task again now."""
    if not DBTaskResult.objects.filter(pk=task.pk, status="FAILED").update(status="READY", run_after=at):
        raise Conflict(_("This task is no longer waiting to be tried again."))
    events.record(None, by=by, what="hub.task_retried", on=task, at=at, task=task.task_path)
