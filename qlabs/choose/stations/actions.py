"""Every write to voting stations."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events, tasks
from qlabs.base.core.errors import Conflict
from qlabs.choose.ballots import queries as ballots
from qlabs.choose.ballots.models import Ballot

from . import letters, queries
from .models import MOST_ALONE, CardOrder, Station


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
def ask_for_cards(*, station, pks, by, at):
    """An order of cards: printed at once if few, else it waits for a second member of the team."""
    Ballot.objects.select_for_update().get(pk=station.ballot_id)  # two orders at once are counted together
    _refuse_unless_taking(station, at)
    order = CardOrder.objects.create(
        station=station, places=sorted(set(pks)), cards=len(set(pks)), asked_by=by, asked_at=at
    )
    if queries.printed_alone(station.ballot, at) + order.cards <= MOST_ALONE:
        return _printed(order, by, at)
    _record(order, "stations.cards_asked", by, at)
    return order


@transaction.atomic
def print_cards(*, order, by, at):
    """A second member of the team prints what the first asked for."""
    order = CardOrder.objects.select_for_update().get(pk=order.pk)
    if by == order.asked_by:
        raise Conflict(
            _("You asked for these cards yourself, so somebody else on the team has to print them.")
        )
    _refuse_unless_taking(order.station, at)
    if not queries.waits(order, at):
        raise Conflict(_("These cards were printed already, or asked for more than a day ago."))
    return _printed(order, by, at)


def _printed(order, by, at):
    """Marked as printed; each person is told by email at once."""
    order.printed_by, order.printed_at = by, at
    order.save(update_fields=["printed_by", "printed_at"])
    _record(order, "stations.cards_printed", by, at)
    tasks.later(letters.tell_of_cards, order.places, order.asked_by_id, by.pk)
    return order


def _record(order, what, by, at):
    events.record(
        order.lab,
        by=by,
        what=what,
        on=order.station,
        at=at,
        ballot=order.ballot.pk,
        cards=order.cards,
        for_people=queries.people_on(order),
    )


def _refuse_unless_taking(station, at):
    if not queries.takes_votes(station, at):
        raise Conflict(_("This voting station is closed, so a card for it would be of no use."))


def _refuse_unless_open(ballot, at):
    if not ballots.is_taking_votes(ballot, at):
        raise Conflict(_("This vote is not open, so nobody can vote at a station."))
