"""What journeys may ask for: people with browsers of their own, and a small installation with a row of every kind."""

import pytest
import time_machine
from django.test import override_settings

from journeys.visitors import DESKTOP, Visitors


@pytest.fixture
def town(browser, live_server, postbox, settings, request):
    settings.SITE_URL = live_server.url
    visitors = Visitors(browser, live_server, postbox, size=getattr(request, "param", DESKTOP))
    yield visitors
    visitors.close()
    assert visitors.requests_off_host() == []


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The installation of journeys/world.py on 1 February 2017, taken back at the end of the module."""
    from journeys.world import NOW, World, undone

    media = str(tmp_path_factory.mktemp("media"))
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        override_settings(MEDIA_ROOT=media),
        undone(),
    ):
        yield World()
