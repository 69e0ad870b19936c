"""A lead comes from a new lab to a declared result on a phone, by links and buttons alone: no address is typed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.choosing import enter_moment, others_vote
from journeys.hands import Mouse
from journeys.visitors import PATIENCE, PHONE, says, sees, work
from qlabs.base.lab.models import Lab, Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots.states import FEWEST_VOTES

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
TITLE, THEMES = "Waiting well", ("Letters that help", "A call before the day")
QUESTION = "Which theme should the lab work on?"


@pytest.fixture
def lead(db):
    """Somebody who leads a lab already, so that she may set up another, and is a member: one of the voters."""
    person = PersonFactory(name="Lee Lead", member=True)
    return MembershipFactory(lab=LabFactory(), role=Role.LEAD, person=person).person


@pytest.mark.parametrize("town", [PHONE], indirect=True, ids=["phone"])
def test_a_lead_comes_from_a_new_lab_to_a_declared_result(town, lead):
    PersonFactory.create_batch(FEWEST_VOTES - 1, member=True)
    hand, page = Mouse(), town.open(lead)
    town.go(page, "/")
    set_up(hand, page)
    for title in THEMES:
        propose_and_shortlist(hand, page, title)
    prepare(hand, page)
    open_from_a_private_lab(hand, page)
    others_vote(Lab.objects.get(title=TITLE), FEWEST_VOTES)
    work()
    close(hand, page)
    declare(hand, page)


def set_up(hand, page):
    hand.press(page, "My page", "link")
    hand.press(page, "Set up a lab", "link")
    sees(page, "Set up a lab")
    hand.fill(page, "Title", TITLE)
    day = timezone.now().astimezone(LONDON) - timedelta(days=1)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        hand.fill(page, label, str(value), group="First day")
    hand.press(page, "Set up the lab")
    says(page, "The lab is set up")
    to_the_lab(hand, page)


def to_the_lab(hand, page):
    hand.press(page, TITLE, "link")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE, timeout=PATIENCE)


def propose_and_shortlist(hand, page, title):
    hand.press(page, "Propose a theme", "link")
    sees(page, "Propose a theme")
    hand.fill(page, "Title", title)
    hand.fill(page, "Summary", "People wait without a word. Let them know what comes.")
    hand.press(page, "Propose this theme")
    sees(page, title)
    hand.press(page, "Put on the shortlist")
    says(page, "The theme is on the shortlist")
    to_the_lab(hand, page)


def prepare(hand, page):
    page.get_by_text("In this lab:").click()
    hand.press(page, "Votes", "link")
    sees(page, "Votes")
    hand.press(page, "Prepare a vote")
    sees(page, "Prepare a vote")
    for title in THEMES:
        hand.tick(page, title)
    hand.tick(page, "Every member of the community")
    hand.fill(page, "Fewest votes for a result", str(FEWEST_VOTES))
    enter_moment(page, hand, "Closes", timezone.now().astimezone(LONDON) + timedelta(days=7))
    hand.press(page, "Save the draft")
    sees(page, QUESTION)


def open_from_a_private_lab(hand, page):
    hand.press(page, "Open the vote", "link")
    sees(page, "Open the vote")
    expect(page.get_by_role("button", name="Open the vote now")).to_have_count(0)
    hand.press(page, "Make the lab public")
    says(page, "The lab is public")
    hand.press(page, "Open the vote now")
    says(page, "The vote is open")


def close(hand, page):
    """From the lab's page over the vote, of which she is a voter too, to its status and its early end."""
    hand.press(page, "Labs", "link")
    page.get_by_role("main").get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE, timeout=PATIENCE)
    hand.press(page, "Go to the vote", "link")
    sees(page, QUESTION)
    hand.press(page, "Turnout", "link")
    sees(page, "Turnout")
    hand.press(page, "Close the vote early", "link")
    sees(page, "Close the vote early")
    hand.fill(page, "Why does the vote close before its time?", "Everybody has voted.")
    hand.press(page, "Ask to close the vote early")
    says(page, "The vote is closed")


def declare(hand, page):
    sees(page, "Declare the result")
    work()
    hand.press(page, "Declare the result")
    expect(page.get_by_text("This vote closed earlier than first announced")).to_be_visible(timeout=PATIENCE)
    expect_accessible(page)
    assert Lab.objects.get(title=TITLE).theme in THEMES
