"""Whoever looks after an open vote finds every page of it by links, from the lab's own page."""

import re
from itertools import pairwise

import pytest

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.tests.factories import NOON, BallotFactory, open_ballot
from qlabs.choose.ballots.tests.reading import address, link_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(clock):
    return LabFactory(slug="asthma", public=True, open="choose")


@pytest.fixture
def lead(lab):
    """A lead who is a member of the community too, and so on the voters' list."""
    return MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person


@pytest.fixture
def ballot(lab, lead):
    return open_ballot(BallotFactory(lab=lab))


def links_on(client, page):
    return set(re.findall(r'(?:href|action)="([^"#?]+)"', client.get(page).content.decode()))


def walk(client, *pages):
    """Go from page to page, each linked on the one before; gives back what the last one links to."""
    for here, there in pairwise(pages):
        assert there in links_on(client, here), f"{there} is not on {here}"
    return links_on(client, pages[-1])


def test_a_lead_who_may_vote_walks_from_the_lab_to_every_page_of_the_open_vote(ballot, lead, client_as):
    client, home = client_as(lead), "/labs/asthma/"
    vote, status = address("ballot", ballot), address("status", ballot)
    rest = {address(name, ballot) for name in ("roll", "remind", "close")} | {f"{vote}stations/"}
    assert rest <= walk(client, home, vote, status)
    assert rest <= walk(client, home, vote)
    assert address("plan", ballot) in walk(client, home, vote, address("remind", ballot))
    walk(client, home, status)
    walk(client, home, "/labs/asthma/ballots/", status)


def test_the_leads_part_stands_after_the_vote_in_a_section_of_its_own(ballot, lead, client_as):
    before, after = client_as(lead).get(address("ballot", ballot)).content.decode().split("</form>", 1)[0:2]
    assert address("status", ballot) not in before
    assert '<section aria-labelledby="lead">' in after


def test_the_leads_part_is_on_her_personal_link_and_on_nobody_elses_page(ballot, lead, client, client_as):
    entry, other = ballot.roll.get(person=lead), ballot.roll.exclude(person=lead).first()
    assert "For the lab lead" not in text(client.get(link_of(entry)))
    assert "For the lab" not in text(client_as(other.person).get(address("ballot", ballot)))
    assert address("status", ballot) in links_on(client_as(lead), link_of(entry))


@pytest.mark.parametrize("role", [Role.LEAD, Role.RESEARCHER])
def test_a_second_member_of_the_team_walks_from_the_lab_to_agreeing(ballot, lab, lead, client_as, role):
    second = MembershipFactory(lab=lab, role=role, person=PersonFactory()).person
    agree, client = address("agree", ballot), client_as(second)
    pages = ("/labs/asthma/", "/labs/asthma/ballots/", address("ballot", ballot))
    for page in pages:
        assert agree not in links_on(client, page)
    actions.ask_early_closing(ballot=ballot, reason="All who can have voted.", by=lead, at=NOON)
    for page in pages:
        assert agree in links_on(client, page), page
    assert not any(agree in links_on(client_as(lead), page) for page in pages)


def test_what_needs_attention_names_the_open_vote_and_asks_nobody_to_open_one(ballot, lab, lead, client_as):
    client = client_as(lead)
    assert "A vote is open until Wednesday 22 February 2017, 5pm" in text(client.get("/labs/asthma/"))
    gate = text(client.get("/labs/asthma/gates/choose/"))
    assert "A vote is declared" in gate
    assert "Open a vote" not in gate
    client = client_as(PersonFactory(is_operator=True))
    assert "A vote is open until" not in text(client.get("/labs/asthma/"))
