"""The pages of those who look after a lab, in a real browser: found by role and label, judged by axe."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.core import events
from qlabs.base.lab.models import Lab, Role
from qlabs.base.people.models import Invitation
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory

from .factories import FundingFactory, LabFactory, MembershipFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
PAGES = (
    "settings",
    "team",
    "invitations",
    "invitations/list",
    "funding",
    "stages",
    "stages/choose",
    "gates/choose",
    "gates/share",
    "archive",
    "log",
)


@pytest.fixture
def lead():
    return PersonFactory(name="Tracy Webb")


@pytest.fixture
def lab(lead):
    return LabFactory(slug="asthma", title="Asthma", public=True, lead=lead, closed="choose")


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_with_rows_in_it(page_as, page, lab, lead, width):
    page.set_viewport_size({"width": width, "height": 900})
    FundingFactory(lab=lab)
    MembershipFactory(lab=lab, role=Role.DESIGNER)
    for name in ("Pending", "Unwilling"):
        InvitationFactory(purpose="lab", lab=lab, role=Role.COACH, person=PersonFactory(name=name))
    Invitation.objects.filter(name="Unwilling").update(declined_at=timezone.now())
    events.record(lab, by=lead, what="lab.updated", before={"title": "Old"}, after={"title": "Asthma"})
    for name in PAGES:
        expect_accessible(page_as(lead, f"/labs/asthma/{name}/"))


def test_empty_pages_are_accessible(page_as, lab, lead):
    expect(page_as(lead, "/labs/asthma/funding/").get_by_text("No funding is recorded yet")).to_be_visible()
    expect_accessible(page_as(lead, "/labs/asthma/funding/"))
    expect_accessible(page_as(lead, "/labs/asthma/log/"))


def test_a_lab_is_set_up_in_the_browser(page_as):
    page = page_as(PersonFactory(operator=True), "/labs/new/")
    expect_accessible(page)
    page.get_by_role("button", name="Set up the lab").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a title")
    expect(page).to_have_title("Error: Set up a lab – Q Labs")
    expect_accessible(page)
    page.get_by_label("Title").fill("Falls at home")
    page.get_by_label("Short lab").check()
    first = page.get_by_role("group", name="First day")
    first.get_by_label("Day").fill("6")
    first.get_by_label("Month").fill("3")
    first.get_by_label("Year").fill("2017")
    page.get_by_role("button", name="Set up the lab").click()
    expect(page.get_by_role("heading", name="Team and others with a role")).to_be_visible()
    expect(page.get_by_text("This lab is planned for 20 weeks.")).to_be_visible()
    expect_accessible(page)
    assert Lab.objects.get().title == "Falls at home"


def test_a_gate_asks_why_in_the_browser(page_as, lab, lead):
    page = page_as(lead, "/labs/asthma/gates/choose/")
    page.get_by_role("button", name="Go on with this reason").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you are moving on")
    expect_accessible(page)
    page.get_by_label("Why are you moving on anyway?").fill("The money is promised.")
    page.get_by_role("button", name="Go on with this reason").click()
    expect(page.get_by_text("The lab has passed the gate of “Choose a theme”.")).to_be_visible()
    expect_accessible(page)


def test_stage_dates_are_set_in_the_browser(page_as, lab, lead):
    page = page_as(lead, "/labs/asthma/stages/frame/")
    page.get_by_role("group", name="Closes").get_by_label("Day").fill("27")
    page.get_by_role("button", name="Save the dates").click()
    expect(page.get_by_role("alert")).to_contain_text("Closes must include a month and year and time")
    expect_accessible(page)


def test_a_member_is_told_that_the_team_can_help(page_as, lab):
    page = page_as(PersonFactory(member=True), "/labs/asthma/settings/")
    expect(page.get_by_role("heading", name="You cannot do this")).to_be_visible()
    expect_accessible(page)


def test_an_archived_lab_comes_back_in_the_browser(page_as, lab, lead):
    page = page_as(lead, "/labs/asthma/archive/")
    page.get_by_label("Yes, I am sure").check()
    page.get_by_role("button", name="Archive the lab").click()
    expect(page.get_by_text("This lab has finished.")).to_be_visible()
    expect_accessible(page)


def test_a_hash_in_the_log_makes_the_page_no_wider_than_a_phone(page_as, page, lab, lead):
    page.set_viewport_size({"width": 390, "height": 900})
    events.record(lab, by=lead, what="ballots.opened", fingerprint_of_keys="0123456789abcdef" * 4)
    page_as(lead, "/labs/asthma/log/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
