"""The list of themes, one theme, and what people say about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.ui.forms import token_of
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable

from .. import actions, queries
from ..forms import CommentForm


def index(request):
    lab = request.subject
    state = request.GET.get("state", "")
    search = printable(request.GET.get("q", "")).strip()[:200]
    states, themes = queries.count_by_state(lab), queries.themes_of(lab, state=state, search=search)
    shown = {
        "lab": lab,
        "page": paginate(themes, request, count=None if search else queries.number_of(states, state)),
        "states": states,
        "state": state,
        "search": search,
        "drafts": queries.drafts(lab, request.user),
        "closes_at": queries.closes_at(lab),
    }
    return render(request, "themes/index.jinja", shown)


def theme(request):
    row = request.subject
    return _page(request, row, CommentForm())


def comment(request):
    row = request.subject
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = actions.comment(
        theme=row, by=request.user, at=request.at, token=token_of(request),
        thread=queries.thread(row, request.POST.get("answer", "")), **form.cleaned_data,
    )  # fmt: skip
    messages.success(request, _("Thank you. Your comment is below."))
    return redirect(f"{_address(row)}#comment-{said.pk}")


def support(request):
    """One person says that it matters to them, to their organisation too, or takes it back."""
    row = request.subject
    whose = request.POST.get("whose")
    if whose == "nobody":
        actions.unsupport(theme=row, by=request.user, at=request.at)
    else:
        ours = request.user.organisation if whose == "organisation" else None
        actions.support(theme=row, by=request.user, at=request.at, organisation=ours)
    return redirect(f"{_address(row)}#support")


def _address(theme):
    return queries.address(theme)


def _page(request, row, form):
    answer = request.POST.get("answer", "") or request.GET.get("answer", "")
    shown = {
        "lab": row.lab,
        "theme": row,
        "form": form,
        "token": token_of(request),
        "answers": queries.thread(row, answer),
        "evidence": queries.evidence(row),
        "suitability": queries.suitability(row),
        "support": queries.supporters(row, request.user),
        "conversation": queries.conversation(row),
    }
    return render(request, "themes/theme.jinja", shown)
