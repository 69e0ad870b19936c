"""Role x stage of a ballot -> yes or no, for every act."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from qlabs.base.lab.models import Role
from qlabs.base.lab.queries import roles
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions

from .factories import BallotFactory, closed_ballot, declared_ballot, members, open_ballot

pytestmark = pytest.mark.django_db
STAGES = ("draft", "open", "closed", "declared", "stopped", "void")
EVERYBODY = {"stranger", "voter", "late", "researcher", "lead", "operator"}


def at_all(stages, people):
    return {stage: people for stage in stages}


TABLE = {
    "ballots.index": at_all(STAGES, EVERYBODY),
    "ballots.see": {"draft": {"lead"}, **at_all(STAGES[1:], EVERYBODY)},
    "ballots.may_i_vote": at_all(STAGES[1:], EVERYBODY - {"stranger"}),
    "ballots.sign": at_all(STAGES[1:], {"voter"}),
    "ballots.receipt": at_all(STAGES[1:], {"voter"}),
    "ballots.create": at_all(STAGES, {"lead"}),
    "ballots.edit": {"draft": {"lead"}},
    "ballots.open": {"draft": {"lead"}},
    "ballots.status": at_all(STAGES[1:], {"lead"}),
    "ballots.remind": {"open": {"lead"}},
    "ballots.plan_reminders": {"draft": {"lead"}, "open": {"lead"}},
    "ballots.word_emails": {"draft": {"lead"}, "open": {"lead"}},
    "ballots.correct_roll": {"open": {"lead"}},
    "ballots.extend": {"open": {"lead"}},
    "ballots.close": {"open": {"lead"}},
    "ballots.agree_to_close": {"open": {"lead", "researcher"}},
    "ballots.void": {"stopped": {"lead"}},
    "ballots.ask_again": {"void": {"lead"}},
    "ballots.declare": {"closed": {"lead"}},
    "ballots.run_off": {"declared": {"lead"}},
    "ballots.read_reasons": at_all(STAGES[2:4], {"lead"}),
    "ballots.result": {"declared": EVERYBODY},
    "ballots.cast": at_all(STAGES, EVERYBODY),
    "ballots.ended": at_all(STAGES, EVERYBODY),
    "ballots.recount": at_all(STAGES, EVERYBODY),
    "ballots.vote_by_link": at_all(STAGES, EVERYBODY),
    "ballots.my_votes": at_all(STAGES, EVERYBODY - {"stranger"}),
}


def at_stage(stage, lab):
    ballot = BallotFactory(lab=lab)
    if stage == "draft":
        return ballot
    ballot = open_ballot(ballot)
    if stage == "open":
        return ballot
    if stage == "void":
        return actions.close_ballot(ballot=ballot, at=ballot.ends_at)
    if stage == "stopped":
        return actions.stop_ballot(ballot=ballot, because="The box is not whole.", at=ballot.opened_at)
    return closed_ballot(ballot) if stage == "closed" else declared_ballot(ballot)


@pytest.fixture
def cast_of():
    lab = LabFactory(public=True)
    [voter] = members(1)
    people = {"stranger": AnonymousUser(), "voter": voter, "operator": PersonFactory(operator=True)}
    for role in (Role.LEAD, Role.RESEARCHER):
        people[str(role)] = MembershipFactory(lab=lab, role=role).person
    return lab, people


@pytest.mark.parametrize("stage", STAGES)
def test_who_may_do_what_at_each_stage(cast_of, stage):
    lab, people = cast_of
    ballot = at_stage(stage, lab)
    people["late"] = members(1)[0]
    found, wanted = {}, {}
    for name, person in people.items():
        ballot.lab.asked_roles = roles(lab, person)
        for act, stages in TABLE.items():
            found[name, act] = rules.has_perm(act, person, ballot)
            wanted[name, act] = name in stages.get(stage, set())
    assert found == wanted


def test_every_act_of_this_app_is_in_the_table():
    assert {act for act in rules.permissions.permissions if act.startswith("ballots.")} == set(TABLE)


def test_a_private_lab_shows_its_result_to_its_voters_only():
    [voter] = members(1)
    ballot = declared_ballot(open_ballot(BallotFactory(lab=LabFactory(public=True))))
    ballot.lab.is_public = False  # made private since
    ballot.lab.asked_roles = frozenset()
    may = [
        rules.has_perm("ballots.result", person, ballot)
        for person in (AnonymousUser(), PersonFactory(), voter)
    ]
    assert may == [False, False, True]
