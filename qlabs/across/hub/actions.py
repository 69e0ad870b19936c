from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.across.hub import queries
from qlabs.base.core import events
from qlabs.base.core.errors import Conflict


@transaction.atomic
def retry_tasks(*, task, by, at):
    """Queue a failed task, and all that failed like it, again now; how many they are."""
    failed = queries.alike(task)
    count = failed.update(status="READY", run_after=at) if failed.filter(pk=task.pk).exists() else 0
    if not count:
        raise Conflict(_("This task is no longer waiting to be tried again."))
    events.record(None, by=by, what="hub.task_retried", on=task, at=at, task=task.task_path, count=count)
    return count
