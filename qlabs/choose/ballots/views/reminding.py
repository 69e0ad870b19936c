"""Reminders: what would be sent and to whom, the button that sends it, and the ones that go by themselves."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict
from qlabs.base.ui.forms import posted
from qlabs.base.ui.words import when

from .. import actions, letters, queries
from ..forms import PlanForm
from ..models import Letter

CONFLICT = 409


def remind(request):
    """The preview, and with one button the reminder itself."""
    ballot = request.subject
    if request.method == "POST":
        try:
            actions.remind(ballot=ballot, by=request.user, at=request.at)
        except Conflict as problem:
            return _page(request, ballot, problem=str(problem.sentence), status=CONFLICT)
        messages.success(request, _("A reminder is on its way to everybody who has not voted."))
        return redirect(queries.address(ballot, "remind"))
    return _page(request, ballot)


def plan(request):
    """Let a reminder go by itself."""
    ballot = request.subject
    form, status = PlanForm(posted(request)), 200
    if form.is_bound and form.is_valid():
        try:
            actions.plan_reminder(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        except Conflict as problem:
            form.add_error("goes_at", str(problem.sentence))
            status = CONFLICT
        else:
            goes = when(form.cleaned_data["goes_at"])
            messages.success(request, _("A reminder is planned for %(when)s.") % {"when": goes})
            return redirect(queries.address(ballot, "remind"))
    shown = {"lab": ballot.lab, "ballot": ballot, "form": form}
    return render(request, "ballots/plan.jinja", shown, status=status)


def cancel(request):
    planned = request.subject
    actions.cancel_reminder(planned=planned, by=request.user, at=request.at)
    words = _("The reminder planned for %(when)s is cancelled.")
    messages.success(request, words % {"when": when(planned.goes_at)})
    return redirect(queries.address(planned.ballot, "remind"))


def _page(request, ballot, *, problem="", status=200):
    next_one = queries.next_reminder(ballot, request.at)
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "problem": problem,
        "takes_votes": queries.is_taking_votes(ballot, request.at),
        "next_reminder": next_one,
        "near": None if next_one else queries.reminder_too_near(ballot, request.at),
        "planned": queries.planned_reminders(ballot),
        "sample": letters.sample(ballot, Letter.REMINDER),
    }
    return render(request, "ballots/reminders.jinja", shown, status=status)
