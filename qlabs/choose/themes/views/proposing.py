"""Proposing a theme: nothing typed is lost, also when the stage closes while somebody types."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from qlabs.base.lab import access
from qlabs.base.lab.queries import refusal
from qlabs.base.ui.forms import token_of

from .. import actions, queries
from ..forms import ThemeForm

TOO_LATE = 409
SAME_TITLE = _lazy(
    "This lab has a theme with this title already. Change the title so that people can tell them apart, "
    "or send it once more as it is"
)


def propose(request):
    if request.method != "POST":
        return _form(request, request.subject, ThemeForm(), token=token_of(request))
    return _take(request, request.subject, ThemeForm(request.POST), token=token_of(request))


def edit(request):
    theme = request.subject
    initial = ThemeForm.initial_of(theme, queries.evidence(theme))
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and queries.is_draft(theme):
        return _take(request, theme.lab, form, token=theme.token, theme=theme)
    if not access.may(request, "themes.edit", theme):
        return _form(request, theme.lab, form, token=theme.token, theme=theme, late=True)
    if form.is_bound and form.is_valid() and not _repeats(request, theme.lab, form, theme.token):
        actions.edit(theme=theme, by=request.user, at=request.at, **form.content())
        messages.success(request, _("Your changes are saved."))
        return redirect(queries.address(theme))
    return _form(request, theme.lab, form, token=theme.token, theme=theme)


def _take(request, lab, form, *, token, theme=None):
    """Propose, or keep a draft: because it was asked for, or because it is too late."""
    whole, what = form.is_valid(), {"lab": lab, "by": request.user, "at": request.at, "token": token}
    if not access.may(request, "themes.propose", lab):
        draft = actions.save_draft(**what, **form.content())
        return _form(request, lab, form, token=token, theme=draft, late=True)
    if "draft" in request.POST and form.may_be_draft():
        draft = actions.save_draft(**what, **form.content())
        messages.success(request, _("Your draft is saved. Only you can see it until you propose it."))
        return redirect("themes:edit", lab.slug, draft.pk)
    if "draft" in request.POST or not whole or _repeats(request, lab, form, token):
        return _form(request, lab, form, token=token, theme=theme)
    proposed = actions.propose(**what, **form.content())
    messages.success(
        request, _("Thank you. Your theme is proposed: the community can now read it and comment.")
    )
    return redirect(queries.address(proposed))


def _repeats(request, lab, form, token):
    """Whether to say that the lab has this title already; sent once more with the same title it is meant so."""
    title = form.cleaned_data["title"]
    if request.POST.get("repeated") == title:
        return False
    if queries.plain_title(title) not in queries.plain_titles(lab, besides=token):
        return False
    form.add_error("title", SAME_TITLE)
    return True


def _form(request, lab, form, *, token, theme=None, late=False):
    shown = {
        "lab": lab,
        "form": form,
        "token": token,
        "theme": theme,
        "is_draft": theme is None or queries.is_draft(theme),
        "may_propose": access.may(request, "themes.propose", lab),
        "late": refusal("themes.propose", lab, at=request.at) if late else "",
        "closes_at": queries.closes_at(lab),
        "titles": json.dumps(queries.plain_titles(lab, besides=token)),
    }
    return render(request, "themes/propose.jinja", shown, status=TOO_LATE if late else 200)
