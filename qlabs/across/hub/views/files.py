from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qlabs.across.hub import queries
from qlabs.base.lab import access

PRIVATE = ("/account/", "/box/", "/join/", "/operator/", "/people/", "/vote/", "/waiting/")
VALID_FOR = timedelta(days=180)


@never_cache
@require_safe
def health(request):
    """Whether the database answers and the tasks run; a database that is down answers 503 by itself."""
    access.allow(request, "hub.health")
    stuck = queries.are_stuck(request.at)
    facts = {"database": "ok", "tasks": "stuck" if stuck else "ok"}
    return JsonResponse(facts, status=503 if stuck else 200)


@require_safe
def robots(request):
    access.allow(request, "hub.page")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    return _plain(lines)


@require_safe
def security(request):
    """RFC 9116: where to report a weakness."""
    access.allow(request, "hub.page")
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
