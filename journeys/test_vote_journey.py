"""447 members choose a theme: from the list of members to the letter with the result, in a real browser."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.aftermath import LAB, MEMBERS, TITLE, everybody_is_told, find_receipts, recount
from journeys.visitors import DESKTOP, PATIENCE, PHONE, press, says, sees, work
from qlabs.base.lab.models import Lab, Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.actions import invite_member
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots.models import Ballot, RollEntry
from qlabs.choose.ballots.tests.factories import box_lines
from qlabs.choose.themes.models import Theme
from qlabs.choose.themes.tests.factories import ThemeFactory

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("vote_journey"),
]
RECEIPT = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$")
NATIONS = ["England"] * 6 + ["Scotland"] * 2 + ["Wales", "Northern Ireland"]
BAD_ROWS = [
    ("No Address", "", "Wales"),
    ("Not an address", "ann.example.org", "Wales"),
    ("Wrong nation", "wrong@example.org", "France"),
    ("Twice", "member1@example.org", "Wales"),
    ("", "nameless@example.org", "Wales"),
]
REASONS = [
    "is missing",
    "is not an email address",
    "is not a nation we know",
    "is the same as in row 2",
    "is missing",
]
OTHERS = 20


def members_list():
    """The file an operator was sent: semicolons, in the code page of Windows, five rows wrong."""
    good = [(f"Zoë {n}", f"member{n}@example.org", NATIONS[n % 10]) for n in range(1, MEMBERS + 1)]
    rows = [("Name", "Email", "Nation"), *good, *BAD_ROWS]
    text = "\r\n".join(";".join(row) for row in rows)
    return {"name": "members.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}


@pytest.fixture
def lab(db):
    return LabFactory(slug="self-care", title="The first lab", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(name="Lee Lead")).person


@pytest.mark.parametrize("town", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
def test_447_members_choose_a_theme(town, lab, lead, tmp_path):
    import_members(town)
    propose(town)
    run = town.open(lead)
    shortlist_and_open(town, run)
    receipts = [vote_by_link(town), vote_after_sign_in(town), vote_twice_at_once(town)]
    late_joiner_is_refused(town)
    others_vote(lab)
    only_the_turnout_is_seen(town, run)
    close_and_declare(run)
    recount(town, receipts, tmp_path)
    find_receipts(town, receipts)
    everybody_is_told(town)


# The steps -------------------------------------------------------------------


def import_members(town):
    page = town.open(PersonFactory(name="Olu Operator", operator=True))
    sees(town.go(page, "/people/import/"), "Import members")
    press(page, "Check the list")
    says(page, "Select a CSV or Excel file")
    expect_accessible(page)
    page.locator("input[type=file]").set_input_files(members_list())
    press(page, "Check the list")
    sees(page, "447 will be invited, 5 cannot")
    table = page.get_by_role("table", name="Rows that cannot be invited")
    assert [row.get_by_role("strong").all_inner_texts() for row in table.get_by_role("row").all()[1:]] == [
        [reason] if reason != "is not an email address" else ["is not an email address like name@example.com"]
        for reason in REASONS
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="The rows to mend").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 1 + len(BAD_ROWS)
    press(page, "Invite 447 people")
    sees(page, "447 people were invited")
    assert Person.objects.exclude(joined_at=None).count() == MEMBERS
    work()
    assert len(town.postbox.letters) == MEMBERS
    sees(town.go(page, "/people/invitations/"), "Invitations")


def propose(town):
    """A member takes up her invitation and proposes a theme."""
    page = town.open()
    link = town.link_in("member1@example.org", "join")
    sees(town.go(page, link), "Welcome, Zoë 1")
    press(page, "Take up the invitation")
    sees(page, "Your profile")
    sees(town.go(page, f"{LAB}themes/"), "Themes")
    page.get_by_role("button", name="Propose a theme").first.click()
    sees(page, "Propose a theme")
    press(page, "Propose this theme")
    says(page, "Enter a title")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("People know their own bodies. Let them manage more of their care.")
    press(page, "Propose this theme")
    sees(page, TITLE)
    assert town.go(town.open(), link).get_by_role("heading", level=1).inner_text() != "Welcome, Zoë 1"


def shortlist_and_open(town, page):
    lab, theme = Lab.objects.get(slug="self-care"), Theme.objects.get(title=TITLE)
    sees(town.go(page, f"{LAB}ballots/new/"), "Prepare a vote")
    ThemeFactory.create_batch(2, lab=lab, shortlisted=True)
    sees(town.go(page, f"{LAB}themes/{theme.pk}/"), TITLE)
    press(page, "Put on the shortlist")
    says(page, "The theme is on the shortlist")
    sees(town.go(page, f"{LAB}ballots/"), "Votes")
    page.get_by_role("button", name="Prepare a vote").click()
    sees(page, "Prepare a vote")
    press(page, "Save the draft")
    says(page, "Select at least two themes")
    expect_accessible(page)
    for title in Theme.objects.values_list("title", flat=True):
        page.get_by_label(title, exact=True).check()
    enter_moment(page, "Closes", timezone.now().astimezone(LONDON) + timedelta(days=7))
    press(page, "Save the draft")
    sees(page, "Which theme should the lab work on?")
    press(page, "Open the vote", "link")
    sees(page, "Open the vote")
    press(page, "Open the vote now")
    says(page, "The vote is open")
    expect_accessible(page)
    assert Ballot.objects.get().roll_size == MEMBERS
    before = len(town.postbox.letters)
    work()
    assert len(town.postbox.letters) == before + MEMBERS


def enter_moment(page, group, at):
    parts = page.get_by_role("group", name=group)
    for label, value in (("Day", at.day), ("Month", at.month), ("Year", at.year), ("Time", "5pm")):
        parts.get_by_label(label).fill(str(value))


def vote(page, title):
    """Choose, confirm, cast; the receipt."""
    page.get_by_label(title, exact=True).check()
    press(page, "Continue")
    expect(page.get_by_text(f"You chose: {title}")).to_be_visible()
    expect_accessible(page)
    press(page, "Cast your vote")
    return receipt_on(page)


def receipt_on(page):
    sees(page, "Your vote is cast")
    code = page.locator("[data-receipt]")
    expect(code).to_have_text(RECEIPT)
    return code.inner_text()


def with_scripts(page):
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached(timeout=PATIENCE)
    return page


def vote_by_link(town):
    page = town.go(town.open(), town.link_in("member1@example.org", "vote"))
    sees(with_scripts(page), "Which theme should the lab work on?")
    press(page, "Continue")
    says(page, "Select one option, or select that you make no choice")
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


def vote_twice_at_once(town):
    """Two pages of one browser: the ballot of the first is on its way while the second is cast."""
    first = town.open()
    second, link = town.another(first.context), town.link_in("member3@example.org", "vote")
    on_the_way = []
    first.route("**/box/**", partial(list.append, on_the_way), times=1)
    for page in (first, second):
        with_scripts(town.go(page, link)).get_by_label(TITLE, exact=True).check()
        press(page, "Continue")
    press(first, "Cast your vote")
    while not on_the_way:
        first.wait_for_timeout(50)
    press(second, "Cast your vote")
    code = receipt_on(second)
    on_the_way[0].continue_()
    assert receipt_on(first) == code
    assert len({line.public_key for line in box_lines("choice")}) == 3
    return code


def late_joiner_is_refused(town):
    invite_member(
        name="Late", email="late@example.org", by=Person.objects.get(name="Lee Lead"), at=timezone.now()
    )
    page = town.open(Person.objects.get(email="late@example.org"))
    sees(town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/"), "Which theme should the lab work on?")
    expect(page.get_by_text("You will be on the list of the next vote.")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def others_vote(lab):
    """Some of the rest vote without a browser, for any of the themes."""
    waiting = RollEntry.objects.filter(ballot__lab=lab, blinded_hash="").select_related("ballot", "person")
    options = list(Ballot.objects.get().options.order_by("title"))
    for number, entry in enumerate(waiting.order_by("pk")[:OTHERS]):
        option = options[number % 2]
        ballots.vote_for(
            entry=entry, seed=bytes([number] * 16), choice=option.public_id, reason="", at=timezone.now()
        )


def only_the_turnout_is_seen(town, page):
    ballot = Ballot.objects.get()
    sees(town.go(page, f"{LAB}ballots/{ballot.pk}/status/"), "Turnout")
    expect(page.get_by_text(f"{OTHERS + 3} of {MEMBERS} people have voted (5.1%).")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_have_count(0)
    for name in ("file", "receipts", "reasons"):
        assert page.goto(town.site + reverse(f"ballots:{name}", args=["self-care", ballot.pk])).status == 403
    expect_accessible(page)
    town.go(page, f"{LAB}ballots/{ballot.pk}/status/")


def close_and_declare(page):
    press(page, "Close the vote early", "link")
    sees(page, "Close the vote early")
    press(page, "Close the vote now")
    says(page, "Enter why the vote closes early")
    expect_accessible(page)
    page.get_by_label("Why does the vote close before its time?").fill("Everybody who wanted to has voted.")
    press(page, "Close the vote now")
    sees(page, "Declare the result")
    work()
    press(page, "Declare the result")
    sees(page, TITLE)
    voted = f"13 of {OTHERS + 3} people who voted (56.5%) chose “{TITLE}”."
    expect(page.get_by_text(voted)).to_be_visible()
    assert Lab.objects.get(slug="self-care").theme == TITLE
