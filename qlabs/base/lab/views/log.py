from django.http import HttpResponse
from django.shortcuts import render

from qlabs.base.core import handout
from qlabs.base.core.events import head
from qlabs.base.lab import queries, words
from qlabs.base.ui.paging import paginate


def log(request):
    lab = request.subject
    kinds = [(what, words.kind(what)) for what in queries.kinds_in_log(lab)]
    wanted = request.GET.get("kind", "")
    chosen = wanted if wanted in dict(kinds) else ""
    page = paginate(queries.log(lab, what=chosen), request)
    events = list(page.object_list)
    names = queries.names_in(events)
    rows = [(event, words.kind(event.what), words.facts(event, names)) for event in events]
    shown = {"lab": lab, "page": page, "rows": rows, "kinds": kinds, "chosen": chosen, "head": head(lab)}
    return render(request, "lab/log.jinja", shown)


def log_file(request):
    """The lab's own chain of events, to be kept and checked elsewhere."""
    lab = request.subject
    return _download(handout.log_file(lab), f"{lab.slug}-log.jsonl", "application/x-ndjson")


def log_program(request):
    """The program that checks such a file, short enough to be read first."""
    return _download(handout.program(), "verify_log.py", "text/x-python")


def _download(text, name, kind):
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
