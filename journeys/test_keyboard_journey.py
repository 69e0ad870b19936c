"""From the list of members to the declared result without a mouse; the vote itself is in test_vote_ways.py."""

import pytest
from playwright.sync_api import expect

from journeys.aftermath import LAB, TITLE
from journeys.choosing import close_and_declare, import_members, others_vote, propose, shortlist_and_open
from journeys.hands import Keyboard
from journeys.visitors import PHONE, sees
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.choose.ballots.models import Ballot

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("vote_journey"),
]
MEMBERS = 12


@pytest.mark.parametrize("town", [PHONE], indirect=True, ids=["phone"])
def test_a_community_chooses_its_theme_by_keyboard_alone(town):
    hand, lab = Keyboard(), LabFactory(slug="self-care", title="The first lab", public=True, open="choose")
    import_members(town, hand, MEMBERS)
    propose(town, hand)
    page = town.open(MembershipFactory(lab=lab, role=Role.LEAD).person)
    shortlist_and_open(town, hand, page, MEMBERS)
    others_vote(lab, 11)
    sees(town.go(page, f"{LAB}ballots/{Ballot.objects.get().pk}/status/"), "Turnout")
    close_and_declare(town, hand, page, "6 of 11 people who voted (54.5%)")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
