"""How votes end otherwise than in their time, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.accessibility import expect_accessible
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions

from .factories import BallotFactory, open_ballot

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ballot():
    now = timezone.now()
    lab = LabFactory(slug="asthma", title="Living with asthma", public=True, open="choose")
    for role in (Role.LEAD, Role.RESEARCHER):
        MembershipFactory(lab=lab, role=role, person=PersonFactory(name=f"Lee {role.title()}"))
    return open_ballot(BallotFactory(lab=lab, closes_at=now + timedelta(days=7)), at=now)


def on_team(ballot, role):
    return ballot.lab.memberships.get(role=role).person


def as_it_stands(ballot, state):
    """The same ballot: asked to close early, stopped, or over with too few votes."""
    lead, now = on_team(ballot, Role.LEAD), timezone.now()
    if state == "asked":
        actions.ask_early_closing(ballot=ballot, reason="Everybody we asked has voted.", by=lead, at=now)
    if state == "stopped":
        actions.stop_ballot(ballot=ballot, because="Votes were lost when the server broke.", at=now)
    if state == "void":
        actions.close_ballot(ballot=ballot, at=ballot.ends_at)


@pytest.mark.parametrize(
    ("state", "name", "role"),
    [
        ("open", "status", Role.LEAD),
        ("asked", "close", Role.LEAD),
        ("asked", "status", Role.LEAD),
        ("asked", "ballot", Role.RESEARCHER),
        ("asked", "agree", Role.RESEARCHER),
        ("asked", "agree", Role.LEAD),
        ("stopped", "ballot", Role.LEAD),
        ("stopped", "void", Role.LEAD),
        ("void", "ballot", Role.LEAD),
        ("void", "status", Role.LEAD),
        ("void", "ask_again", Role.LEAD),
    ],
)
def test_every_page_of_another_end_is_accessible(page_as, ballot, state, name, role):
    as_it_stands(ballot, state)
    expect_accessible(page_as(on_team(ballot, role), reverse(f"ballots:{name}", args=["asthma", ballot.pk])))
