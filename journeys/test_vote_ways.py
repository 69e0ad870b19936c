"""The same vote for people without a mouse, and for browsers without scripts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.hands import Keyboard
from journeys.visitors import PATIENCE, press, says, sees
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.choose.ballots import queries
from qlabs.choose.ballots.tests.factories import BallotFactory, box_lines, members, open_ballot
from qlabs.choose.themes.models import Theme

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("vote_journey"),
]
QUESTION = "Which theme should the lab work on?"


@pytest.fixture
def ballot():
    members(12, nation="wales")
    lab = LabFactory(slug="self-care", title="The first lab", public=True, open="choose")
    draft = BallotFactory(lab=lab, closes_at=timezone.now() + timedelta(days=7), reason_prompt="Why?")
    return open_ballot(draft, at=timezone.now())


def voter(ballot):
    return ballot.roll.order_by("pk").first().person


def choices():
    return [(line.counter, line.choice) for line in box_lines("choice")]


# By keyboard -----------------------------------------------------------------


def test_the_whole_vote_by_keyboard(town, ballot):
    page, hand = town.open(), Keyboard()
    town.go(page, queries.address(ballot))
    hand.press(page, "Sign in to vote")
    sees(page, "Sign in")
    hand.fill(page, "Email address", voter(ballot).email)
    hand.press(page, "Send me a code")
    sees(page, "Enter your code")
    hand.fill(page, "Your code", town.code_to(voter(ballot).email))
    hand.press(page, "Sign in")
    sees(page, QUESTION)
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    choose_by_keyboard(page, hand, ballot.options.order_by("title").first().title)
    hand.press(page, "Cast your vote")
    sees(page, "Your vote has been cast")
    assert [counter for counter, _choice in choices()] == [1]
    assert [line.text for line in box_lines("reason")] == ["It matters."]
    hand.press(page, "Change your vote")
    sees(page, QUESTION)


def choose_by_keyboard(page, hand, title):
    hand.choose(page, title)
    hand.fill(page, "Why? (optional)", "It matters.")
    hand.press(page, "Continue")
    expect(page.get_by_text(f"You chose: {title}")).to_be_visible()


# Without scripts -------------------------------------------------------------


def test_a_theme_is_proposed_and_a_vote_cast_and_changed_without_scripts(town, ballot):
    first, second, _third = ballot.options.order_by("title")
    page = sign_in_without_scripts(town, ballot)
    sees_plainly(page, QUESTION)
    codes = vote_without_scripts(page, first.title)
    assert [len(code) for code in codes] == [24, 34]
    town.go(page, f"{queries.address(ballot)}")
    choose_without_scripts(page, second.title)
    press(page, "Cast your vote")
    says(page, "You have voted, or started to, on another device or browser")
    page.get_by_label("Change code").fill(codes[1])
    assert vote_without_scripts(page, second.title)[0] == codes[0]
    assert choices() == [(1, first.public_id), (2, second.public_id)]
    propose_without_scripts(town, page)


def sign_in_without_scripts(town, ballot):
    page, email = town.open(java_script_enabled=False), voter(ballot).email
    town.go(page, queries.address(ballot))
    page.get_by_role("button", name="Sign in to vote").click()
    page.get_by_label("Email address").fill(email)
    press(page, "Send me a code")
    sees_plainly(page, "Enter your code")
    page.get_by_label("Your code").fill(town.code_to(email))
    press(page, "Sign in")
    return page


def sees_plainly(page, heading):
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, timeout=PATIENCE)


def choose_without_scripts(page, title):
    page.get_by_label(title, exact=True).check()
    press(page, "Continue")
    sees_plainly(page, "Cast your vote")


def vote_without_scripts(page, title):
    """The receipt and the change code."""
    choose_without_scripts(page, title)
    press(page, "Cast your vote")
    sees_plainly(page, "Your vote has been cast")
    codes = [page.locator(f"[data-{name}]").inner_text() for name in ("receipt", "change-code")]
    assert all(re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+", code) for code in codes)
    return codes


def propose_without_scripts(town, page):
    town.go(page, "/labs/self-care/themes/propose/")
    press(page, "Propose this theme")
    says(page, "Enter a title")
    page.get_by_label("Title").fill("Waiting well")
    page.get_by_label("Summary").fill("People wait for surgery and get worse.")
    press(page, "Propose this theme")
    sees_plainly(page, "Waiting well")
    assert Theme.objects.get().title == "Waiting well"
