from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.lab import actions, forms, gates, queries, stages
from qlabs.base.ui.forms import posted


def stage_list(request):
    lab = request.subject
    return render(request, "lab/stages.jinja", {"lab": lab, "rows": queries.stage_rows(lab, at=request.at)})


def stage(request, stage):
    """Opening and closing of one stage."""
    lab = request.subject
    known, dates = _known(stage), stages.dates_of(lab).get(stage)
    names = ("opens_at", "closes_at", "proposals_close_at")
    initial = {name: getattr(dates, name) for name in names} if dates else {}
    form = forms.StageDatesForm(posted(request), initial=initial, takes_proposals=known.takes_proposals)
    if form.is_valid():
        wanted = {stage: [form.cleaned_data[name] for name in names if name in form.cleaned_data]}
        actions.set_stage_dates(lab=lab, dates=wanted, by=request.user, at=request.at)
        messages.success(request, _("The dates of “%(stage)s” are saved.") % {"stage": known.name})
        return redirect("lab:stages", lab.slug)
    return render(request, "lab/stage.jinja", {"lab": lab, "form": form, "stage": known})


def gate(request, stage):
    lab = request.subject
    known, criteria = _known(stage), gates.criteria(lab, stage)
    unmet = [one for one in criteria if not one.met]
    form = forms.PassGate(posted(request), unmet=unmet)
    if form.is_valid():
        actions.pass_gate(lab=lab, stage=stage, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The lab has passed the gate of “%(stage)s”.") % {"stage": known.name})
        return redirect("lab:stages", lab.slug)
    context = {"lab": lab, "stage": known, "criteria": criteria, "unmet": unmet, "form": form}
    return render(request, "lab/gate.jinja", context | {"passed": queries.last_passages(lab).get(stage)})


def _known(key):
    if key not in stages.BY_KEY:
        raise Http404(_("There is no such stage."))
    return stages.BY_KEY[key]
