"""Every write to voting stations."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.choose.ballots import queries as ballots
from qlabs.choose.ballots.models import Ballot

from . import letters, queries
from .models import Station


@transaction.atomic
def set_up(*, ballot, place, hours, by, at):
    """A station for an open vote; hours: how long its link is good, 0 for as long as the vote is open."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    _refuse_unless_open(ballot, at)
    ends = at + timedelta(seconds=ballots.ends_in(ballot, at))
    until = min(ends, at + timedelta(hours=hours)) if hours else ends
    station = Station.objects.create(ballot=ballot, place=place, until=until, by=by)
    events.record(
        ballot.lab,
        by=by,
        what="stations.set_up",
        on=station,
        at=at,
        ballot=ballot.pk,
        until=until.isoformat(),
    )
    return station


@transaction.atomic
def close(*, station, by, at):
    """Its link opens nothing any more; once closed it stays so."""
    station = Station.objects.select_for_update().select_related("ballot__lab").get(pk=station.pk)
    if station.closed_at is None:
        station.closed_at = at
        station.save(update_fields=["closed_at"])
        events.record(station.lab, by=by, what="stations.closed", on=station, at=at, ballot=station.ballot_id)
    return station


@transaction.atomic
def print_cards(*, station, pks, by, at):
    """[(name, code)] for a page to print; the log says how many and by whom, and each person is told by email."""
    if not queries.takes_votes(station, at):
        raise Conflict(_("This voting station is closed, so a card for it would be of no use."))
    cards = queries.cards(station.ballot, pks)
    events.record(
        station.lab,
        by=by,
        what="stations.cards_printed",
        on=station,
        at=at,
        ballot=station.ballot_id,
        cards=len(cards),
    )
    tasks.later(letters.tell_of_cards, sorted(pks), by.pk)
    return cards


def _refuse_unless_open(ballot, at):
    if not ballots.is_taking_votes(ballot, at):
        raise Conflict(_("This vote is not open, so nobody can vote at a station."))
