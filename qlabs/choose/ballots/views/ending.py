"""How a vote ends otherwise than in its time: early, later, stopped, without a result, asked once more."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict
from qlabs.base.lab import access
from qlabs.base.ui.forms import posted
from qlabs.base.ui.words import when

from .. import actions, queries
from ..forms import AgainForm, CloseForm, ExtendForm

CONFLICT = 409


def close(request):
    """A lead asks that the vote ends before its time."""
    ballot = request.subject
    form = CloseForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.ask_early_closing(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        ballot = actions.close_if_ended(ballot=ballot, by=request.user, at=request.at)
        return _back(request, ballot)
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "form": form,
        "early": queries.early_closing_of(ballot),
        "extensions": queries.extensions_of(ballot),
    }
    return render(request, "ballots/close.jinja", shown)


def agree(request):
    """A second member of the team agrees, and the vote ends at once."""
    ballot = request.subject
    asked = queries.early_closing_of(ballot)
    if request.method == "POST" and asked:
        actions.agree_early_closing(asked=asked, by=request.user, at=request.at)
        ballot = actions.close_if_ended(ballot=ballot, by=request.user, at=request.at)
        return _back(request, ballot)
    return render(request, "ballots/agree.jinja", {"lab": ballot.lab, "ballot": ballot, "early": asked})


def withdraw(request):
    ballot = request.subject
    if asked := queries.early_closing_of(ballot):
        actions.withdraw_early_closing(asked=asked, by=request.user, at=request.at)
        messages.success(request, _("The vote stays open until its time. Voters are told by email."))
    return redirect(queries.address(ballot, "status"))


def extend(request):
    """A lead lets the vote end later than announced."""
    ballot = request.subject
    form, status = ExtendForm(posted(request)), 200
    if form.is_bound and form.is_valid():
        try:
            actions.extend(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        except Conflict as problem:
            form.add_error("ends_at", str(problem.sentence))
            status = CONFLICT
        else:
            words = _("The vote stays open until %(when)s. Everybody on the voters’ list is told by email.")
            messages.success(request, words % {"when": when(form.cleaned_data["ends_at"])})
            return redirect(queries.address(ballot, "status"))
    shown = {"lab": ballot.lab, "ballot": ballot, "form": form, "early": queries.early_closing_of(ballot)}
    return render(request, "ballots/extend.jinja", shown, status=status)


def void(request):
    """Destroy what a stopped vote holds."""
    ballot = request.subject
    if request.method == "POST":
        actions.void_ballot(ballot=ballot, by=request.user, at=request.at)
        messages.success(request, _("All votes are destroyed. You can ask the same question again."))
        return redirect(queries.address(ballot))
    return render(request, "ballots/void.jinja", {"lab": ballot.lab, "ballot": ballot})


def run_off(request):
    ballot = request.subject
    form = AgainForm(posted(request))
    if form.is_bound and form.is_valid():
        second = actions.create_run_off(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The run-off is prepared. Look at it once more, then open it."))
        return redirect(queries.address(second))
    shown = {"lab": ballot.lab, "ballot": ballot, "form": form, "told": queries.outcome(ballot)}
    return render(request, "ballots/run_off.jinja", shown)


def ask_again(request):
    ballot = request.subject
    form = AgainForm(posted(request))
    if form.is_bound and form.is_valid():
        new = actions.ask_again(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The new vote is prepared. Look at it once more, then open it."))
        return redirect(queries.address(new))
    shown = {"lab": ballot.lab, "ballot": ballot, "form": form, "options": queries.options(ballot)}
    return render(request, "ballots/again.jinja", shown)


def _back(request, ballot):
    """To where the vote stands now."""
    if ballot.state == "closed":
        messages.success(request, _("The vote is closed. A lead of the lab can declare the result."))
    elif ballot.state == "open":
        words = _("Everybody on the voters’ list is told by email. The vote closes on %(when)s.")
        messages.success(request, words % {"when": when(ballot.ends_at)})
    page = "declare" if access.may(request, "ballots.declare", ballot) else "ballot"
    return redirect(queries.address(ballot, page))
