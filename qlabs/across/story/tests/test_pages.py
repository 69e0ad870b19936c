"""The story in a real browser, found by role and label; axe on every page and state."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible, requests_off_host
from qlabs.base.core import events
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory

from .factories import SPRING, EntryFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
PLACE = "/labs/asthma/story/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lab():
    return LabFactory(slug="asthma", title="Asthma", public=True)


@pytest.fixture
def team(lab):
    return MembershipFactory(lab=lab, role=Role.DESIGNER).person


def told(lab, what, days=0, **facts):
    return events.record(lab, by=None, what=what, on=lab, at=SPRING + timedelta(days=days), **facts)


def a_picture():
    content = BytesIO()
    Image.new("RGB", (800, 500), "teal").save(content, "JPEG")
    return {"name": "room.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def titles(page):
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


def test_the_team_writes_after_one_wrong_try_and_a_stranger_reads(page_as, lab, team):
    page = page_as(team, PLACE)
    expect(page.get_by_role("heading", name="The story has not begun")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Write an entry").first.click()
    expect_accessible(page)
    page.get_by_label("Title").fill("We met in Leeds")
    page.locator("input[type=file]").set_input_files(a_picture())
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the day it happened")
    expect(page.get_by_role("alert")).to_contain_text("Say in words what the picture shows")
    expect(page.get_by_label("Title")).to_have_value("We met in Leeds")
    expect_accessible(page)
    for part, value in (("Day", "14"), ("Month", "6"), ("Year", "2016")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("When, in words").fill("Summer 2016")
    page.get_by_label("What happened").fill("We asked **how**.")
    page.locator("input[type=file]").set_input_files(a_picture())
    page.get_by_label("What the picture shows").fill("People round a table")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Your entry is in the story")
    expect_accessible(page)
    page.context.clear_cookies()
    page.goto(page.url.split("/labs/")[0] + PLACE)
    expect(page.get_by_text("Summer 2016")).to_be_visible()
    picture = page.get_by_role("img", name="People round a table")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 800)
    expect_accessible(page)


def test_a_stranger_turns_the_story_round_and_walks_along_it(page_as, lab):
    EntryFactory(lab=lab, title="The idea")
    told(lab, "ballots.opened", 1, roll=447)
    told(lab, "ballots.declared", 20, winner="Waiting well", votes=61, voted=149, roll=447)
    page = page_as(None, PLACE)
    strange = requests_off_host(page)
    page.reload()
    assert titles(page) == ["The result: Waiting well", "The vote opened", "The idea"]
    expect_accessible(page)
    page.get_by_role("link", name="Show the oldest first").click()
    assert titles(page) == ["The idea", "The vote opened", "The result: Waiting well"]
    page.get_by_role("link", name="Link to this entry: The vote opened").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The vote opened")
    expect_accessible(page)
    page.get_by_role("link", name="The result: Waiting well").click()
    expect(page.get_by_text("61 of the 149 people who voted chose it.")).to_be_visible()
    page.get_by_role("link", name="Read the whole story").click()
    page.get_by_text("Show this story on your own website").click()
    expect(page.get_by_role("region", name="Lines to copy")).to_contain_text("<iframe src=")
    expect_accessible(page)
    assert strange == []


@pytest.fixture
def elsewhere(live_server):
    """The address of somebody else's page that shows the story in a frame, and tries to show the story's page too."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for name, path in (("Story", f"{PLACE}embed/"), ("Index", PLACE)):
                self.wfile.write(f'<iframe src="{live_server.url}{path}" title="{name}"></iframe>'.encode())

        def log_message(self, *words):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_embed_alone_shows_in_a_frame_elsewhere_and_leads_out_of_it(page_as, lab, elsewhere):
    told(lab, "ballots.opened", roll=447)
    page = page_as(None, f"{PLACE}embed/")
    expect_accessible(page)
    page.goto(elsewhere)
    link = page.frame_locator("iframe[title=Story]").get_by_role("link", name="The vote opened")
    expect(link).to_be_visible()
    expect(
        page.frame_locator("iframe[title=Index]").get_by_role("heading", name="The story so far")
    ).to_have_count(0)
    link.click()
    page.wait_for_url("**/story/event-*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The vote opened")


def test_the_team_edits_removes_a_picture_and_deletes(page_as, lab, team):
    entry = EntryFactory(lab=lab, title="The idea", draft=True)
    page = page_as(team, f"{PLACE}{entry.pk}/")
    expect(page.get_by_text("Only the lab team can see this.")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="Edit this entry").click()
    page.locator("input[type=file]").set_input_files(a_picture())
    page.get_by_label("What the picture shows").fill("A table")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("link", name="Edit this entry").click()
    expect_accessible(page)
    page.get_by_role("button", name="Remove this picture : A table").click()
    expect(page.get_by_role("alert")).to_contain_text("The picture is removed")
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_role("link", name="Delete this entry").click()
    expect_accessible(page)
    page.get_by_role("button", name="Delete the entry").click()
    expect(page.get_by_role("alert")).to_contain_text("The entry is deleted")


def test_on_paper_the_story_has_no_buttons(page_as, lab, team):
    EntryFactory(lab=lab, title="The idea")
    page = page_as(team, PLACE)
    page.emulate_media(media="print")
    seen = [
        page.get_by_text(words).first.is_visible()
        for words in ("The idea", "Show the oldest first", "Follow this story")
    ]
    assert seen == [True, False, False]
