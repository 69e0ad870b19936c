from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.lab import actions, forms, templates
from qlabs.base.ui.forms import posted, token_of


def new(request):
    form, token = forms.NewLab(posted(request)), token_of(request)
    if form.is_valid():
        lab = actions.create_lab(by=request.user, at=request.at, token=token, **form.changes())
        _say_saved(request, lab, _("The lab is set up. Next: name the team and record the funding."))
        return redirect("lab:team", lab.slug)
    return render(request, "lab/new.jinja", {"form": form, "token": token})


def settings(request):
    lab = request.subject
    form = forms.Settings(posted(request), initial=_answers(lab))
    if form.is_valid():
        _save(request, lab, form.changes())
        _say_saved(request, lab, _("The settings are saved."))
        return redirect("hub:lab", lab.slug)
    warning = templates.length_warning(lab.starts_on, lab.ends_on)
    return render(request, "lab/settings.jinja", {"lab": lab, "form": form, "warning": warning})


def archive(request):
    """Archive a lab, or bring an archived one back, after asking once."""
    lab = request.subject
    form = forms.Confirm(posted(request))
    if form.is_valid():
        change = actions.restore_lab if lab.archived_at else actions.archive_lab
        change(lab=lab, by=request.user, at=request.at)
        messages.success(request, _("The lab is archived.") if lab.archived_at else _("The lab is back."))
        return redirect("hub:lab", lab.slug)
    return render(request, "lab/archive.jinja", {"lab": lab, "form": form})


def _answers(lab):
    names = ("title", "challenge", "purpose", "base", "starts_on", "ends_on", "is_pilot")
    answers = {name: getattr(lab, name) for name in names}
    return answers | {"seen_by": "everyone" if lab.is_public else "team"}


def _save(request, lab, changes):
    challenge = changes.pop("challenge")
    if challenge != lab.challenge:
        actions.set_challenge(lab=lab, challenge=challenge, by=request.user, at=request.at)
    actions.update_lab(lab=lab, by=request.user, at=request.at, **changes)


def _say_saved(request, lab, sentence):
    messages.success(request, sentence)
    if warning := templates.length_warning(lab.starts_on, lab.ends_on):
        messages.warning(request, warning)
