"""The vote in a real browser."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, links, queries

from .factories import BallotFactory, box_lines, enough_votes, entries, members, open_ballot

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ballot():
    members(12, nation="wales", perspective="carer")
    now = timezone.now()
    lab = LabFactory(slug="asthma", title="Living with asthma", public=True, open="choose")
    MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(name="Lee Lead"))
    draft = BallotFactory(
        lab=lab, closes_at=now + timedelta(days=7), reason_prompt="Why did you choose this theme?"
    )
    return open_ballot(draft, at=now)


def link_of(ballot, number=0):
    entry = entries(ballot)[number]
    return reverse("ballots:by_link", args=[links.token(entry, ballot)])


def choices_in_box():
    return [(line.counter, line.choice) for line in box_lines("choice")]


def choose(page, title):
    page.get_by_label(title, exact=True).check()
    page.get_by_role("button", name="Continue").click()


def cast(page, title, done="cast"):
    choose(page, title)
    expect(page.get_by_text(f"You chose: {title}")).to_be_visible()
    page.get_by_role("button", name="Cast your vote").click()
    expect(page.get_by_role("heading", name=f"Your vote has been {done}")).to_be_visible()


def code_on(page, name):
    """A code of the receipt page, once the script has filled it in."""
    place = page.locator(f"[data-{name}]")
    expect(place).to_have_text(re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4})+$"))
    return place.inner_text()


def opened(page, path, live_server):
    page.goto(live_server.url + path)
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()


def declare(ballot):
    enough_votes(ballot, at=ballot.opened_at)
    closed = actions.close_ballot(ballot=ballot, at=ballot.closes_at)
    return actions.declare(ballot=closed, by=PersonFactory(), at=ballot.closes_at)


def test_a_vote_by_link_is_cast_changed_and_found_again(page, live_server, ballot):
    first, second, _third = ballot.options.all()
    opened(page, link_of(ballot), live_server)
    expect_accessible(page)
    cast(page, first.title)
    expect_accessible(page)
    receipt = code_on(page, "receipt")
    page.get_by_role("link", name="Change your vote").click()
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()
    cast(page, second.title, "changed")
    assert code_on(page, "receipt") == receipt
    assert choices_in_box() == [(1, first.public_id), (2, second.public_id)]
    declared = declare(ballot)
    page.goto(live_server.url + queries.address(declared))
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)
    expect_accessible(page)
    page.get_by_role("link", name="the list of votes counted").click()
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("status")).to_contain_text("Your vote was counted")
    expect_accessible(page)


def test_the_choice_never_reaches_the_server_beside_a_cookie(page, live_server, ballot):
    option = ballot.options.first()
    asked = []
    page.on(
        "request", lambda request: asked.append((request.url, request.all_headers(), request.post_data or ""))
    )
    opened(page, link_of(ballot), live_server)
    cast(page, option.title)
    with_choice = [(url, headers) for url, headers, body in asked if option.public_id in body]
    assert {url for url, _headers in with_choice} == {f"{live_server.url}/box/{ballot.pk}/"}
    assert len(with_choice) == 1
    assert not any({"cookie", "referer"} & set(headers) for _url, headers in with_choice)


def test_a_member_votes_after_sign_in(page_as, ballot):
    page = page_as(entries(ballot)[3].person, queries.address(ballot))
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()
    page.get_by_label("Why did you choose this theme?").fill("We see it every day.")
    cast(page, "None of these")
    assert [(line.scope, line.choice, line.text) for line in box_lines()] == [
        ("choice", "", ""),
        ("nation:wales", "", ""),
        ("perspective:carer", "", ""),
        ("reason", "", "We see it every day."),
    ]


def test_without_scripts_the_vote_works_the_same(browser, live_server, ballot):
    context = browser.new_context(java_script_enabled=False)
    page, option = context.new_page(), ballot.options.first()
    page.goto(live_server.url + link_of(ballot))
    cast(page, option.title)
    assert len(code_on(page, "change-code")) == 34
    assert choices_in_box() == [(1, option.public_id)]
    context.close()


def test_two_quick_clicks_are_one_vote(page, live_server, ballot):
    opened(page, link_of(ballot), live_server)
    choose(page, ballot.options.first().title)
    page.get_by_role("button", name="Cast your vote").dblclick()
    expect(page.get_by_role("heading", name="Your vote has been cast")).to_be_visible()
    assert [counter for counter, _choice in choices_in_box()] == [1]


def test_an_empty_vote_says_what_to_do(page, live_server, ballot):
    opened(page, link_of(ballot), live_server)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Select one option, or select “None of these”")
    expect_accessible(page)


def test_another_device_needs_the_change_code(page, browser, live_server, ballot):
    first, second, _third = ballot.options.all()
    opened(page, link_of(ballot), live_server)
    cast(page, first.title)
    code = code_on(page, "change-code")
    other = browser.new_context().new_page()
    opened(other, link_of(ballot), live_server)
    choose(other, second.title)
    other.get_by_role("button", name="Cast your vote").click()
    expect(other.get_by_role("alert")).to_contain_text("You started voting on another device or browser")
    expect_accessible(other)
    other.get_by_label("Change code").fill(code)
    cast(other, second.title, "changed")
    assert choices_in_box() == [(1, first.public_id), (2, second.public_id)]
    other.context.close()


def test_the_whole_vote_by_keyboard(page, live_server, ballot):
    opened(page, link_of(ballot), live_server)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Continue":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cast your vote")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your vote has been cast")).to_be_visible()
    assert len(choices_in_box()) == 1


@pytest.mark.parametrize("name", ["status", "roll", "close"])
def test_the_leads_pages_are_accessible(page_as, ballot, name):
    lead = ballot.lab.memberships.get().person
    expect_accessible(page_as(lead, reverse(f"ballots:{name}", args=["asthma", ballot.pk])))
