"""axe on every page type that no app's own page tests open, once, on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.role_matrix import expected
from journeys.visitors import PHONE
from journeys.world import World

SEEN_BY_THE_APPS = {
    "hub:home", "hub:lab", "hub:labs", "hub:page", "hub:tasks", "hub:waiting", "ui:gallery", "account_login",
    "lab:archive", "lab:funding", "lab:gate", "lab:log", "lab:new", "lab:settings", "lab:stage", "lab:stages",
    "lab:team", "lab:invitations", "lab:invite_list",
    "people:import", "people:invitations", "people:members", "people:preview", "people:profile", "people:security",
    "story:index", "story:embed", "story:write", "themes:index", "themes:propose", "themes:theme",
    "themes:hide-comment",
    "ballots:status", "ballots:roll", "ballots:close", "ballots:receipts",
}  # fmt: skip
NO_PAGES = {
    "hub:health",
    "hub:robots",
    "hub:security",
    "story:feed",
    "story:picture",
    "ballots:csv",
    "ballots:file",
    "ballots:ended",
    "ballots:recount",
    "lab:log_file",
    "lab:log_program",
}


def places_for_axe():
    """(url, case, role): each page type once, as the lead if she may, else as an operator, a member or a stranger."""
    for (name, case, method), cells in expected().items():
        if method == "GET" and "private" not in case and name not in SEEN_BY_THE_APPS | NO_PAGES:
            who = [
                role for role in ("lead", "operator", "member", "stranger") if cells[role] in ("200", "410")
            ]
            if who and name != "people:refused" and "download" not in name:
                yield name, case, who[0]


@pytest.mark.page
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_any_other_page(clock, browser, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = World()
    addresses, pages, found = world.addresses(), {}, {}
    for name, case, role in places_for_axe():
        page = pages.get(role) or pages.setdefault(role, _page(browser, world, role, live_server.url))
        page.goto(live_server.url + reverse(name, kwargs=addresses[name, case]))
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        try:
            expect_accessible(page)
        except AssertionError as problem:
            found[name, case, role] = str(problem)[:500]
    for page in pages.values():
        page.context.close()
    assert found == {}
    assert len(list(places_for_axe())) > 20


def _page(browser, world, role, site):
    """A browser on a phone, signed in as somebody."""
    context = browser.new_context(viewport=PHONE)
    if role in world.sessions:
        context.add_cookies([{"name": "sessionid", "value": world.sessions[role], "url": site}])
    return context.new_page()
