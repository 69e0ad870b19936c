"""What every test may ask for: sign-in, a page as somebody, a movable clock, and the database's name in the header."""

import os
import random
import shutil
import socket
from datetime import datetime
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
LONDON = ZoneInfo("Europe/London")
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
expect.set_options(timeout=15_000)  # a busy machine draws a page slowly
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_report_header():
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[1]}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Long tests first, so that no worker is left with one when the others have nothing more to do."""
    items.sort(key=lambda item: not {"slow", "xdist_group"} & {mark.name for mark in item.iter_markers()})


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which(os.environ.get("CHROMIUM", "chromium")),
        "args": CHROMIUM_FLAGS,
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """A test with real transactions empties every table: ballots first, or their guards refuse to let options go."""
    from django.db import connection

    operations = type(connection.ops)  # not those of this connection alone: a test may open another
    emptying = operations.sql_flush
    operations.sql_flush = lambda *args, **kwargs: sorted(
        emptying(*args, **kwargs), key=lambda statement: "ballots_ballot" not in statement
    )


@pytest.fixture
def clock():
    """A clock that stands at noon on 1 February 2017 in London and moves when told: clock.move_to(datetime)."""
    with time_machine.travel(datetime(2017, 2, 1, 12, tzinfo=LONDON), tick=False) as traveller:
        yield traveller


@pytest.fixture
def client_as(client):
    """A test client signed in as a person."""

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def page_as(page, live_server, client_as, settings):
    """A real browser page, signed in as a person, at a path."""

    def open_page(person, path):
        if person is not None:
            cookie = client_as(person).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        page.goto(live_server.url + path)
        return page

    return open_page


class Postbox:
    """What a real SMTP server received, oldest first; `refuse_next` letters are turned away."""

    def __init__(self):
        self.letters = []
        self.refuse_next = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server's own name
        if self.refuse_next:
            self.refuse_next -= 1
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 taken"

    def to(self, address):
        return [letter for letter in self.letters if letter["X-Envelope-To"] == address]


@pytest.fixture
def postbox(settings):
    """A real SMTP server on loopback that the product sends its mail to."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


def _free_port():
    """A free port below the range from which the kernel takes client ports."""
    for port in random.sample(range(20000, 30000), 200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port on loopback")
