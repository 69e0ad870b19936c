from django.shortcuts import render

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
    return render(
        request, "lab/log.jinja", {"lab": lab, "page": page, "rows": rows, "kinds": kinds, "chosen": chosen}
    )
