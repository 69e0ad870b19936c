"""Asking once more: a run-off between options that tied, or the same question after a vote without a result."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict

from .. import queries, settled
from ..models import Ballot, State, TieRule
from .drafts import create_ballot


@transaction.atomic
def create_run_off(*, ballot, closes_at, by, at):
    """A draft of a second vote between the options that tied."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    tied = ballot.result["tied"] if ballot.state == State.DECLARED else []
    if ballot.tie_rule != TieRule.RUN_OFF or not tied or Ballot.objects.filter(run_off_of=ballot).exists():
        raise Conflict(_("There is no tie to decide here, or the second vote has been prepared already."))
    again = [option for option in queries.options(ballot) if option.public_id in tied]
    other = {"tie_rule": TieRule.LOT, "question": _as_run_off(ballot.question)}
    return _draft(ballot, again, {"run_off_of": ballot}, closes_at=closes_at, by=by, at=at, **other)


@transaction.atomic
def ask_again(*, ballot, closes_at, by, at):
    """A draft of the same question and options, after a vote that ended without a result."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if ballot.state != State.VOID or Ballot.objects.filter(again_of=ballot).exists():
        raise Conflict(_("This vote has a result, or it is being asked again already."))
    repeats = {"again_of": ballot}
    return _draft(ballot, queries.options(ballot), repeats, closes_at=closes_at, by=by, at=at)


def _as_run_off(question):
    """The question of the run-off, so that its page, its emails and lists say what it is."""
    longest = Ballot._meta.get_field("question").max_length
    return (_("Run-off: %(question)s") % {"question": question})[:longest]


def _draft(ballot, options, repeats, *, closes_at, by, at, **other):
    same = {name: getattr(ballot, name) for name in settled.names(settled.Goes.COPY)}
    return create_ballot(
        lab=ballot.lab,
        closes_at=closes_at,
        themes=[option.theme for option in options if option.theme],
        options=[(option.title, option.summary) for option in options if not option.theme],
        repeats=repeats,
        by=by,
        at=at,
        **same | other,
    )
