"""What the lead does while a vote runs and after it: nobody's choice can be seen from here."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict
from qlabs.base.lab import access
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import asked, paginate

from .. import actions, queries
from ..forms import CorrectionForm
from .team import to_agree

CONFLICT = 409


def status(request):
    ballot = request.subject
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "early": queries.early_closing_of(ballot),
        "extensions": queries.extensions_of(ballot),
        "to_agree": to_agree(request, [ballot]),
        "turnout": queries.turnout(ballot),
        "takes_votes": queries.is_taking_votes(ballot, request.at),
    }
    return render(request, "ballots/status.jinja", shown)


def roll(request):
    ballot = request.subject
    page = paginate(queries.roll_of(ballot, search=asked(request, "q")), request)
    is_enough = ballot.roll_size > ballot.fewest_votes and not ballot.turnout_shown
    can_correct = is_enough and access.may(request, "ballots.correct_roll", ballot)
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "page": page,
        "can_correct": can_correct,
        "corrections": ballot.corrections.count(),
        "asked": queries.corrections_asked(ballot),
        "sources": queries.told_sources(ballot.roll_sources),
    }
    return render(request, "ballots/roll.jinja", shown)


def correct(request):
    entry = request.subject
    form, status = CorrectionForm(posted(request)), 200
    if form.is_bound and form.is_valid():
        try:
            actions.ask_correction(entry=entry, by=request.user, at=request.at, **form.cleaned_data)
        except Conflict as problem:
            form.add_error("reason", str(problem.sentence))
            status = CONFLICT
        else:
            messages.success(
                request,
                _(
                    "Within an hour the person is taken off the list of voters and told by email, "
                    "unless somebody has voted by then."
                ),
            )
            return redirect(queries.address(entry.ballot, "roll"))
    shown = {"lab": entry.ballot.lab, "ballot": entry.ballot, "entry": entry, "form": form}
    return render(request, "ballots/correct.jinja", shown, status=status)


def declare(request):
    ballot = request.subject
    if request.method == "POST":
        ballot = actions.declare_or_stop(ballot=ballot, by=request.user, at=request.at)
        if ballot.state == "declared":
            messages.success(request, _("The result is declared. Every voter gets an email with it."))
        return redirect(queries.address(ballot))
    return render(request, "ballots/declare.jinja", {"lab": ballot.lab, "ballot": ballot})
