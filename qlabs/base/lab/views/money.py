from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qlabs.base.lab import access, actions, forms, queries, stages
from qlabs.base.ui.forms import posted

from .labs import forms_only


@forms_only
def funding(request, slug):
    act = "lab.change_funding" if request.method == "POST" else "lab.see_funding"
    lab = access.allow(request, act, lab=slug)
    form = forms.AddFunding(posted(request))
    if form.is_valid():
        actions.record_funding(lab=lab, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The funding is recorded."))
        return redirect("lab:funding", lab.slug)
    rows = queries.funding(lab)
    runway = queries.runway(rows, on=stages.london_day(request.at))
    return render(request, "lab/funding.jinja", {"lab": lab, "form": form, "rows": rows, "runway": runway})


@require_POST
def remove_funding(request, slug, pk):
    row = access.allow(request, "lab.change_funding", lab=slug, funding=pk)
    actions.remove_funding(funding=row, by=request.user, at=request.at)
    messages.success(request, _("The line is removed. The log keeps it."))
    return redirect("lab:funding", slug)
