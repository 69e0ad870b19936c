"""Words that people typed, their addresses and their secret links never reach a log."""

import io
import logging

import pytest
from django.urls import reverse

from qlabs.base.core.logs import Line
from qlabs.base.core.routes import page
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.config import urls

CANARY = "canary7q"
pytestmark = [pytest.mark.django_db, pytest.mark.urls("journeys.test_canaries")]


def broken(request):
    raise ValueError(f"{CANARY} {request.GET} {request.POST}")


urlpatterns = [*urls.urlpatterns, page("broken/", broken, "hub.page", name="broken")]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)


@pytest.fixture
def log():
    """All that any logger hands to our formatter while a test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line())
    named = [logging.getLogger(name) for name in ("", "django", "django.request", "django.security", "qlabs")]
    for logger in named:
        logger.addHandler(handler)
    yield written
    for logger in named:
        logger.removeHandler(handler)


def test_no_log_line_holds_what_was_typed(client, client_as, log):
    client.raise_request_exception = False
    member = PersonFactory(member=True, email=f"{CANARY}@example.org", name=CANARY)
    typed = {
        name: CANARY for name in ("email", "login", "code", "title", "summary", "text", "reason", "name")
    }
    asked = [
        ("get", f"/{CANARY}/"),
        ("get", f"/labs/{CANARY}/"),
        ("get", f"/vote/{CANARY}/"),
        ("get", f"/join/{CANARY}/"),
        ("get", f"/labs/?q={CANARY}"),
        ("post", f"/vote/{CANARY}/sign/"),
        ("post", "/box/1/"),
        ("post", reverse("account_login")),
        ("get", f"/broken/?q={CANARY}"),
        ("post", "/broken/"),
    ]
    headers = {"user-agent": CANARY, "referer": f"https://{CANARY}.example/", "cookie": f"a={CANARY}"}
    for one in (client, client_as(member)):
        statuses = [
            getattr(one, method)(address, typed, headers=headers).status_code for method, address in asked
        ]
        assert statuses.count(500) == 2
    strict = client.__class__(enforce_csrf_checks=True)
    assert strict.post(f"/vote/{CANARY}/sign/", typed, headers=headers).status_code == 403
    lines = log.getvalue()
    assert "error in" in lines
    assert [line for line in lines.splitlines() if CANARY in line] == []
