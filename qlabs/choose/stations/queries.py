"""Every read of voting stations. Nothing here tells who has voted."""

from datetime import timedelta

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from qlabs.base.lab.models import TEAM_ROLES, Membership
from qlabs.base.lab.waiting import Waiting
from qlabs.choose.ballots import links as codes
from qlabs.choose.ballots import queries as ballots
from qlabs.choose.ballots.models import RollEntry

from . import links
from .models import CardOrder, Station

A_DAY = timedelta(days=1)


def stations_of(ballot):
    """The stations of a ballot, newest first, each with its `token`."""
    stations = list(Station.objects.filter(ballot=ballot).select_related("by"))
    for station in stations:
        station.token = links.token(station)
    return stations


def station_by_token(token):
    """The station that a link is of, open or not, or None."""
    number = links.number(token)
    rows = Station.objects.select_related("ballot__lab")
    station = rows.filter(pk=number).first() if number is not None else None
    return station if station and links.is_genuine(token, station) else None


def takes_votes(station, at):
    """Whether somebody may vote at this station now."""
    return station.closed_at is None and at < station.until and ballots.is_taking_votes(station.ballot, at)


def entry_by_code(ballot, typed):
    """The place on the roll that a personal code stands for, however it was typed, or None."""
    code = ballots.as_we_write_it(typed)
    if not codes.is_station_code(code):
        return None
    rows = RollEntry.objects.filter(ballot=ballot, person__is_active=True).select_related("person")
    found = rows.filter(voter_id__startswith=codes.voter_id_start(code))
    return _of(ballot, next((row for row in found if codes.is_code_of(code, row, ballot)), None))


def was_taken_off(ballot, typed):
    """Whether a personal code was that of somebody who was taken off the roll."""
    code = ballots.as_we_write_it(typed)
    return codes.is_station_code(code) and ballots.was_code_of_taken_off(ballot, code)


def entry_at(station, pk):
    """The place on the roll of whoever stands at a station, or None."""
    rows = RollEntry.objects.filter(ballot=station.ballot, person__is_active=True).select_related("person")
    return _of(station.ballot, rows.filter(pk=pk).first())


def cards(ballot, pks):
    """[(name, code)] of people on the roll, by name. Whether they have voted is not looked at."""
    rows = (
        RollEntry.objects.filter(ballot=ballot, pk__in=pks)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    return [(row.person.name or row.person.email, codes.station_code(row, ballot)) for row in rows]


def printed_alone(ballot, at):
    """How many cards for this vote were printed within a day by whoever asked for them."""
    alone = CardOrder.objects.filter(
        station__ballot=ballot, printed_by=F("asked_by"), printed_at__gt=at - A_DAY
    )
    return alone.aggregate(cards=Sum("cards"))["cards"] or 0


def orders_waiting(ballot, at):
    """Cards for this vote that a second member of the team may still print, oldest first."""
    rows = CardOrder.objects.filter(station__ballot=ballot).select_related("asked_by", "station__ballot")
    return [order for order in rows.filter(printed_at=None) if waits(order, at)]


def waiting(person, at, lab=None):
    """Cards that somebody else asked for and this person, being on the team, may print; in one lab or in all."""
    teams = Membership.objects.filter(person=person, role__in=TEAM_ROLES, lab__archived_at=None).values("lab")
    rows = CardOrder.objects.filter(station__ballot__lab__in=teams, printed_at=None, asked_at__gt=at - A_DAY)
    rows = rows.filter(station__ballot__lab=lab) if lab is not None else rows
    for order in rows.exclude(asked_by=person).select_related("station__ballot__lab"):
        if waits(order, at):
            title = _("Print voting cards, or leave it: %(question)s") % {"question": order.ballot.question}
            url = reverse("stations:print_cards", args=[order.lab.slug, order.pk])
            yield Waiting(title, url, 5, lab=order.lab, due=order.asked_at + A_DAY)


def waits(order, at):
    """Whether the cards of an order may still be printed."""
    return order.printed_at is None and at < order.asked_at + A_DAY and takes_votes(order.station, at)


def names_on(order):
    """The names on the cards of an order, without their codes."""
    return [name for name, _code in cards(order.ballot, order.places)]


def people_on(order):
    """The people, as numbers, whose cards an order is for."""
    rows = RollEntry.objects.filter(ballot=order.ballot, pk__in=order.places)
    return sorted(rows.values_list("person_id", flat=True))


def _of(ballot, entry):
    if entry:
        entry.ballot = ballot
    return entry
