"""Whom the roll takes, what a lead sees of it, and that operators see nothing of it."""

import pytest

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import Voters
from qlabs.choose.ballots.states import FEWEST_VOTES
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import CLOSES, NOON, BallotFactory, closed_ballot, entries, members, open_ballot
from .reading import address, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def asthma(db):
    """A lab: its lead, and a follower with two roles who is no member of the community."""
    lab = LabFactory(slug="asthma", public=True)
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(name="Lee", member=True)).person
    guest = PersonFactory(name="Gus")
    for role in (Role.FOLLOWER, Role.CONTRIBUTOR):
        MembershipFactory(lab=lab, role=role, person=guest)
    MembershipFactory(lab=lab, person=PersonFactory(is_active=False))
    MembershipFactory(person=PersonFactory(name="In another lab"))
    return lab, lead, guest


def test_the_roll_of_a_lab_is_everybody_with_a_role_in_it_once(asthma):
    lab, lead, guest = asthma
    members(2)
    ballot = open_ballot(BallotFactory(lab=lab, voters=Voters.LAB))
    assert [entry.person for entry in entries(ballot)][:2] == [lead, guest]
    assert ballot.roll_size == FEWEST_VOTES


def test_the_roll_of_the_community_is_every_member(asthma):
    lab, lead, _guest = asthma
    others = members(2)
    ballot = open_ballot(BallotFactory(lab=lab, voters=Voters.COMMUNITY))
    assert [entry.person for entry in entries(ballot)][:3] == [lead, *others]


@pytest.mark.parametrize(("public", "chosen"), [(True, "community"), (False, "lab")])
def test_a_private_lab_asks_its_own_people_unless_the_lead_says_otherwise(
    clock, asthma, client_as, public, chosen
):
    lab, lead, _guest = asthma
    lab.is_public = public
    lab.save()
    ThemeFactory(lab=lab, shortlisted=True)
    page = client_as(lead).get("/labs/asthma/ballots/new/").content.decode()
    assert [value for value in Voters.values if f'value="{value}" checked' in page] == [chosen]


def test_before_the_opening_the_lead_reads_whom_the_roll_takes(clock, asthma, client_as):
    lab, lead, _guest = asthma
    members(4)
    ballot = BallotFactory(lab=lab, voters=Voters.LAB)
    page = text(client_as(lead).get(address("open", ballot)))
    assert "2 people have a role in this lab now and would be on the list of voters." in page


def test_a_second_vote_asks_the_same_people(asthma, clock):
    lab, lead, _guest = asthma
    ballot = open_ballot(BallotFactory(lab=lab, voters=Voters.LAB))
    for entry, option in zip(entries(ballot), ballot.options.all()[:2], strict=False):
        actions.vote_for(
            entry=entry, seed=bytes([entry.pk % 256]) * 16, choice=option.public_id, reason="", at=NOON
        )
    ballot = actions.declare(ballot=closed_ballot(ballot), by=lead, at=CLOSES)
    again = actions.create_run_off(ballot=ballot, closes_at=CLOSES.replace(year=2018), by=lead, at=CLOSES)
    assert again.voters == Voters.LAB


def test_the_roll_shows_addresses_in_part_and_is_not_searched_by_them(asthma, client_as, clock):
    lab, lead, guest = asthma
    ballot = open_ballot(BallotFactory(lab=lab, voters=Voters.LAB))
    page = text(client_as(lead).get(address("roll", ballot)))
    assert f"{guest.email[0]}***@example.org" in page
    assert guest.email not in page
    found = text(client_as(lead).get(address("roll", ballot) + f"?q={guest.email}"))
    assert "Nobody on the list matches your search." in found
    entry = entries(ballot)[1]
    assert guest.email in text(client_as(lead).get(f"/labs/asthma/ballots/roll/{entry.pk}/"))


@pytest.mark.parametrize("page", ["status", "roll", "reasons"])
def test_an_operator_sees_no_turnout_no_roll_and_no_reason(asthma, client_as, page):
    lab, lead, _guest = asthma
    ballot = BallotFactory(lab=lab)
    ballot = closed_ballot(open_ballot(ballot, at=CLOSES.replace(day=1)))
    assert client_as(lead).get(address(page, ballot)).status_code == 200
    assert client_as(PersonFactory(operator=True)).get(address(page, ballot)).status_code == 403


def test_a_private_lab_asks_the_whole_community_only_once_it_is_public(clock, asthma, client_as):
    lab, lead, _guest = asthma
    lab.is_public = False
    lab.save()
    members(5)
    ballot, client = BallotFactory(lab=lab, voters=Voters.COMMUNITY), client_as(lead)
    page = client.get(address("open", ballot))
    assert "Make the lab public" in text(page)
    assert address("edit", ballot) in page.content.decode()
    assert "Open the vote now" not in text(page)
    assert client.post(address("open", ballot)).status_code == 409
    page = client.post(address("open", ballot), {"publish": "yes"}, follow=True)
    assert "Open the vote now" in text(page)
    lab.refresh_from_db()
    assert lab.is_public
    client.post(address("open", ballot))
    ballot.refresh_from_db()
    assert ballot.state == "open"


def test_a_private_lab_asks_its_own_people_without_more(clock, asthma, client_as):
    lab, lead, _guest = asthma
    lab.is_public = False
    lab.save()
    ballot = BallotFactory(lab=lab, voters=Voters.LAB)
    assert "Open the vote now" in text(client_as(lead).get(address("open", ballot)))
