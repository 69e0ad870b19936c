"""Request middleware as functions: the moment of arrival, addresses that see no cookie, and addresses copied badly."""

import re

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri

COOKIELESS = "/box/"
STRAY = re.compile(r"""[\s/.,;:!?…()\[\]{}<>'"‘’“”«»*|\\]+$""")
HEALTH = "/healthz"


def arrival(get_response):
    """Give each request its moment, `request.at`: nothing below a view asks the clock."""

    def middleware(request):
        request.at = timezone.now()
        return get_response(request)

    return middleware


def without_strays(get_response):
    """An address copied with a dot, bracket, quote or space of the sentence around it leads to the page it meant."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        meant = _meant(request.path)
        return response if meant == request.path else HttpResponseRedirect(iri_to_uri(meant))

    return middleware


def health_by_number(get_response):
    """Whoever watches over the machine asks for its health by number, which is no host that people type."""

    def middleware(request):
        if request.path_info == HEALTH:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
        return get_response(request)

    return middleware


def _meant(path):
    """The path without what hangs at its end; of our own site, whatever it began with."""
    plain = STRAY.sub("", path)
    if plain == path.rstrip("/"):
        return path
    end = "" if "." in plain.rpartition("/")[2] else "/"
    return f"/{plain.lstrip('/')}{end}" if plain else "/"


def without_cookies(get_response):
    """The ballot box neither reads nor sets a cookie, so that a ballot meets no session."""

    def middleware(request):
        if not request.path_info.startswith(COOKIELESS):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.cookies.clear()
        return response

    return middleware
