"""People with browsers: each has a context of her own; every page is watched for requests off-host."""

import re

from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible, requests_off_host

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATIENCE = 60_000


class Visitors:
    """Opens browsers for people on one size of screen, and closes them all at the end."""

    def __init__(self, browser, live_server, postbox, *, size=DESKTOP):
        self.browser, self.site, self.postbox, self.size = browser, live_server.url, postbox, size
        self.contexts, self.strange = [], []

    def open(self, person=None, **wishes):
        """A page in a browser that nobody has used, signed in as somebody."""
        context = self.browser.new_context(viewport=self.size, accept_downloads=True, **wishes)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([{"name": "sessionid", "value": session(person), "url": self.site}])
        return self.another(context)

    def another(self, context):
        """One more page in the same browser."""
        page = context.new_page()
        self.strange.append(requests_off_host(page))
        return page

    def go(self, page, path):
        page.goto(path if path.startswith("http") else self.site + path)
        return page

    def code_to(self, email):
        """The code in the newest letter to an address."""
        work()
        return re.search(r"^ {4}(\S+)\s*$", self.newest(email).get_content(), re.M).group(1)

    def newest(self, email):
        return self.postbox.to(email)[-1]

    def link_in(self, email, part):
        """The address in the newest letter that holds `part`."""
        return re.search(rf"https?://\S+/{part}/\S+", self.newest(email).get_content()).group(0)

    def close(self):
        for context in self.contexts:
            context.close()

    def requests_off_host(self):
        return [url for seen in self.strange for url in seen]


def session(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.cookies["sessionid"].value


def work():
    """Let the worker do all that waits; nothing may fail."""
    while DBTaskResult.objects.filter(status="READY").exists():
        call_command("work", "--once")
    assert list(DBTaskResult.objects.filter(status="FAILED").values_list("task_path", "traceback")) == []


def sees(page, heading):
    """The page has come, its first heading says so, and axe finds nothing on it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE)
    expect_accessible(page)


def press(page, name, role="button"):
    page.get_by_role(role, name=name, exact=True).click()


def says(page, words, role="alert"):
    expect(page.get_by_role(role).filter(has_text=words).first).to_be_visible(timeout=PATIENCE)
