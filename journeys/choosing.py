"""The lead's and the operator's steps to a theme, worked with any hand: members, a proposal, a vote, its result."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from journeys.aftermath import LAB, TITLE
from journeys.visitors import says, sees, work
from qlabs.base.lab.models import Lab, Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots.models import Ballot, RollEntry
from qlabs.choose.themes.models import Theme
from qlabs.choose.themes.tests.factories import ThemeFactory

NATIONS = ["England"] * 6 + ["Scotland"] * 2 + ["Wales", "Northern Ireland"]
BAD_ROWS = {
    ("No Address", "", "Wales"): "is missing",
    ("Not an address", "ann.example.org", "Wales"): "is not an email address like name@example.com",
    ("Two signs", "two@@example.org", "France"): "is not an email address like name@example.com",
    ("Twice", "member1@example.org", "Wales"): "is the same as in row 2",
    ("", "nameless@example.org", "Wales"): "is missing",
}


def members_list(count):
    """The file an operator was sent: semicolons, in the code page of Windows, five rows wrong."""
    good = [(f"Zoë {n}", f"member{n}@example.org", NATIONS[n % 10]) for n in range(1, count + 1)]
    rows = [("Name", "Email", "Nation"), *good, *BAD_ROWS]
    text = "\r\n".join(";".join(row) for row in rows)
    return {"name": "members.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}


def import_members(town, hand, count):
    page = town.open(PersonFactory(name="Olu Operator", operator=True))
    sees(town.go(page, "/people/import/"), "Import members")
    hand.press(page, "Check the list")
    says(page, "Select a CSV or Excel file")
    expect_accessible(page)
    hand.fill(page, "Where does the list come from?", "Members of Q, January 2027")
    hand.attach(page, "List of members", members_list(count))
    hand.press(page, "Check the list")
    sees(page, f"{count} will become members, 5 cannot")
    table = page.get_by_role("table", name="Rows that cannot be imported")
    reasons = [row.get_by_role("strong").all_inner_texts() for row in table.get_by_role("row").all()[1:]]
    assert reasons == [[reason] for reason in BAD_ROWS.values()]
    mend(page, hand)
    hand.fill(page, "How many people will become members?", str(count))
    hand.press(page, f"Make {count} people members")
    sees(page, f"{count} people are members now")
    assert Person.objects.exclude(joined_at=None).count() == count
    work()
    assert len(town.postbox.letters) == count
    sees(town.go(page, "/people/invitations/"), "Invitations")


def mend(page, hand):
    """The refused rows, as a file."""
    with page.expect_download() as download:
        hand.press(page, "The rows to fix", "link")
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 1 + len(BAD_ROWS)


def propose(town, hand):
    """A member takes up her invitation and proposes a theme."""
    page = town.open()
    link = town.link_in("member1@example.org", "join")
    sees(town.go(page, link), "Welcome, Zoë 1")
    hand.press(page, "Sign in with this link")
    sees(page, "Your profile")
    sees(town.go(page, f"{LAB}themes/"), "Themes")
    hand.press(page, "Propose a theme")
    sees(page, "Propose a theme")
    hand.press(page, "Propose this theme")
    says(page, "Enter a title")
    hand.fill(page, "Title", TITLE)
    hand.fill(page, "Summary", "People know their own bodies. Let them manage more of their care.")
    hand.press(page, "Propose this theme")
    sees(page, TITLE)
    assert town.go(town.open(), link).get_by_role("heading", level=1).inner_text() != "Welcome, Zoë 1"


def shortlist_and_open(town, hand, page, count):
    lab, theme = Lab.objects.get(slug="self-care"), Theme.objects.get(title=TITLE)
    sees(town.go(page, f"{LAB}ballots/new/"), "Prepare a vote")
    ThemeFactory.create_batch(2, lab=lab, shortlisted=True)
    sees(town.go(page, f"{LAB}themes/{theme.pk}/"), TITLE)
    hand.press(page, "Put on the shortlist")
    says(page, "The theme is on the shortlist")
    sees(town.go(page, f"{LAB}ballots/"), "Votes")
    hand.press(page, "Prepare a vote")
    sees(page, "Prepare a vote")
    hand.press(page, "Save the draft")
    says(page, "Select at least two themes")
    expect_accessible(page)
    for option in page.get_by_role("group", name="Themes").get_by_role("checkbox").all():
        hand.tick(page, option.evaluate("box => box.labels[0].textContent.trim()"))
    enter_moment(page, hand, "Closes", timezone.now().astimezone(LONDON) + timedelta(days=7))
    hand.press(page, "Save the draft")
    sees(page, "Which theme should the lab work on?")
    hand.press(page, "Open the vote", "link")
    sees(page, "Open the vote")
    hand.press(page, "Open the vote now")
    says(page, "The vote is open")
    expect_accessible(page)
    assert Ballot.objects.get().roll_size == count
    before = len(town.postbox.letters)
    work()
    assert len(town.postbox.letters) == before + count


def enter_moment(page, hand, group, at):
    for label, value in (("Day", at.day), ("Month", at.month), ("Year", at.year), ("Time", "5pm")):
        hand.fill(page, label, str(value), group=group)


def others_vote(lab, count):
    """Some of the rest vote without a browser, for any of the themes."""
    waiting = RollEntry.objects.filter(ballot__lab=lab, has_key=False).select_related("ballot", "person")
    options = list(Ballot.objects.get().options.order_by("title"))
    for number, entry in enumerate(waiting.order_by("pk")[:count]):
        option = options[number % 2]
        ballots.vote_for(
            entry=entry, seed=bytes([number] * 16), choice=option.public_id, reason="", at=timezone.now()
        )


def close_and_declare(town, hand, page, outcome):
    hand.press(page, "Close the vote early", "link")
    sees(page, "Close the vote early")
    hand.press(page, "Ask to close the vote early")
    says(page, "Enter why the vote closes early")
    expect_accessible(page)
    hand.fill(page, "Why does the vote close before its time?", "Everybody who wanted to has voted.")
    hand.press(page, "Ask to close the vote early")
    says(page, "Everybody on the voters’ list is told by email")
    agree(town, hand)
    town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/declare/")
    sees(page, "Declare the result")
    work()
    hand.press(page, "Declare the result")
    sees(page, TITLE)
    expect(page.get_by_text(f"{outcome} chose “{TITLE}”.")).to_be_visible()
    assert Lab.objects.get(slug="self-care").theme == TITLE


def agree(town, hand):
    """A second member of the team finds on her page what she is asked, and agrees."""
    lab = Lab.objects.get(slug="self-care")
    page = town.open(
        MembershipFactory(lab=lab, role=Role.RESEARCHER, person=PersonFactory(name="Ray")).person
    )
    sees(town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/"), "Which theme should the lab work on?")
    hand.press(page, "Agree to close the vote now", "link")
    sees(page, "Agree to close the vote now")
    expect_accessible(page)
    hand.press(page, "Agree and close the vote now")
    says(page, "The vote is closed")
