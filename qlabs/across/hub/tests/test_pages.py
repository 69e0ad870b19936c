"""The hub's pages in a real browser, with rows, empty and refused, on a phone and on a desk."""

import re

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible, requests_off_host
from qlabs.base.core import events
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
FIXED = ("accessibility", "privacy", "secret-votes", "glossary")


@pytest.fixture
def lab():
    lab = LabFactory(
        slug="asthma", title="Asthma", challenge="How might we breathe?", public=True, open="choose"
    )
    FundingFactory(lab=lab)
    PersonFactory.create_batch(12, member=True, nation="england")
    PersonFactory.create_batch(11, member=True, nation="wales")
    events.record(lab, by=None, what="lab.stage_opened", stage="choose")
    return lab


@pytest.mark.parametrize("width", [390, 1280])
def test_public_pages_are_accessible_and_load_nothing_from_elsewhere(page_as, page, lab, width):
    page.set_viewport_size({"width": width, "height": 900})
    strange = requests_off_host(page)
    for path in ("/", "/labs/", "/labs/asthma/", *(f"/about/{name}/" for name in FIXED)):
        expect_accessible(page_as(None, path))
    assert strange == []


def test_a_visitor_finds_a_lab_and_one_thing_to_do(page_as, lab):
    page = page_as(None, "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Better care, worked out together")
    page.get_by_role("link", name=re.compile("^Read the themes")).click()
    expect(page).to_have_url(re.compile("/labs/asthma/themes/$"))


@pytest.mark.parametrize("path", ["/", "/labs/", "/labs/?state=archived", "/labs/?q=nothing"])
def test_empty_pages_are_accessible(page_as, path):
    expect_accessible(page_as(None, path))


@pytest.mark.parametrize("role", [Role.LEAD, Role.RESEARCHER, Role.CONTRIBUTOR])
def test_the_lab_page_is_accessible_for_each_role(page_as, lab, role):
    person = MembershipFactory(lab=lab, role=role, person=PersonFactory(member=True)).person
    page = page_as(person, "/labs/asthma/")
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    expect(page.get_by_role("heading", name="Needs attention")).to_have_count(int(role == Role.LEAD))
    expect_accessible(page)


def test_what_waits_leads_to_the_thing_itself(page_as, lab):
    page = page_as(PersonFactory(member=True), "/waiting/")
    expect_accessible(page)
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/labs/asthma/"))


def test_nothing_waiting_is_said(page_as):
    page = page_as(PersonFactory(), "/waiting/")
    expect(page.get_by_role("heading", name="Nothing is waiting for you")).to_be_visible()
    expect_accessible(page)


def test_a_page_that_is_not_there_is_accessible(page_as):
    page = page_as(None, "/labs/never-made/")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    expect_accessible(page)


def test_an_operator_tries_a_task_again(page_as):
    facts = {"task_path": "qlabs.base.people.letters.invitations", "backend_name": "default"}
    row = DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, exception_class_path="smtplib.SMTPServerDisconnected", **facts
    )
    page = page_as(PersonFactory(operator=True), "/operator/tasks/")
    expect_accessible(page)
    page.get_by_role("button", name="Try again now").click()
    expect(page.get_by_text("The task will run again in a moment.")).to_be_visible()
    expect_accessible(page)
    row.refresh_from_db()
    assert row.status == "READY"


def test_a_member_is_refused_the_tasks(page_as):
    page = page_as(PersonFactory(member=True), "/operator/tasks/")
    expect(page.get_by_role("heading", name="You cannot do this")).to_be_visible()
    expect_accessible(page)


ROWS = """() => {
    const parts = [...document.querySelectorAll("header a, header button")].filter(part => part.offsetHeight);
    const middles = parts.map(part => part.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2);
    return [...new Set(middles.map(middle => Math.round(middle / 20)))].length;
}"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_header_takes_two_rows_on_a_phone(browser, live_server, client_as, scripts):
    """The name with the way out, then the pages; nothing of it needs scripts."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    cookie = client_as(PersonFactory(operator=True)).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/waiting/")
    for name in ("Labs", "My page", "Your profile"):
        expect(page.get_by_role("banner").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.evaluate(ROWS) == 2
    context.close()
