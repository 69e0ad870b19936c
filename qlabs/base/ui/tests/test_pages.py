"""The gallery in a real browser: with a phone and a desktop, by keyboard, with scripts off, in print."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page):
    found = Axe().run(page, options=RULES).response
    assert "target-size" in {one["id"] for one in found["passes"]}  # the rules of WCAG 2.2 were asked
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.fixture
def gallery(page, live_server):
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("requestfailed", lambda request: page.problems.append(request.url))
    page.goto(live_server.url + "/ui/")
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_gallery_is_accessible_and_fits(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + "/ui/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_browser_has_nothing_to_complain_of(gallery):
    assert gallery.problems == []


def test_the_error_summary_has_the_focus_and_leads_to_the_fields(gallery):
    expect(gallery.locator(".nhsuk-error-summary")).to_be_focused()
    gallery.get_by_role("link", name="Start must include a month").click()
    expect(gallery.locator("#id_wrong-starts-month")).to_be_focused()


def test_the_skip_link_comes_first_and_leads_to_the_content(page, live_server):
    page.goto(live_server.url + "/nowhere/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#maincontent")).to_be_focused()


def test_the_word_count_counts_down(gallery):
    gallery.locator("#id_empty-summary").fill("one two three")
    expect(gallery.locator("#id_empty-summary-info + .nhsuk-character-count__status")).to_have_text(
        "You have 77 words remaining"
    )


def test_every_field_is_there_with_scripts_off(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/ui/")
    form = page.get_by_role("form", name="Fields, empty")
    expect(form.get_by_label("File of members")).to_be_visible()
    expect(form.get_by_label("Summary")).to_be_visible()
    expect(form.get_by_role("group", name="Start")).to_be_visible()
    context.close()


def test_the_page_can_be_printed(gallery):
    gallery.emulate_media(media="print")
    expect(gallery.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(gallery.get_by_role("heading", name="Result", exact=True)).to_be_visible()


def test_an_unknown_address_has_an_accessible_page(page, live_server):
    answer = page.goto(live_server.url + "/nowhere/")
    assert (answer.status, violations(page)) == (404, [])
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
