"""Preparing a ballot."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from labengines import voting
from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from .. import keys, settled
from ..models import Ballot, Option, State, TieRule

SEED_BYTES = 32


@transaction.atomic
def create_ballot(*, lab, question, closes_at, by, at, themes=(), options=(), repeats=None, **details):
    """A draft ballot over themes, or over options given as (title, summary).

    details: the other settings that a draft has. repeats: {"run_off_of" or "again_of": a vote before it}.
    """
    ballot = Ballot(lab=lab, question=question, closes_at=closes_at, **(repeats or {}))
    _fill(ballot, **{"breakdowns": ["nation", "perspective"], **details})
    _set_options(ballot, themes=themes, options=options)
    events.record(lab, by=by, what="ballots.created", on=ballot, at=at, question=question)
    return ballot


@transaction.atomic
def edit_ballot(*, ballot, by, at, themes=None, **details):
    """Change a draft. Nothing of it changes once it is open."""
    ballot = locked_draft(ballot)
    ballot.held_up_because = None
    _fill(ballot, **details)
    if themes is not None:
        ballot.options.all().delete()
        _set_options(ballot, themes=themes, options=())
    events.record(ballot.lab, by=by, what="ballots.edited", on=ballot, at=at)
    return ballot


@transaction.atomic
def discard_ballot(*, ballot, by, at):
    """Throw a draft away."""
    ballot = locked_draft(ballot)
    events.record(ballot.lab, by=by, what="ballots.discarded", on=ballot, at=at, question=ballot.question)
    ballot.delete()


def locked_draft(ballot):
    row = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if row.state != State.DRAFT:
        raise Conflict(_("This vote is open or over, so it can no longer be changed."))
    return row


def _fill(ballot, **details):
    if unknown := set(details) - set(settled.names(settled.Goes.DRAFT)):
        raise TypeError(f"A ballot has no {', '.join(sorted(unknown))}.")
    for name, value in details.items():
        setattr(ballot, name, value)
    if ballot.tie_rule == TieRule.LOT and not ballot.lot_sealed:
        seed = secrets.token_bytes(SEED_BYTES)
        ballot.lot_sealed, ballot.lot_commitment = keys.seal(seed.hex()), voting.commitment(seed)
    ballot.save()


def _set_options(ballot, *, themes, options):
    rows = [(theme, theme.title, theme.summary) for theme in themes]
    rows += [(None, title, summary) for title, summary in options]
    Option.objects.bulk_create(
        Option(ballot=ballot, theme=theme, title=title, summary=summary, position=place)
        for place, (theme, title, summary) in enumerate(rows, start=1)
    )
