from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.ui.forms import posted

from .. import actions, queries, transfer
from ..forms.people import ImportForm


def upload(request):
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (imported := _keep(request, form)):
        return redirect("people:preview", imported.pk)
    return render(request, "people/import.jinja", {"form": form, "choices": queries.choices_of_lists()})


def _keep(request, form):
    file = form.cleaned_data["file"]
    try:
        read = transfer.read_members(transfer.read_sheet(file.name, file.read()))
    except transfer.Unreadable as problem:
        form.add_error("file", problem.sentence)
        return None
    return actions.keep_import(
        filename=file.name,
        headings=read.headings,
        rows=read.rows,
        refused=read.refused,
        known=read.known,
        by=request.user,
        at=request.at,
    )


def preview(request, pk):
    imported = _imported(request, pk)
    if request.method == "POST":
        added = actions.confirm_import(imported=imported, by=request.user, at=request.at).added
        said = ngettext("%(added)s person is invited.", "%(added)s people are invited.", added) % {
            "added": added
        }
        messages.success(request, said)
        return redirect("people:preview", pk)
    return render(
        request, "people/preview.jinja", {"imported": imported, "refusals": queries.refusals(imported)}
    )


def refused(request, pk):
    imported = _imported(request, pk)
    content = transfer.refused_csv(imported.headings, imported.refused)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


def _imported(request, pk):
    """A list is shown to whoever uploaded it and to operators: it holds names and addresses."""
    imported = queries.imported(pk, person=request.user)
    if imported is None or queries.is_forgotten(imported):
        raise Http404(_("There is no such list, or it has been forgotten."))
    return imported
