"""The vote page, the confirmation without scripts and the receipt, the same for every way to vote.

Nothing that was chosen or typed is ever shown as the answer to a form that was sent, or stands in a page's hidden
fields: the back button would bring it back. It waits in a note (see notes.py) and is shown by the next page.
"""

import json

from django.shortcuts import redirect, render

from qlabs.base.lab import access

from .. import actions, links, notes, queries
from ..errors import VoteRefused
from ..forms import VoteForm
from .team import to_agree
from .words import script_words

TYPED = ("choice", "reason", "code")
LONGEST = 4_000


def vote_page(request, entry, way):
    if request.method == "POST":
        return _choose(request, entry, way)
    tag = links.tag(entry, entry.ballot)
    notes.forget_others(request, tag)
    note = notes.read(request, tag)
    options = queries.options_for(entry.ballot, entry)
    form = _form(entry, options, note.get("typed"), note.get("problem"))
    if "typed" in note:  # shown once
        notes.drop(request)
    return render(request, "ballots/vote.jinja", _shown(request, entry, way, form, options, tag))


def confirm_page(request, entry, way):
    """The choice of somebody without scripts once more, and one button."""
    tag = links.tag(entry, entry.ballot)
    note = notes.read(request, tag)
    options = queries.options_for(entry.ballot, entry)
    form = _form(entry, options, note.get("chosen"))
    is_open = queries.is_taking_votes(entry.ballot, request.at)
    if not is_open or not form.is_valid():  # or it was cast already, or she waited too long
        return redirect(way.done if "receipt" in note else way.page)
    if request.method == "POST":
        return _cast(request, entry, way, form, note)
    shown = {"ballot": entry.ballot, "lab": entry.ballot.lab, "picked": form.picked(), "way": way}
    return render(request, "ballots/confirm.jinja", shown)


def receipt_page(request, entry, way):
    """The codes while the vote is open and she has voted; else what is true instead."""
    ballot, tag = entry.ballot, links.tag(entry, entry.ballot)
    if request.method == "POST":
        notes.drop(request)
        return redirect(way.done)
    is_open, has_voted = queries.is_taking_votes(ballot, request.at), entry.has_key
    note = notes.read(request, tag)
    shown = {
        "ballot": ballot,
        "lab": ballot.lab,
        "kept": note if "receipt" in note else None,
        "way": way,
        "early": queries.early_end_of(ballot),
        "extensions": queries.extensions_of(ballot),
        "is_open": is_open,
        "has_voted": has_voted,
        "tag": tag,
        "ends_in": queries.ends_in(ballot, request.at),
        "sees_result": access.may(request, "ballots.result", ballot),
    }
    page = "receipt" if is_open and has_voted else "no_receipt"
    return render(request, f"ballots/{page}.jinja", shown)


def _form(entry, options, typed=None, problem=None):
    ballot = entry.ballot
    return VoteForm(
        typed, options=options, prompt=ballot.reason_prompt, has_voted=entry.has_key, problem=problem
    )


def _shown(request, entry, way, form, options, tag):
    ballot = entry.ballot
    own_keys, other_keys = queries.keys_for(ballot, entry)
    return {
        "ballot": ballot,
        "lab": ballot.lab,
        "form": form,
        "options": options,
        "early": queries.early_end_of(ballot),
        "extensions": queries.extensions_of(ballot),
        "run_off": queries.why_run_off(ballot),
        "to_agree": to_agree(request, [ballot]),
        "has_voted": entry.has_key,
        "way": way,
        "voter": request.user if way.kind == "signed_in" else entry.person,
        "tag": tag,
        "ends_in": queries.ends_in(ballot, request.at),
        "kept": None,
        "words": json.dumps(script_words()),
        "scopes": json.dumps(own_keys),
        "other_keys": json.dumps(other_keys),
    }


def _choose(request, entry, way):
    """A valid choice goes on to the confirmation, another back to the page; both take what was typed along."""
    typed = {name: request.POST[name][:LONGEST] for name in TYPED if name in request.POST}
    form = _form(entry, queries.options_for(entry.ballot, entry), typed)
    tag = links.tag(entry, entry.ballot)
    if not form.is_valid():
        return notes.write(request, redirect(way.page), about=tag, typed=typed)
    seed = typed.get("code", "").strip() or queries.fresh_code()
    return notes.write(request, redirect(way.confirm), about=tag, chosen=typed, seed=seed)


def _cast(request, entry, way, form, note):
    """The voter's part done for her, since her browser runs no scripts."""
    chosen = {name: form.cleaned_data[name] for name in ("choice", "reason")}
    try:
        kept = actions.vote_for(entry=entry, seed=queries.seed_of(note["seed"]), at=request.at, **chosen)
    except VoteRefused as problem:
        field = "code" if problem.error in ("other-key", "key-of-another") else None
        why = {"field": field, "sentence": str(problem.sentence)}
        back = redirect(way.page)
        return notes.write(request, back, about=note["about"], typed=note["chosen"], problem=why)
    codes = {"receipt": kept.receipt, "change_code": kept.change_code}
    return notes.write(request, redirect(way.done), about=note["about"], **codes)
