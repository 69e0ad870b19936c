"""The pages on the shared device. Who stands at it is kept for some minutes in a note that only its cookie opens."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.lab import access
from qlabs.choose.ballots import notes
from qlabs.choose.ballots.errors import NotOnTheRoll
from qlabs.choose.ballots.views import pages
from qlabs.choose.ballots.views.box import answers_json, signed_for
from qlabs.choose.ballots.views.ways import Way

from .. import devices, links, queries
from ..forms import CodeForm

COOKIE = "station_note"
TIME_TO_VOTE = 30 * 60
GONE = 410


def address(station, name="start"):
    return reverse(f"stations:{name}", args=[links.token(station)])


def at_station(view):
    """Hand the view the station; where it takes no votes, say so instead."""

    @never_cache
    @wraps(view)
    def answer(request, token):
        station = queries.station_by_token(token)
        if station is None:
            raise Http404(_("This link does not open a voting station. Check that you typed all of it."))
        if not queries.takes_votes(station, request.at):
            _leave(request)
            shown = {"station": station, "ballot": station.ballot}
            return render(request, "stations/over.jinja", shown, status=GONE)
        return view(request, station)

    return answer


def with_voter(view):
    """Hand the view whoever typed her code here lately; else go back to the start."""

    @at_station
    @wraps(view)
    def answer(request, station):
        entry = _voter(request, station)
        if entry:
            return view(request, station, entry)
        came_in = "entry" in _note(request, station)
        return _old_code(request, station) if came_in else redirect(address(station))

    return answer


@at_station
def start(request, station):
    """Whoever opens this page is a new voter: all of the one before is gone."""
    if request.method == "POST":
        return _come_in(request, station)
    problem = _note(request, station).get("problem", "")
    _leave(request)
    shown = {
        "station": station,
        "ballot": station.ballot,
        "form": CodeForm(problem=problem),
        "here": address(station),
    }
    page = render(request, "stations/start.jinja", shown)
    if access.may(request, "stations.manage", station):
        devices.remember(request, page, station, path=address(station))
    return page


@with_voter
def vote(request, station, entry):
    way = _way(station)
    if request.method == "GET" and entry.has_key and "change" not in request.GET:
        shown = {"station": station, "ballot": station.ballot, "way": way}
        return render(request, "stations/voted.jinja", shown)
    return pages.vote_page(request, entry, way)


@answers_json
def sign(request, token):
    station = queries.station_by_token(token)
    entry = _voter(request, station) if station and queries.takes_votes(station, request.at) else None
    if entry is None:
        raise NotOnTheRoll
    return signed_for(request, entry)


@with_voter
def confirm(request, station, entry):
    return pages.confirm_page(request, entry, _way(station))


@with_voter
def receipt(request, station, entry):
    return pages.receipt_page(request, entry, _way(station))


@with_voter
def still_there(request, station, entry):
    """Without scripts: asked after a minute, and gone back to the start if nobody answers."""
    shown = {"station": station, "ballot": station.ballot, "way": _way(station), "start": address(station)}
    return render(request, "stations/still_there.jinja", shown)


@at_station
def finish(request, station):
    _leave(request)
    return redirect(address(station))


def _come_in(request, station):
    typed = request.POST.get("code", "")[:60]
    if not devices.may_try(request, station, counts=False):
        return _say(request, station, _("Too many codes were tried here. Wait 5 minutes, then try again."))
    if not typed.strip():
        return _say(request, station, _("Enter your personal code"))
    entry = queries.entry_by_code(station.ballot, typed)
    if entry is None:
        devices.may_try(request, station, counts=True)
        return _say(request, station, _why_not(station.ballot, typed))
    return _let_in(request, station, entry)


def _let_in(request, station, entry):
    notes.drop(request)
    back = redirect(address(station, "vote"))
    who = {"entry": entry.pk, "link_number": entry.person.link_number}
    notes.write(request, back, about=_about(station), cookie=COOKIE, seconds=TIME_TO_VOTE, **who)
    return devices.remember(request, back, station, path=address(station))


def _why_not(ballot, typed):
    if queries.was_taken_off(ballot, typed):
        return _("This code belongs to somebody who was taken off the list of voters. Our email says why")
    return _("Check your code: it does not open this vote")


def _say(request, station, problem):
    return notes.write(
        request, redirect(address(station)), about=_about(station), cookie=COOKIE, problem=str(problem)
    )


def _leave(request):
    notes.drop(request, cookie=COOKIE)
    notes.drop(request)


def _voter(request, station):
    """Who typed her code here, as long as it is still hers."""
    kept = _note(request, station)
    entry = queries.entry_at(station, kept["entry"]) if "entry" in kept else None
    return entry if entry and entry.person.link_number == kept.get("link_number") else None


def _old_code(request, station):
    _leave(request)
    shown = {"station": station, "ballot": station.ballot, "start": address(station)}
    return render(request, "stations/old_code.jinja", shown, status=GONE)


def _note(request, station):
    return notes.read(request, _about(station), cookie=COOKIE)


def _about(station):
    return f"station {station.pk}"


def _way(station):
    names = ("vote", "sign", "confirm", "receipt")
    return Way(
        *(address(station, name) for name in names),
        kind="station",
        layout="stations/layout.jinja",
        finish=address(station, "finish"),
        still_there=address(station, "still_there"),
    )
