"""The declared result: the page, the file, the receipts, the reasons."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.lab import access
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable

from .. import actions, queries
from ..forms import HideForm, ParticipationForm
from ..transfer import result_table

RECEIPTS_A_PAGE = 100
LONGEST_CODE = 60


def result(request, ballot):
    told = queries.outcome(ballot)
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "told": told,
        "early": queries.early_end_of(ballot),
        "run_off": queries.why_run_off(ballot),
        "breakdowns": queries.breakdowns(ballot, told),
        "titles": told.titles,
        "reasons": queries.reasons_shown(ballot),
        "to_agree": set(),
        "extensions": queries.extensions_of(ballot),
        "can_run_off": told.tied and told.winner is None and access.may(request, "ballots.run_off", ballot),
    }
    return render(request, "ballots/result.jinja", shown)


def ballot_file(request):
    """The bytes as they were declared, for anyone to recount."""
    ballot = request.subject
    etag = f'"{ballot.file_sha256}"'
    return get_conditional_response(request, etag=etag, response=_file(ballot, etag))


def result_csv(request):
    """The numbers of the result, for a spreadsheet."""
    ballot = request.subject
    response = HttpResponse(
        result_table(queries.outcome(ballot).rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="result.csv"'
    return response


def recount(request):
    """The program that counts a ballot file again, short enough to be read first."""
    response = HttpResponse(queries.recount_program(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recount.py"'
    return response


@never_cache
def receipts(request):
    """Every receipt that was counted, and a box to look for one's own; a code never stands in an address."""
    ballot = request.subject
    everything = queries.receipts(ballot)
    code = queries.as_we_write_it(printable(request.POST.get("receipt", "")).strip()[:LONGEST_CODE])
    found = code in everything
    page = paginate(everything, request, size=RECEIPTS_A_PAGE)
    shown = {"lab": ballot.lab, "ballot": ballot, "page": page, "asked": code, "found": found}
    return render(request, "ballots/receipts.jinja", shown)


@never_cache
def took_part(request):
    """Whether anybody took part with a code; like a receipt, it never stands in an address."""
    ballot = request.subject
    form = ParticipationForm(posted(request), ballot=ballot)
    found = form.found if form.is_bound and form.is_valid() else None
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "form": form,
        "found": found,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "ballots/took_part.jinja", shown)


def reasons(request):
    """What people wrote, to be read before it is shown; never before the vote has closed."""
    ballot = request.subject
    state = queries.reason_state(request.GET.get("state"))
    page = paginate(queries.reasons_in(ballot, state), request)
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "page": page,
        "state": state,
        "states": queries.REASON_STATES,
    }
    return render(request, "ballots/reasons.jinja", shown)


def judge(request):
    reason = request.subject
    back = redirect(queries.address(reason.ballot, "reasons"))
    if request.method == "POST" and "show" in request.POST:
        actions.show_reason(reason=reason, by=request.user, at=request.at)
        messages.success(request, _("The reason is shown with the result."))
        return back
    form = HideForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.hide_reason(reason=reason, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The reason is not shown."))
        return back
    shown = {"lab": reason.ballot.lab, "ballot": reason.ballot, "reason": reason, "form": form}
    return render(request, "ballots/hide.jinja", shown)


def _file(ballot, etag):
    response = HttpResponse(queries.file_of(ballot), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="ballot.json"'
    response["ETag"] = etag
    return response
