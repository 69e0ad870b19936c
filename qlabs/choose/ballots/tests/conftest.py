"""A lab, its lead and an open vote, for the tests of pages. The clock stands at noon on the day the vote opened."""

import pytest

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory

from .factories import BallotFactory, members, open_ballot


@pytest.fixture
def lab(clock):
    return LabFactory(slug="asthma", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD).person


@pytest.fixture
def ballot(lab):
    members(3, nation="wales")
    members(3)
    return open_ballot(BallotFactory(lab=lab, reason_prompt="Why?"))
