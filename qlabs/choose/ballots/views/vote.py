"""The vote page, the receipt, and what a person sees of her own votes."""

import json

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.core.errors import Gone
from qlabs.base.lab import access
from qlabs.base.ui.forms import posted

from .. import actions, links, queries
from ..errors import VoteRefused
from ..forms import VoteForm
from .result import result
from .words import script_words

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
    here = [ballot.lab.slug, ballot.pk]
    return _vote(
        request,
        entry,
        sign=reverse("ballots:sign", args=here),
        done=reverse("ballots:done", args=here),
    )


@never_cache
def by_link(request, token):
    """The same vote page for whoever holds the personal link; opening it changes nothing."""
    entry = _entry_of(token)
    if not queries.is_taking_votes(entry.ballot, request.at):
        if entry.ballot.state == "declared" and entry.ballot.lab.is_public:
            return redirect(queries.address(entry.ballot))
        return _wait(request, entry.ballot, entry, status=GONE)
    return _vote(
        request,
        entry,
        sign=reverse("ballots:sign_by_link", args=[token]),
        done=reverse("ballots:done_by_link", args=[token]),
    )


@never_cache
def done(request):
    ballot = request.subject
    return _receipt(request, queries.entry_of(ballot, request.user), back=queries.address(ballot))


@never_cache
def done_by_link(request, token):
    entry = _entry_of(token)
    return _receipt(request, entry, back=reverse("ballots:by_link", args=[token]))


@never_cache
def my_votes(request):
    return render(request, "ballots/my_votes.jinja", {"entries": queries.signed_in_my_name(request.user)})


def _entry_of(token):
    entry = queries.entry_by_token(token)
    if entry is None and queries.was_replaced(token):
        raise Gone(
            _("A newer link took its place, or the account was closed. The newest email has the link to use.")
        )
    if entry is None:
        raise Http404(_("This link does not open a vote. Check that you copied all of it from the letter."))
    return entry


def _vote(request, entry, *, sign, done):
    ballot = entry.ballot
    options = queries.options_for(ballot, entry)
    form = VoteForm(posted(request), options=options, prompt=ballot.reason_prompt)
    own_keys, other_keys = queries.keys_for(ballot, entry)
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "form": form,
        "options": options,
        "has_voted": entry.blinded_hash != "",
        "by_link": "token" in request.resolver_match.kwargs,
        "tag": links.tag(entry, ballot),
        "ends_in": queries.ends_in(ballot, request.at),
        "sign_url": sign,
        "done_url": done,
        "words": json.dumps(script_words()),
        "scopes": json.dumps(own_keys),
        "other_keys": json.dumps(other_keys),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "ballots/vote.jinja", shown)
    if "cast" not in request.POST:
        return render(request, "ballots/confirm.jinja", shown | {"picked": form.picked()})
    return _cast_here(request, entry, form, shown)


def _cast_here(request, entry, form, shown):
    """The voter's part done for her, since her browser runs no scripts."""
    chosen = {name: form.cleaned_data[name] for name in ("seed", "choice", "reason")}
    try:
        kept = actions.vote_for(entry=entry, at=request.at, **chosen)
    except VoteRefused as problem:
        form.add_error("code" if problem.error == "other-key" else None, str(problem.sentence))
        return render(request, "ballots/vote.jinja", shown, status=problem.status)
    return _receipt(request, entry, back=request.path, kept=kept)


def _receipt(request, entry, *, back, kept=None):
    """The codes while the vote is open and she has voted; else what is true instead."""
    ballot = entry.ballot
    is_open, has_voted = queries.is_taking_votes(ballot, request.at), entry.blinded_hash != ""
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "kept": kept,
        "back": back,
        "is_open": is_open,
        "has_voted": has_voted,
        "tag": links.tag(entry, ballot),
        "ends_in": queries.ends_in(ballot, request.at),
        "sees_result": access.may(request, "ballots.result", ballot),
    }
    page = "receipt" if kept or (is_open and has_voted) else "no_receipt"
    return render(request, f"ballots/{page}.jinja", shown)


def _wait(request, ballot, entry, *, status=200):
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "entry": entry,
        "options": queries.options(ballot),
        "is_taking_votes": queries.is_taking_votes(ballot, request.at),
    }
    return render(request, "ballots/wait.jinja", shown, status=status)
