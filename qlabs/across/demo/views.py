from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from qlabs.base.ui.paging import paginate

from . import queries


def mail(request):
    """The letters of the demo, newest first."""
    _only_in_the_demo()
    search = request.GET.get("q", "")
    page = paginate(queries.Letters(search), request)
    return render(request, "demo/mail.jinja", {"page": page, "search": search})


def letter(request, name):
    """One letter of the demo."""
    _only_in_the_demo()
    found = queries.letter(name)
    if found is None:
        raise Http404(_("There is no such letter. It may have been removed with an older demo."))
    return render(request, "demo/letter.jinja", {"letter": found})


def _only_in_the_demo():
    if not queries.has_mailbox():
        raise Http404(_("This page is there in the demo only."))
