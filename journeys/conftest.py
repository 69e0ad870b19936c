"""What journeys may ask for: people with browsers of their own, on a given size of screen."""

import pytest

from journeys.visitors import DESKTOP, Visitors


@pytest.fixture
def town(browser, live_server, postbox, settings, request):
    settings.SITE_URL = live_server.url
    visitors = Visitors(browser, live_server, postbox, size=getattr(request, "param", DESKTOP))
    yield visitors
    visitors.close()
    assert visitors.requests_off_host() == []
