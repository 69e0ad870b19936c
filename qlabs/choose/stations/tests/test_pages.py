"""A voting station in a real browser: the browser does the voter's part and keeps nothing of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.choose.ballots import links as codes
from qlabs.choose.ballots.tests.factories import BallotFactory, box_lines, entries, members, open_ballot
from qlabs.choose.stations import actions
from qlabs.choose.stations.views.device import address

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def station():
    now = timezone.now()
    members(12, nation="wales")
    lab = LabFactory(slug="asthma", title="Living with asthma", public=True, open="choose")
    lead = MembershipFactory(lab=lab, role=Role.LEAD).person
    ballot = open_ballot(
        BallotFactory(lab=lab, closes_at=now + timedelta(days=7), reason_prompt="Why?"), at=now
    )
    return actions.set_up(ballot=ballot, place="Ward 5", hours=12, by=lead, at=now)


def come_in(page, live_server, station, number):
    code = codes.station_code(entries(station.ballot)[number], station.ballot)
    page.goto(live_server.url + address(station))
    page.get_by_label("Your personal code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()


def cast(page, title):
    """Both codes."""
    page.get_by_label(title, exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Cast your vote").click()
    expect(page.get_by_role("heading", name="Your vote has been cast")).to_be_focused()
    return [page.locator(f"[data-{name}]").inner_text() for name in ("receipt", "change-code")]


def kept(page):
    return page.evaluate("[JSON.stringify(localStorage), JSON.stringify(sessionStorage)]")


def test_two_people_vote_one_after_the_other_and_nothing_is_kept(page, live_server, station):
    one, two, _three = station.ballot.options.all()
    come_in(page, live_server, station, 0)
    expect_accessible(page)
    first = cast(page, one.title)
    expect_accessible(page)
    assert kept(page) == ["{}", "{}"]
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_label("Your personal code")).to_have_value("")
    page.go_back()
    expect(page.get_by_label("Your personal code")).to_be_visible()
    assert not any(code in page.content() for code in first)
    come_in(page, live_server, station, 1)
    second = cast(page, two.title)
    assert len({*first, *second}) == 4
    assert sorted(line.choice for line in box_lines("choice")) == sorted([one.public_id, two.public_id])


def test_after_a_minute_without_activity_it_warns_and_goes_back_to_the_start(page, live_server, station):
    page.clock.install()
    come_in(page, live_server, station, 0)
    page.clock.run_for(41_000)
    expect(page.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    expect(page.get_by_role("button", name="I need more time")).to_be_focused()
    expect_accessible(page)
    page.get_by_role("button", name="I need more time").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for(39_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for(22_000)
    expect(page.get_by_label("Your personal code")).to_be_visible()


def test_a_vote_that_did_not_arrive_leaves_its_voter_a_way_to_finish_it(page, live_server, station):
    option = station.ballot.options.first()
    page.route("**/box/**", lambda route: route.fulfill(status=503, json={"error": "busy"}))
    come_in(page, live_server, station, 0)
    page.get_by_label(option.title, exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Cast your vote").click()
    expect(page.get_by_text("Your vote may not have arrived. Please try again.")).to_be_visible()
    code = page.locator("[data-unsent-code]").inner_text()
    page.unroute("**/box/**")
    page.get_by_role("button", name="Leave without voting").click()
    page.get_by_label("Your personal code").fill(
        codes.station_code(entries(station.ballot)[0], station.ballot)
    )
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="I have my change code").click()
    page.get_by_text("I have voted before and have my change code").click()
    page.get_by_label("Change code").fill(code)
    assert cast(page, option.title)[1] == code
    assert [line.choice for line in box_lines("choice")] == [option.public_id]
