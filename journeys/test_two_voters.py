"""Two voters at one computer, one after the other in the same browser: two receipts, and both votes counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from journeys.visitors import PATIENCE, press, session
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.choose.ballots import actions, links, queries
from qlabs.choose.ballots.models import RollEntry
from qlabs.choose.ballots.tests.factories import BallotFactory, box_lines, entries, members, open_ballot

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("two_voters"),
]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])


@pytest.fixture
def ballot():
    members(12, nation="wales")
    lab = LabFactory(slug="self-care", title="The first lab", public=True, open="choose")
    draft = BallotFactory(lab=lab, closes_at=timezone.now() + timedelta(days=7), reason_prompt="Why?")
    return open_ballot(draft, at=timezone.now())


def by_link(entry):
    return reverse("ballots:by_link", args=[links.token(entry, entry.ballot)])


def choose(page, title):
    page.get_by_label(title, exact=True).check()
    press(page, "Continue")
    expect(page.get_by_text(f"You chose: {title}")).to_be_visible(timeout=PATIENCE)


def vote(page, title, *, scripts):
    """The receipt and the change code."""
    if scripts:
        expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    choose(page, title)
    press(page, "Cast your vote")
    expect(page.get_by_role("heading", name="Your vote has been")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-receipt]")).to_contain_text("-", timeout=PATIENCE)
    return [page.locator(f"[data-{name}]").inner_text() for name in ("receipt", "change-code")]


def sign_in(town, page, entry):
    page.context.add_cookies([{"name": "sessionid", "value": session(entry.person), "url": town.site}])


def sign_out(page):
    page.get_by_role("navigation", name="Account").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible(timeout=PATIENCE)


def kept(page):
    return page.evaluate("Object.keys(localStorage)")


def both_counted(first, second, titles):
    receipts, change_codes = zip(first, second, strict=True)
    assert len(set(receipts)) == len(set(change_codes)) == 2
    lines = box_lines("choice")
    assert len({line.public_key for line in lines}) == 2
    assert sorted(line.choice for line in lines) == sorted(titles)


@SCRIPTS
def test_two_members_sign_in_one_after_the_other(town, ballot, scripts):
    one, two, _three = ballot.options.all()
    page, (ann, ben) = town.open(java_script_enabled=scripts), entries(ballot)[:2]
    sign_in(town, page, ann)
    first = vote(town.go(page, queries.address(ballot)), one.title, scripts=scripts)
    sign_out(page)
    sign_in(town, page, ben)
    second = vote(town.go(page, queries.address(ballot)), two.title, scripts=scripts)
    both_counted(first, second, [one.public_id, two.public_id])


@SCRIPTS
def test_two_members_follow_their_links_one_after_the_other(town, ballot, scripts):
    one, two, _three = ballot.options.all()
    page, (ann, ben) = town.open(java_script_enabled=scripts), entries(ballot)[:2]
    first = vote(town.go(page, by_link(ann)), one.title, scripts=scripts)
    second = vote(town.go(page, by_link(ben)), two.title, scripts=scripts)
    both_counted(first, second, [one.public_id, two.public_id])


def test_going_back_the_next_voter_does_not_find_the_codes_of_the_one_before(town, ballot):
    page, (ann, ben) = town.open(), entries(ballot)[:2]
    first = vote(town.go(page, by_link(ann)), "Frailty", scripts=True)
    page.reload()
    expect(page.locator("[data-receipt]")).to_have_text(first[0], timeout=PATIENCE)
    town.go(page, by_link(ben))
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_text("Somebody else has opened a vote here")).to_be_visible(timeout=PATIENCE)
    for name in ("receipt", "change-code"):
        expect(page.locator(f"[data-{name}]")).to_have_text("")


def test_one_follows_her_link_and_the_next_signs_in(town, ballot):
    one, two, _three = ballot.options.all()
    page, (ann, ben) = town.open(), entries(ballot)[:2]
    first = vote(town.go(page, by_link(ann)), one.title, scripts=True)
    sign_in(town, page, ben)
    second = vote(town.go(page, queries.address(ballot)), two.title, scripts=True)
    both_counted(first, second, [one.public_id, two.public_id])
    expect(town.go(page, by_link(ann) + "receipt/").locator("[data-receipt]")).to_have_text(first[0])


def test_signing_out_leaves_nothing_of_the_vote_in_the_browser(town, ballot):
    page, ann = town.open(), entries(ballot)[0]
    sign_in(town, page, ann)
    vote(town.go(page, queries.address(ballot)), "Frailty", scripts=True)
    assert len(kept(page)) == 1
    sign_out(page)
    assert kept(page) == []


def test_what_the_browser_kept_is_gone_when_the_vote_is_over(town, ballot):
    page, ann = town.open(), entries(ballot)[0]
    vote(town.go(page, by_link(ann)), "Frailty", scripts=True)
    page.evaluate("""() => {
        const [name] = Object.keys(localStorage);
        const entry = JSON.parse(localStorage.getItem(name));
        localStorage.setItem(name, JSON.stringify({ ...entry, until: Date.now() - 1 }));
        localStorage.setItem("qlabs-ballot-0123456789abcdef", "what an older release kept");
    }""")
    town.go(page, "/labs/")
    assert kept(page) == []


def test_what_the_browser_kept_is_gone_when_the_vote_ends_before_its_time(town, ballot):
    page, ann = town.open(), entries(ballot)[0]
    vote(town.go(page, by_link(ann)), "Frailty", scripts=True)
    town.go(page, "/labs/")
    assert len(kept(page)) == 1
    actions.stop_ballot(ballot=ballot, because="A test.", at=timezone.now())
    with page.expect_response("**/ballots/ended.json") as answer:
        town.go(page, "/labs/")
    assert answer.value.ok
    assert "cookie" not in answer.value.request.all_headers()
    page.wait_for_function("Object.keys(localStorage).length === 0")


@SCRIPTS
def test_the_back_button_shows_no_choice_and_no_code_stands_in_the_address(town, ballot, scripts):
    page, ann = town.open(java_script_enabled=scripts), entries(ballot)[0]
    vote(town.go(page, by_link(ann)), "Frailty", scripts=scripts)
    assert page.url == town.site + by_link(ann) + "receipt/"
    for _step in range(3):
        page.go_back()
        assert page.get_by_role("radio", checked=True).count() == 0
        assert page.get_by_text("You chose: Frailty").filter(visible=True).count() == 0
        if page.url == "about:blank":
            break
    assert RollEntry.objects.filter(has_key=True).count() == 1


def test_a_page_that_the_browser_keeps_for_going_back_is_emptied_as_it_is_left(town, ballot):
    page, ann = town.open(), entries(ballot)[0]
    town.go(page, by_link(ann))
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    page.get_by_label("Why? (optional)").fill("We wait.")
    choose(page, "Frailty")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.get_by_role("radio", checked=True).count() == 0
    assert page.get_by_label("Why? (optional)").input_value() == ""
    assert "You chose: Frailty" not in page.locator("#vote-form").text_content()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
