"""What a lead does: set a device up, close it, print cards. Nobody's vote can be seen from here."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.core.mail import absolute
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import asked, paginate
from qlabs.choose.ballots.queries import roll_of

from .. import actions, queries
from ..forms import CardsForm, StationForm
from .device import address

CARDS_A_PAGE = 50


def index(request):
    ballot = request.subject
    form = StationForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.set_up(ballot=ballot, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The voting station is set up. Open its link on the device in the room."))
        return redirect("stations:index", ballot.lab.slug, ballot.pk)
    stations = queries.stations_of(ballot)
    for station in stations:
        station.ballot = ballot
        station.is_open = queries.takes_votes(station, request.at)
        station.link = absolute(address(station))
    orders = queries.orders_waiting(ballot, request.at)
    for order in orders:
        order.link = absolute(reverse("stations:print_cards", args=[ballot.lab.slug, order.pk]))
    shown = {"lab": ballot.lab, "ballot": ballot, "form": form, "stations": stations, "orders": orders}
    return render(request, "stations/index.jinja", shown)


def close(request):
    station = actions.close(station=request.subject, by=request.user, at=request.at)
    messages.success(request, _("The voting station is closed. Its link opens nothing any more."))
    return redirect("stations:index", station.lab.slug, station.ballot_id)


@never_cache
def cards(request):
    """Choose people on the roll; the answer to few is the page to print, as codes are kept nowhere."""
    station, ballot = request.subject, request.subject.ballot
    page = paginate(roll_of(ballot, search=asked(request, "q")), request, size=CARDS_A_PAGE)
    form = CardsForm(posted(request), entries=page.object_list)
    shown = {"lab": ballot.lab, "ballot": ballot, "station": station, "page": page, "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "stations/choose_cards.jinja", shown)
    order = actions.ask_for_cards(
        station=station, pks=form.cleaned_data["people"], by=request.user, at=request.at
    )
    if order.printed_at:
        return _to_print(request, order)
    messages.success(request, _("The cards are asked for. Somebody else on the team has to print them."))
    return redirect("stations:index", ballot.lab.slug, ballot.pk)


@never_cache
def print_cards(request):
    """The page of the second member of the team, who sees for whom the cards are before printing them."""
    order = request.subject
    if request.method == "POST":
        return _to_print(request, actions.print_cards(order=order, by=request.user, at=request.at))
    shown = {
        "lab": order.lab,
        "ballot": order.ballot,
        "order": order,
        "waits": queries.waits(order, request.at),
        "names": queries.names_on(order),
    }
    return render(request, "stations/print_cards.jinja", shown)


def _to_print(request, order):
    station, ballot = order.station, order.ballot
    station.link = absolute(address(station))
    printed = queries.cards(ballot, order.places)
    shown = {"lab": ballot.lab, "ballot": ballot, "station": station, "cards": printed}
    return render(request, "stations/cards.jinja", shown)
