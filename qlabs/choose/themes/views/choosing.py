"""What the lab lead decides on themes, and how a proposer takes a draft or a theme back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.ui.forms import posted

from .. import actions, queries
from ..forms import ReasonForm


def shortlist(request):
    theme = request.subject
    if request.POST.get("to") == "proposed":
        actions.unshortlist(theme=theme, by=request.user, at=request.at)
        messages.success(request, _("The theme is no longer on the shortlist."))
    else:
        actions.shortlist(theme=theme, by=request.user, at=request.at)
        messages.success(request, _("The theme is on the shortlist. A ballot can now offer it."))
    return redirect(queries.address(theme))


def withdraw(request):
    theme = request.subject
    form = ReasonForm(posted(request))
    if form.is_valid():
        actions.withdraw(theme=theme, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The theme is withdrawn. Your reason is shown with it."))
        return redirect(queries.address(theme))
    return render(request, "themes/withdraw.jinja", {"lab": theme.lab, "theme": theme, "form": form})


def discard(request):
    theme = request.subject
    if request.method == "POST":
        actions.discard_draft(theme=theme, by=request.user, at=request.at)
        messages.success(request, _("Your draft is deleted."))
        return redirect("themes:index", theme.lab.slug)
    return render(request, "themes/discard.jinja", {"lab": theme.lab, "theme": theme})


def hide_comment(request):
    comment = request.subject
    form = ReasonForm(posted(request), max_length=300)
    if form.is_valid():
        actions.hide_comment(comment=comment, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The comment is hidden. Your reason is shown in its place."))
        return redirect(f"{queries.address(comment.theme)}#comment-{comment.pk}")
    return render(request, "themes/hide.jinja", {"lab": comment.lab, "comment": comment, "form": form})
