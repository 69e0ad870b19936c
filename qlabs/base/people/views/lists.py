from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.ui.forms import posted

from .. import actions, queries, transfer
from ..forms.lists import ColumnsForm, ConfirmForm, ImportForm


def upload(request):
    form = ImportForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (imported := _keep(request, form)):
        return redirect("people:preview", imported.pk)
    shown = {"form": form, "choices": queries.choices_of_lists(), "waiting": queries.lists_to_confirm()}
    return render(request, "people/import.jinja", shown)


def _keep(request, form):
    file = form.cleaned_data["file"]
    try:
        sheet = transfer.read_sheet(file.name, file.read())
    except transfer.Unreadable as problem:
        form.add_error("file", problem.sentence)
        return None
    return actions.keep_import(
        source=form.cleaned_data["source"],
        filename=file.name,
        sheet=sheet.rows,
        by=request.user,
        at=request.at,
        **vars(transfer.read_members(sheet)),
    )


def preview(request, pk):
    """What a list would do, and its confirmation: by a second operator, or with the number typed by the first."""
    imported = _imported(pk)
    form = _confirmation(request, imported, posted(request))
    if imported.confirmed_at is None and form.is_valid():
        _confirm(request, imported, **form.answers())
        return redirect("people:preview", pk)
    return _preview(request, imported, form, ColumnsForm(imported=imported))


def columns(request, pk):
    """Match the columns of a list by hand; nobody is a member by this."""
    imported = _imported(pk)
    form = ColumnsForm(request.POST, imported=imported)
    if not form.is_valid():
        return _preview(request, imported, _confirmation(request, imported, None), form)
    sheet = transfer.Sheet(imported.headings, imported.sheet)
    read = vars(transfer.read_members(sheet, form.columns()))
    actions.match_columns(imported=imported, by=request.user, at=request.at, **read)
    return redirect("people:preview", pk)


def _confirmation(request, imported, given):
    return ConfirmForm(given, asked=imported.by == request.user, imported=imported)


def _preview(request, imported, form, columns_form):
    is_mine = imported.by == request.user
    shown = {
        "imported": imported,
        "form": form,
        "columns_form": columns_form,
        "is_mine": is_mine,
        "needs_second": is_mine and queries.needs_second_operator(imported, at=request.at),
        "refusals": queries.refusals(imported),
        "holds": queries.holds(imported),
    }
    return render(request, "people/preview.jinja", shown)


def _confirm(request, imported, **typed):
    added = actions.confirm_import(imported=imported, by=request.user, at=request.at, **typed).added
    said = ngettext("%(added)s person is a member now.", "%(added)s people are members now.", added)
    messages.success(request, said % {"added": added})


def refused(request, pk):
    imported = _imported(pk)
    content = transfer.refused_csv(imported.headings, imported.refused)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


def _imported(pk):
    imported = queries.imported(pk)
    if imported is None or queries.is_forgotten(imported):
        raise Http404(_("There is no such list, or it has been forgotten."))
    return imported
