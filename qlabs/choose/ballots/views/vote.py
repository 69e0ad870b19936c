"""The vote page, the receipt, and what a person sees of her own votes."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.core.errors import AccountClosed, Gone

from .. import queries
from . import ways
from .pages import confirm_page, receipt_page, vote_page
from .result import result
from .team import to_agree

GONE = 410


@never_cache
def ballot(request):
    """One address for a ballot's whole life: the draft, the vote, the wait, the result."""
    ballot = request.subject
    if ballot.state == "declared":
        return result(request, ballot)
    entry = queries.entry_of(ballot, request.user)
    if entry is None or not queries.is_taking_votes(ballot, request.at):
        return _wait(request, ballot, entry)
    return vote_page(request, entry, ways.signed_in(ballot))


@never_cache
def by_link(request, token):
    """The same vote page for whoever holds the personal link; opening it changes nothing."""
    entry = _entry_of(token)
    if not queries.is_taking_votes(entry.ballot, request.at):
        if entry.ballot.state == "declared" and entry.ballot.lab.is_public:
            return redirect(queries.address(entry.ballot))
        return _wait(request, entry.ballot, entry, status=GONE)
    return vote_page(request, entry, ways.by_link(token))


@never_cache
def confirm(request):
    ballot = request.subject
    return confirm_page(request, queries.entry_of(ballot, request.user), ways.signed_in(ballot))


@never_cache
def confirm_by_link(request, token):
    return confirm_page(request, _entry_of(token), ways.by_link(token))


@never_cache
def done(request):
    ballot = request.subject
    return receipt_page(request, queries.entry_of(ballot, request.user), ways.signed_in(ballot))


@never_cache
def done_by_link(request, token):
    return receipt_page(request, _entry_of(token), ways.by_link(token))


@never_cache
def my_votes(request):
    return render(request, "ballots/my_votes.jinja", {"entries": queries.signed_in_my_name(request.user)})


def may_i_vote(request):
    """Her own answer, for anybody signed in who sees the vote."""
    ballot = request.subject
    shown = {
        "lab": ballot.lab,
        "ballot": ballot,
        "standing": queries.standing(ballot, request.user),
        "takes_votes": queries.is_taking_votes(ballot, request.at),
    }
    return render(request, "ballots/may_i_vote.jinja", shown)


def _entry_of(token):
    entry = queries.entry_by_token(token)
    if entry is None and queries.is_of_closed_account(token):
        raise AccountClosed
    if entry is None and queries.was_replaced(token):
        raise Gone(_("A newer link took its place. The newest email has the link to use."))
    if entry is None and queries.was_taken_off(token):
        raise Gone(
            _(
                "You were taken off the list of voters of this vote, before anyone had voted. "
                "If you were on it twice, use the link in the other email. If this is a mistake, write to %(contact)s."
            )
            % {"contact": settings.CONTACT_EMAIL}
        )
    if entry is None:
        raise Http404(_("This link does not open a vote. Check that you copied all of it from the email."))
    return entry


def _standing(request, ballot, entry):
    """Why somebody signed in is not on the roll of an opened vote, or None."""
    asks = request.user.is_authenticated and entry is None and ballot.state != "draft"
    return queries.standing(ballot, request.user) if asks else None


def _wait(request, ballot, entry, *, status=200):
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "entry": entry,
        "options": queries.options(ballot),
        "early": queries.early_end_of(ballot),
        "extensions": queries.extensions_of(ballot),
        "run_off": queries.why_run_off(ballot),
        "to_agree": to_agree(request, [ballot]),
        "after": queries.asked_again(ballot),
        "standing": _standing(request, ballot, entry),
        "is_taking_votes": queries.is_taking_votes(ballot, request.at),
    }
    return render(request, "ballots/wait.jinja", shown, status=status)
