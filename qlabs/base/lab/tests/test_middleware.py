"""What a route that asks nothing, or the wrong thing, gets."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, include, path

from qlabs.base.core.routes import LAB, page
from qlabs.base.lab import access
from qlabs.base.lab.models import Lab
from qlabs.base.ui import views

from .factories import LabFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("qlabs.base.lab.tests.test_middleware")]
called = []


def forgets(request, slug):
    """A view that writes before it asks, and never asks."""
    called.append(slug)
    Lab.objects.filter(slug=slug).update(title="Written by a stranger")
    return HttpResponse("done")


def tells(request, **address):
    return HttpResponse(f"{request.subject} {address}")


urlpatterns = [
    path("forgotten/<slug:slug>/", forgets, name="forgotten"),
    page(f"{LAB}told/<slug:word>/", tells, "hub.see_lab", name="told"),
    path("", include("qlabs.config.urls")),
]
handler403, handler404, handler500 = views.handler403, views.handler404, views.handler500


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_route_that_asks_nothing_is_closed_and_its_view_never_runs(client, method):
    lab = LabFactory(public=True, title="As it was")
    called.clear()
    assert getattr(client, method)(f"/forgotten/{lab.slug}/").status_code == 403
    lab.refresh_from_db()
    assert (lab.title, called) == ("As it was", [])


def test_the_view_is_handed_what_the_permission_concerns_and_the_rest_of_the_address(client):
    lab = LabFactory(public=True)
    assert client.get(f"/labs/{lab.slug}/told/word/").content.decode() == f"{lab} {{'word': 'word'}}"
    assert client.get(f"/labs/{LabFactory().slug}/told/word/").status_code == 404


def test_a_method_that_the_route_does_not_name_is_refused_before_anybody_is_asked(client):
    answer = client.put(f"/labs/{LabFactory().slug}/told/word/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_a_database_that_cannot_be_asked_is_a_page_with_words(client, monkeypatch):
    def broken(*_asked, **_named):
        raise OperationalError

    monkeypatch.setattr(access, "allow", broken)
    answer = client.get("/labs/somewhere/told/word/")
    assert answer.status_code == 503
    assert "try again" in answer.content.decode()


def test_a_route_that_asks_what_no_rule_declares_does_not_start():
    with pytest.raises(ImproperlyConfigured, match=r"hub\.nothing"):
        page("nowhere/", tells, "hub.nothing", name="nowhere")


def test_every_route_of_ours_declares_what_it_asks():
    found = list(_routes(get_resolver("qlabs.config.urls").url_patterns))
    assert [route.name for route in found if not hasattr(route.callback, "door")] == []
    assert len(found) > 80


def _routes(rows):
    for row in rows:
        if isinstance(row, URLPattern):
            yield row
        else:
            yield from _routes(row.url_patterns)
