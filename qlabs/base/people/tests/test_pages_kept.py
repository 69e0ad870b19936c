"""What was typed too late, in a real browser."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_before_the_session_ended_is_sent_again(
    browser, live_server, client_as, postbox, scripts
):
    person = PersonFactory(member=True)
    context = browser.new_context(java_script_enabled=scripts)
    cookie = client_as(person).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/account/profile/")
    page.get_by_label("Your skills").fill("Line one\nKnitting")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Email address").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    call_command("work", "--once")
    code = re.search(r"^ {4}(\S+)\s*$", postbox.to(person.email)[-1].get_content(), re.MULTILINE)[1]
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="We kept what you typed")).to_be_visible()
    expect(page.get_by_role("paragraph").filter(has_text="Knitting")).to_be_visible()
    if scripts:
        expect_accessible(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_label("Your skills")).to_have_value("Line one\nKnitting")
    assert Person.objects.get(pk=person.pk).skills.splitlines() == ["Line one", "Knitting"]
    context.close()
