from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.across.hub import actions, queries
from qlabs.base.ui.paging import paginate


def tasks(request):
    state = request.GET.get("state", "")
    page = paginate(queries.queued(state=state), request)
    groups = [queries.described(row) for row in page.object_list]
    context = {"page": page, "groups": groups, "state": state, "stuck": queries.are_stuck(request.at)}
    return render(request, "hub/tasks.jinja", context)


def retry(request, pk):
    task = queries.task(pk)
    if task is None:
        raise Http404(_("This task is not here any more."))
    count = actions.retry_tasks(task=task, by=request.user, at=request.at)
    words = ngettext(
        "The task will run again in a moment.", "%(count)d tasks will run again in a moment.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("hub:tasks")
