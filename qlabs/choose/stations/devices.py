"""Which device is the one of a station, so that nobody elsewhere can use up its tries at codes.

A signed cookie names it by random signs. It is set where the team opens the station's page, and where a right code was
typed, and says nothing of who votes.
"""

import secrets

from django.conf import settings
from django.core import signing

from qlabs.base.people import throttle

COOKIE = "station_device"
SALT = "qlabs.stations.device"


def known(request, station):
    """What names this device, or "" for one that we do not know at this station."""
    try:
        number, name = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return ""
    return name if number == station.pk else ""


def remember(request, response, station, *, path):
    """Count this device by itself from now on; only so many in one place."""
    if known(request, station) or not throttle.may_make_known(request, "personal_code", whom=whom(station)):
        return response
    response.set_cookie(
        COOKIE,
        signing.dumps([station.pk, secrets.token_urlsafe(12)], salt=SALT),
        expires=station.until,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
        path=path,
    )
    return response


def may_try(request, station, *, counts):
    """Whether a code may be tried here now; only a wrong one is counted."""
    device = known(request, station)
    return throttle.may_guess(
        request, "personal_code", whom=whom(station), browser=device and f"station {device}", counts=counts
    )


def whom(station):
    return f"vote {station.ballot.code}"
