"""The pages of this app in a real browser: found by role and label, and without an axe violation."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people import actions, links
from qlabs.base.people.models import Invitation, Person
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]
LIST = (
    "Name;Email;Nation\n"
    "Ann Smith;ann@example.org;Wales\n"
    "Bob Jones;bob.example.org;Wales\n"
    "Cat Ray;cat.example.org;France\n"
)


def ask_for_code(page, live_server, postbox, email):
    page.goto(f"{live_server.url}/account/login/")
    expect_accessible(page)
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    call_command("work", "--once")
    return postbox.to(email)[-1].get_content()


def code_in(letter):
    return re.search(r"^ {4}(\S+)\s*$", letter, re.M).group(1)


def enter(page, label, text, button):
    page.get_by_label(label).fill(text)
    page.get_by_role("button", name=button).click()


def test_a_member_signs_in_by_code(page, live_server, postbox):
    person = PersonFactory(member=True)
    letter = ask_for_code(page, live_server, postbox, person.email)
    expect_accessible(page)
    enter(page, "Your code", "WRONG", "Sign in")
    expect(page.get_by_role("alert")).to_contain_text("This is not the code we sent")
    expect_accessible(page)
    enter(page, "Your code", code_in(letter), "Sign in")
    page.wait_for_url("**/waiting/")
    page.goto(f"{live_server.url}/account/profile/")
    expect(page.get_by_label("Your name")).to_have_value(person.name)


def test_an_empty_address_says_what_to_do(page, live_server):
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your email address")
    assert page.title() == "Error: Sign in – Q Labs"
    expect_accessible(page)


def virtual_authenticator(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in_alone(page, page_as, live_server):
    person = PersonFactory(operator=True)
    live = live_server.url.replace("127.0.0.1", "localhost")
    page_as(person, "/account/security/")
    cookie = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    page.context.add_cookies([{"name": "sessionid", "value": cookie["value"], "url": live}])
    virtual_authenticator(page)
    page.goto(f"{live}/account/security/")
    page.get_by_role("button", name="Add a passkey").click()
    expect_accessible(page)
    enter(page, "Name of this passkey", "My laptop", "Add the passkey")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.get_by_role("term").filter(has_text="My laptop")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{live}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/waiting/")
    page.goto(f"{live}/account/2fa/recovery-codes/")
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def test_a_passkey_that_is_turned_down_is_said_in_the_page(page, live_server):
    page.goto(f"{live_server.url.replace('127.0.0.1', 'localhost')}/account/login/")
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new Error('turned down')))")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "The passkey was not used. Try again, or choose another way."
    )
    expect_accessible(page)


def totp_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_authenticator_app_is_added_and_then_asked_for(page, page_as, live_server, postbox, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = PersonFactory(operator=True)
    page_as(person, "/people/")
    expect(page.get_by_role("heading", name="Add a second factor to go on")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Add an app").click()
    expect_accessible(page)
    assert page.get_by_role("img", name="QR code").evaluate("picture => picture.naturalWidth") > 0
    secret = page.get_by_text("Key:").inner_text().removeprefix("Key:").replace(" ", "")
    enter(page, "Code from your authenticator app", "000", "Add this app")
    expect(page.get_by_role("alert")).to_be_visible()
    enter(page, "Code from your authenticator app", totp_code(secret), "Add this app")
    recovery = page.get_by_role("listitem").filter(has_text=re.compile(r"^\d{4} \d{4}$")).first.inner_text()
    page.goto(f"{live_server.url}/people/")
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    letter = ask_for_code(page, live_server, postbox, person.email)
    enter(page, "Your code", code_in(letter), "Sign in")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    expect_accessible(page)
    enter(page, "Code from your authenticator app", "123456", "Go on")
    expect(page.get_by_role("alert")).to_be_visible()
    enter(page, "Code from your authenticator app", recovery, "Go on")
    page.wait_for_url("**/waiting/")


def test_a_list_is_checked_confirmed_and_its_people_are_written_to(
    page, page_as, live_server, postbox, tmp_path
):
    path = tmp_path / "members.csv"
    path.write_text(LIST, encoding="cp1252")
    page_as(PersonFactory(operator=True), "/people/import/")
    expect_accessible(page)
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("alert")).to_contain_text("Select a CSV or Excel file")
    expect_accessible(page)
    page.get_by_label("Where does the list come from?").fill("Members of Q, January 2027")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="1 will become members, 2 cannot")).to_be_visible()
    refused = page.get_by_role("table", name="Rows that cannot be imported")
    cell = refused.get_by_role("row").nth(1).get_by_role("cell").nth(1).inner_text()
    assert cell.splitlines() == ["bob.example.org", "is not an email address like name@example.com"]
    expect_accessible(page)
    page.get_by_role("button", name="Make 1 person a member").click()
    expect(page.get_by_role("alert")).to_contain_text("Type how many people will become members")
    expect_accessible(page)
    enter(page, "How many people will become members?", "1", "Make 1 person a member")
    expect(page.get_by_role("heading", name="1 person is a member now")).to_be_visible()
    expect_accessible(page)
    call_command("work", "--once")
    [letter] = postbox.letters
    link = re.search(r"http\S+/join/\S+", letter.get_content()).group()
    page.context.clear_cookies()
    page.goto(live_server.url + link.partition("8000")[2])
    expect_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Your name")).to_have_value("Ann Smith")
    page.context.clear_cookies()
    page.goto(live_server.url + link.partition("8000")[2])
    expect(page.get_by_role("heading", name="This link has done its work")).to_be_visible()
    expect_accessible(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_guest_is_asked_can_say_no_and_changes_her_mind(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 900})
    invitation = InvitationFactory(
        purpose="lab", lab=LabFactory(title="Asthma"), role="contributor", person=PersonFactory(name="Gwen"),
        invited_by=PersonFactory(name="Leila Lead"), expires_at=timezone.now() + timedelta(days=60),
    )  # fmt: skip
    page.goto(f"{live_server.url}/join/{links.token(invitation)}/")
    words = "Leila Lead invites you to take part in “Asthma” (Public contributor)."
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_label("Also join the community")).not_to_be_checked()
    expect_accessible(page)
    page.get_by_role("link", name="No thanks").click()
    expect_accessible(page)
    page.get_by_role("button", name="No thanks").click()
    expect(page.get_by_role("heading", name="You said no thanks")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="I have changed my mind").click()
    page.get_by_label("Also join the community").check()
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", name="Asthma")).to_be_visible()
    assert Person.objects.get(name="Gwen").is_member


def test_the_profile_keeps_what_was_typed_beside_an_error(page, page_as):
    person = PersonFactory(member=True)
    page_as(person, "/account/profile/")
    expect_accessible(page)
    page.get_by_label("Your name").fill("")
    page.get_by_label("Your organisation or group").fill("Barts Health")
    page.get_by_label("Carer", exact=True).check()
    page.get_by_role("button", name="Save your profile").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your name")
    expect(page.get_by_label("Your organisation or group")).to_have_value("Barts Health")
    expect_accessible(page)
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_role("button", name="Save your profile").click()
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    saved = Person.objects.select_related("organisation").get(pk=person.pk)
    assert (saved.name, saved.organisation.name, saved.perspective) == (
        "Ada Lovelace",
        "Barts Health",
        "carer",
    )


def test_an_operator_finds_a_person_changes_the_address_and_closes_the_account(page, page_as):
    PersonFactory.create_batch(30, member=True)
    wanted = PersonFactory(name="Wanda Wanted", profiled=True, member=True)
    page_as(PersonFactory(operator=True), "/people/")
    expect_accessible(page)
    page.get_by_label("Name, email address or organisation").fill("wanda")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Wanda Wanted").click()
    expect_accessible(page)
    page.get_by_role("button", name="Change the address").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the new email address")
    enter(page, "New email address", "wanda@new.example.org", "Change the address")
    expect(page.get_by_text("The address is changed, and both addresses are told.")).to_be_visible()
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_role("heading", name="Close the account of Wanda Wanted?")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("The account of Wanda Wanted is closed.")).to_be_visible()
    expect_accessible(page)
    wanted.refresh_from_db()
    assert (wanted.email, wanted.is_active) == ("wanda@new.example.org", False)


def test_five_hundred_unanswered_invitations_are_paged_and_reminded_once_a_week(page, page_as):
    long_ago = timezone.now() - timedelta(days=20)
    InvitationFactory.create_batch(500, invited_at=long_ago, expires_at=long_ago + timedelta(days=60))
    page_as(PersonFactory(operator=True), "/people/invitations/")
    expect(page.get_by_text("Showing 1 to 25 of 500")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Remind", exact=False).nth(1).click()
    expect(page.get_by_role("cell", name=re.compile("Reminded on"))).to_have_count(1)
    page.get_by_role("button", name="Remind all 499 who have waited a week").click()
    expect(page.get_by_text("Reminders go to 499 people.")).to_be_visible()
    assert Invitation.objects.filter(reminded_at=None).count() == 0


def test_a_link_that_has_expired_offers_another_way_in(page, live_server):
    invitation = actions.invite_member(
        name="Late Larry", email="larry@example.org", by=None, at=timezone.now() - timedelta(days=61)
    )
    page.goto(f"{live_server.url}/join/{links.token(invitation)}/")
    expect(page.get_by_text("It is no longer open: links end after 60 days.")).to_be_visible()
    page.get_by_role("button", name="Sign in by code").click()
    expect(page.get_by_label("Email address")).to_be_visible()
