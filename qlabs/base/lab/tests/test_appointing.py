"""Where a lead is absent an operator appoints another, in the open."""

import pytest
from django.utils import timezone

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Membership, Role
from qlabs.base.people import actions as people
from qlabs.base.people.models import Invitation
from qlabs.base.people.tests.factories import PersonFactory

from .factories import LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TEAM = "/labs/asthma/team/"


@pytest.fixture
def lab(db):
    lab = LabFactory(slug="asthma")
    MembershipFactory(
        lab=lab, role=Role.LEAD, person=PersonFactory(name="Absent", email="absent@example.org")
    )
    return lab


@pytest.fixture
def operator(db):
    return PersonFactory(name="Olu Operator", email="olu@example.org", operator=True)


def asked(person):
    return {"email": person.email, "role": "lead", "name": person.name}


def accept():
    people.accept_invitation(invitation=Invitation.objects.get(), at=timezone.now())


def test_an_operator_appoints_a_lead_and_the_log_and_the_team_say_so(clock, lab, operator, client_as):
    new = PersonFactory(name="New Lead", email="new@example.org")
    client_as(operator).post(TEAM, asked(new))
    accept()
    page = client_as(operator).get(TEAM).content.decode()
    assert "appointed by Olu Operator on Wednesday 1 February 2017" in page
    event = Event.objects.get(lab=lab, what="lab.team_changed")
    assert (event.by, event.facts) == (
        new,
        {"added": "lead", "person": new.pk, "appointed_by": operator.pk},
    )
    assert "New Lead" in client_as(new).get("/labs/asthma/log/").content.decode()


def test_whom_a_lead_makes_lead_was_not_appointed(lab, client_as):
    new = PersonFactory(name="New Lead", email="new@example.org")
    lead = lab.memberships.get().person
    client_as(lead).post(TEAM, asked(new))
    accept()
    page = client_as(lead).get(TEAM).content.decode()
    assert Membership.objects.filter(lab=lab, role=Role.LEAD).count() == 2
    assert "appointed by" not in page


def test_nobody_appoints_herself(lab, operator, client_as):
    answer = client_as(operator).post(TEAM, asked(operator))
    assert (answer.status_code, "You cannot make yourself the lead" in answer.content.decode()) == (403, True)
    assert not Membership.objects.filter(person=operator).exists()
