from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qlabs.across.hub import queries

PRIVATE = ("/account/", "/box/", "/join/", "/operator/", "/people/", "/vote/", "/waiting/")
VALID_FOR = timedelta(days=180)


@never_cache
def health(request):
    """Whether the database answers and the tasks run; a database that is down answers 503 by itself."""
    stuck = queries.are_stuck(request.at)
    facts = {"database": "ok", "tasks": "stuck" if stuck else "ok"}
    return JsonResponse(facts, status=503 if stuck else 200)


def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    return _plain(lines)


def security(request):
    """RFC 9116: where to report a weakness."""
    expires = (request.at + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('hub:security')}",
    ]
    return _plain(lines)


def _plain(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
