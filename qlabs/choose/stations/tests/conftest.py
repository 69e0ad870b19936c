"""A lab, its lead, an open vote and a station for it. The clock stands at noon on the day the vote opened."""

import pytest

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.choose.ballots.tests.factories import NOON, BallotFactory, members, open_ballot
from qlabs.choose.stations import actions


@pytest.fixture
def lab(clock):
    return LabFactory(slug="asthma", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD).person


@pytest.fixture
def ballot(lab):
    members(3, nation="wales")
    return open_ballot(BallotFactory(lab=lab, reason_prompt="Why?"))


@pytest.fixture
def station(ballot, lead):
    return actions.set_up(ballot=ballot, place="Ward 5", hours=12, by=lead, at=NOON)
