"""447 members choose a theme: from the list of members to the letter with the result, in a real browser."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.aftermath import (
    LAB,
    MEMBERS,
    TITLE,
    compare_with_the_email,
    everybody_is_told,
    find_receipts,
    recount,
)
from journeys.choosing import close_and_declare, import_members, others_vote, propose, shortlist_and_open
from journeys.hands import Mouse
from journeys.visitors import DESKTOP, PATIENCE, PHONE, press, says, sees
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.actions import accept_invitation, invite_member
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import watches
from qlabs.choose.ballots.models import Ballot
from qlabs.choose.ballots.tests.factories import box_lines

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("vote_journey"),
]
RECEIPT = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$")
OTHERS = 20


@pytest.fixture
def lab(db):
    return LabFactory(slug="self-care", title="The first lab", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(name="Lee Lead")).person


@pytest.mark.parametrize("town", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
def test_447_members_choose_a_theme(town, lab, lead, tmp_path):
    hand, run = Mouse(), town.open(lead)
    import_members(town, hand, MEMBERS)
    propose(town, hand)
    shortlist_and_open(town, hand, run, MEMBERS)
    receipts = [vote_by_link(town), vote_after_sign_in(town)]
    receipts += [vote_on_two_devices_at_once(town), vote_in_two_tabs_at_once(town)]
    late_joiner_is_refused(town)
    others_vote(lab, OTHERS)
    only_the_turnout_is_seen(town, run)
    close_and_declare(town, hand, run, f"14 of {OTHERS + 4} people who voted (58.3%)")
    recount(town, receipts, tmp_path)
    compare_with_the_email(town, tmp_path)
    find_receipts(town, receipts)
    everybody_is_told(town)


# The steps -------------------------------------------------------------------


def vote(page, title):
    """Choose, confirm, cast; the receipt."""
    page.get_by_label(title, exact=True).check()
    press(page, "Continue")
    expect(page.get_by_text(f"You chose: {title}")).to_be_visible()
    expect_accessible(page)
    press(page, "Cast your vote")
    return receipt_on(page)


def receipt_on(page):
    sees(page, "Your vote has been")
    code = page.locator("[data-receipt]")
    expect(code).to_have_text(RECEIPT)
    return code.inner_text()


def with_scripts(page):
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    return page


def vote_by_link(town):
    page = town.go(town.open(), town.link_in("member1@example.org", "vote"))
    sees(with_scripts(page), "Which theme should the lab work on?")
    expect(
        page.get_by_text("compared the keys of this vote with your email: they are the same")
    ).to_be_visible()
    press(page, "Continue")
    says(page, "Select one option, or select “None of these”")
    expect_accessible(page)
    return vote(page, TITLE)


def sign_in(town, page, email):
    page.get_by_label("Email address").fill(email)
    press(page, "Send me a code")
    sees(page, "Enter your code")
    page.get_by_label("Your code").fill(town.code_to(email))
    press(page, "Sign in")


def vote_after_sign_in(town):
    page = town.go(town.open(), f"{LAB}ballots/{Ballot.objects.get().pk}/")
    press(page, "Sign in to vote")
    sees(page, "Sign in")
    sign_in(town, page, "member2@example.org")
    sees(with_scripts(page), "Which theme should the lab work on?")
    page.get_by_label("Why did you choose this theme?").fill("We see it every day.")
    return vote(page, TITLE)


def send_at_once(pages, path):
    """Hold the next request to the path of every page until all are on their way, then let them go together."""
    held = []
    for page in pages:
        page.route(path, partial(list.append, held), times=1)
        with_scripts(page).get_by_label(TITLE, exact=True).check()
        press(page, "Continue")
        press(page, "Cast your vote")
    while len(held) < len(pages):
        pages[0].wait_for_timeout(50)
    for request in held:
        request.continue_()


def vote_on_two_devices_at_once(town):
    """Both ask at the same moment for a key of their own to be signed: one votes, the other is told how to go on."""
    link = town.link_in("member3@example.org", "vote")
    pages = [town.go(town.open(), link) for _device in range(2)]
    before = len(box_lines("choice"))
    send_at_once(pages, "**/sign/")
    for page in pages:
        told = page.get_by_role("alert").filter(has_text="You started voting on another device or browser")
        expect(page.locator("[data-receipt]").or_(told).first).to_be_visible(timeout=PATIENCE)
    [voted] = [page for page in pages if page.locator("[data-receipt]").count()]
    code = receipt_on(voted)
    assert len(box_lines("choice")) == before + 1
    return code


def vote_in_two_tabs_at_once(town):
    """Both know the same key: they send one ballot twice, and show one receipt."""
    link = town.link_in("member4@example.org", "vote")
    first = town.open()
    pages = [town.go(page, link) for page in (first, town.another(first.context))]
    before = len(box_lines("choice"))
    send_at_once(pages, "**/box/**")
    [code] = {receipt_on(page) for page in pages}
    assert len(box_lines("choice")) == before + 1
    return code


def late_joiner_is_refused(town):
    invitation = invite_member(name="Late", email="late@example.org", by=None, at=timezone.now())
    accept_invitation(invitation=invitation, at=timezone.now())
    page = town.open(Person.objects.get(email="late@example.org"))
    sees(town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/"), "Which theme should the lab work on?")
    expect(page.get_by_text("how to be on the list of the next vote")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def only_the_turnout_is_seen(town, page):
    ballot = Ballot.objects.get()
    sees(town.go(page, f"{LAB}ballots/{ballot.pk}/status/"), "Turnout")
    expect(page.get_by_text(f"Fewer than 5 of {MEMBERS} people have voted or begun to.")).to_be_visible()
    watches.count_hourly(at=timezone.now() + timedelta(hours=1))
    town.go(page, f"{LAB}ballots/{ballot.pk}/status/")
    expect(page.get_by_text(f"At least 20 of {MEMBERS} people have voted or begun to.")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_have_count(0)
    for name in ("file", "receipts", "reasons"):
        assert page.goto(town.site + reverse(f"ballots:{name}", args=["self-care", ballot.pk])).status == 403
    expect_accessible(page)
    town.go(page, f"{LAB}ballots/{ballot.pk}/status/")
