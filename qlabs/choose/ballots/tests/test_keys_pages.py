"""The real vote page with another key on it, as a cheating server would hand it out to one voter."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from journeys.accessibility import expect_accessible
from qlabs.choose.ballots import links
from qlabs.choose.ballots.models import RollEntry, SealedVote

from .factories import cast, declared_ballot, entries
from .reading import address
from .test_pages import ballot
from .test_pages import cast as cast_by_hand

__all__ = ["ballot"]
pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(ballot, live_server):
    """The personal link as it stands in the invitation."""
    entry = entries(ballot)[0]
    here = reverse("ballots:by_link", args=[links.token(entry, ballot)])
    return live_server.url + links.with_check_code(here, ballot)


@pytest.fixture
def asked(page):
    """The addresses that were sent something."""
    posted = []
    page.on("request", lambda request: request.method == "POST" and posted.append(request.url))
    return posted


def swap_a_key(page, ballot):
    """On its way the page gets another key for the choice, of the same length."""
    n = ballot.keys.get(scope="choice").n

    def answer(route):
        real = route.fetch()
        route.fulfill(response=real, body=real.text().replace(n, n[:-4] + "0001"))

    page.route("**/vote/**", answer)


def test_the_voters_browser_refuses_another_key_and_sends_nothing(page, ballot, link, asked, settings):
    swap_a_key(page, ballot)
    page.goto(link)

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The keys on this page are not the ones in your email. Do not vote here.")
    expect(alert).to_contain_text(settings.CONTACT_EMAIL)
    expect(page.get_by_role("radio")).to_have_count(0)
    expect_accessible(page)
    page.evaluate("document.getElementById('vote-form').requestSubmit()")
    expect(alert).to_be_visible()
    assert asked == []
    assert (SealedVote.objects.count(), RollEntry.objects.filter(has_key=True).count()) == (0, 0)


def test_with_the_keys_of_her_email_she_votes(page, ballot, link):
    page.goto(link)
    expect(page.get_by_text("they are the same")).to_be_visible()
    assert "#" not in page.url
    cast_by_hand(page, ballot.options.first().title)


def test_who_took_part_can_be_looked_up_by_code(page, live_server, client, ballot):
    voted, abstained = entries(ballot)[:2]
    cast(voted, None, client=client)
    page.goto(live_server.url + address("took_part", declared_ballot(ballot, at=ballot.closes_at)))
    for code, words in ((voted, "Somebody took part"), (abstained, "Nobody took part")):
        page.get_by_label("Your participation code").fill(code.participation_code)
        page.get_by_role("button", name="See whether it took part").click()
        expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
        expect_accessible(page)
        assert code.participation_code not in page.url
