from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.lab import actions, forms, queries, stages
from qlabs.base.ui.forms import posted


def funding(request):
    lab = request.subject
    form = forms.AddFunding(posted(request))
    if form.is_valid():
        actions.record_funding(lab=lab, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The funding is recorded."))
        return redirect("lab:funding", lab.slug)
    rows = queries.funding(lab)
    runway = queries.runway(rows, on=stages.london_day(request.at))
    return render(request, "lab/funding.jinja", {"lab": lab, "form": form, "rows": rows, "runway": runway})


def remove_funding(request):
    row = request.subject
    actions.remove_funding(funding=row, by=request.user, at=request.at)
    messages.success(request, _("The line is removed. The log keeps it."))
    return redirect("lab:funding", row.lab.slug)
