"""The emails to voters as they would go: the lead writes their subject and opening, and gets one herself first."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict
from qlabs.base.ui.forms import posted

from .. import actions, letters, queries
from ..forms import WordingForm
from ..models import Letter

CONFLICT = 409


def invitation(request):
    return _page(request, Letter.INVITATION)


def reminder(request):
    return _page(request, Letter.REMINDER)


def try_invitation(request):
    return _try(request, Letter.INVITATION)


def try_reminder(request):
    return _try(request, Letter.REMINDER)


def _page(request, letter):
    ballot = request.subject
    written = queries.wording_written(ballot, letter)
    form, status = (
        WordingForm(posted(request), initial={"subject": written.subject, "opening": written.opening}),
        200,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.word_email(
                ballot=ballot, letter=letter, by=request.user, at=request.at, **form.cleaned_data
            )
        except Conflict as problem:
            form.add_error("opening", str(problem.sentence))
            status = CONFLICT
        else:
            messages.success(request, _("Your words are saved. This is the email as it will go."))
            return redirect(queries.address(ballot, letter))
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "letter": letter,
        "form": form,
        "may_be_worded": queries.may_be_worded(ballot, letter),
        "sample": letters.sample(ballot, letter),
    }
    return render(request, "ballots/wording.jinja", shown, status=status)


def _try(request, letter):
    ballot = request.subject
    actions.try_email(ballot=ballot, letter=letter, by=request.user, at=request.at)
    messages.success(request, _("The email is on its way to you, and to nobody else."))
    return redirect(queries.address(ballot, letter))
