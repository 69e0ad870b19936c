"""A lab's ballots, and preparing one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.lab import access
from qlabs.base.lab.actions import update_lab
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import paginate

from .. import actions, queries
from ..forms import BallotForm
from ..models import Voters
from .team import to_agree


def index(request):
    lab = request.subject
    leads = access.may(request, "ballots.create", lab)
    page = paginate(queries.ballots_of(lab, drafts_too=leads), request)
    for ballot in page.object_list:
        ballot.lab = lab
    shown = {"lab": lab, "page": page, "leads": leads, "to_agree": to_agree(request, page.object_list)}
    return render(request, "ballots/index.jinja", shown)


def new(request):
    lab = request.subject
    initial = {"voters": Voters.COMMUNITY if lab.is_public else Voters.LAB}
    form = BallotForm(posted(request), themes=queries.themes_for(lab), at=request.at, initial=initial)
    if form.is_bound and form.is_valid():
        ballot = actions.create_ballot(lab=lab, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The vote is prepared. Look at it once more, then open it."))
        return redirect(queries.address(ballot))
    return render(request, "ballots/edit.jinja", {"lab": lab, "form": form, "ballot": None})


def edit(request):
    ballot = request.subject
    themes, initial = queries.themes_for(ballot.lab, ballot), queries.draft_facts(ballot)
    form = BallotForm(posted(request), themes=themes, at=request.at, initial=initial)
    if form.is_bound and form.is_valid():
        actions.edit_ballot(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect(queries.address(ballot))
    return render(request, "ballots/edit.jinja", {"lab": ballot.lab, "form": form, "ballot": ballot})


def discard(request):
    ballot = request.subject
    if request.method == "POST":
        actions.discard_ballot(ballot=ballot, by=request.user, at=request.at)
        messages.success(request, _("The draft is deleted."))
        return redirect("ballots:index", ballot.lab.slug)
    return render(request, "ballots/discard.jinja", {"lab": ballot.lab, "ballot": ballot})


def open_vote(request):
    """One page that says what is about to be frozen, and one button."""
    ballot = request.subject
    if request.method == "POST" and "publish" in request.POST:
        update_lab(lab=ballot.lab, by=request.user, at=request.at, is_public=True)
        messages.success(request, _("The lab is public: everybody can see it without signing in."))
        return redirect(queries.address(ballot, "open"))
    if request.method == "POST":
        opened = actions.open_ballot(ballot=ballot, by=request.user, at=request.at)
        messages.success(
            request, _("The vote is open. Everybody on the list of voters gets an email with a link.")
        )
        return redirect(queries.address(opened, "status"))
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "options": queries.options(ballot),
        "roll": queries.roll_to_be(ballot),
        "is_hidden": queries.is_hidden_from_voters(ballot),
    }
    return render(request, "ballots/open.jinja", shown)
