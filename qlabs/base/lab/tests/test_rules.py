"""Role x state of the lab -> may or may not, for every act that base declares."""

from datetime import datetime

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from qlabs.base.lab import access
from qlabs.base.lab.models import Role
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=LONDON)
RUN = {"operator", "lead"}
TEAM = RUN | {"researcher", "designer", "coach"}
EVERYBODY = TEAM | {"site-lead", "contributor", "funder", "evaluator", "follower", "member", "stranger"}
MAY = {
    "lab.change": RUN,
    "lab.see_team": TEAM,
    "lab.change_team": RUN,
    "lab.invite": RUN,
    "lab.see_funding": TEAM | {"funder", "evaluator"},
    "lab.change_funding": RUN,
    "lab.date_stages": RUN,
    "lab.see_gate": TEAM,
    "lab.pass_gate": RUN,
    "lab.archive": RUN,
    "lab.read_log": TEAM,
}
READING = {"lab.see_team", "lab.see_funding", "lab.see_gate", "lab.archive", "lab.read_log"}


def person_as(role, lab):
    if role == "stranger":
        return AnonymousUser()
    person = PersonFactory(member=role == "member", is_operator=role == "operator")
    if role in Role.values:
        MembershipFactory(lab=lab, person=person, role=role)
    return person


def those_who_may(act, lab, rf):
    request = rf.get("/")
    request.at, allowed = AT, set()
    for role in EVERYBODY:
        request.user = person_as(role, lab)
        del lab.asked_at
        allowed |= {role} if access.may(request, act, lab) else set()
    return allowed


@pytest.fixture
def lab():
    lab = LabFactory(public=True, open="choose")
    lab.asked_at = AT
    return lab


def test_the_table_names_every_act_of_base():
    declared = {name for name in rules.permissions.permissions if name.startswith("lab.")}
    assert declared == {*MAY, "lab.create"}


@pytest.mark.parametrize("act", MAY)
def test_each_role_may_do_what_the_table_says(act, lab, rf):
    assert those_who_may(act, lab, rf) == MAY[act]


@pytest.mark.parametrize("act", MAY)
def test_in_an_archived_lab_one_may_read_and_bring_it_back(act, lab, rf):
    lab.archived_at = AT
    assert those_who_may(act, lab, rf) == (MAY[act] if act in READING else set())


def test_labs_are_set_up_by_operators_and_by_those_who_lead_one(rf):
    lead, coach = MembershipFactory(role=Role.LEAD).person, MembershipFactory(role=Role.COACH).person
    people = [PersonFactory(operator=True), lead, coach, PersonFactory(member=True), AnonymousUser()]
    assert [rules.has_perm("lab.create", person, None) for person in people] == [
        True,
        True,
        False,
        False,
        False,
    ]
