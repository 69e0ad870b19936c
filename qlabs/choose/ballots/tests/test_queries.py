import pytest

from qlabs.base.lab.gates import criteria
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.ui.words import when
from qlabs.choose.ballots import actions, queries

from .factories import (
    LATER,
    NOON,
    BallotFactory,
    closed_ballot,
    declared_ballot,
    entries,
    members,
    open_ballot,
)

pytestmark = pytest.mark.django_db
QUESTION = "Which theme should the lab work on?"


def vote(entry, choice="", reason=""):
    actions.vote_for(entry=entry, seed=entry.pk.to_bytes(16, "big"), choice=choice, reason=reason, at=NOON)


def titles(person, at):
    return [item.title for item in queries.waiting(person, at)]


def test_a_vote_waits_until_it_is_cast_or_closed():
    first, second = members(2)
    ballot = open_ballot()
    assert (titles(first, NOON), titles(second, NOON)) == ([f"Vote: {QUESTION}"],) * 2
    vote(entries(ballot)[0])
    assert (titles(first, NOON), titles(second, NOON)) == ([], [f"Vote: {QUESTION}"])
    assert titles(second, LATER) == []


def test_results_and_reasons_wait_for_the_lead_of_that_lab_only():
    lab, other = LabFactory(), LabFactory()
    lead, stranger = (MembershipFactory(lab=place, role=Role.LEAD).person for place in (lab, other))
    members(1)
    ballot = open_ballot(BallotFactory(lab=lab, reason_prompt="Why?"))
    vote(entries(ballot)[0], reason="Because.")
    closed = closed_ballot(ballot)
    reading = f"Read the reasons people gave: {QUESTION}"
    assert titles(lead, LATER) == [f"Declare the result: {QUESTION}", reading]
    assert titles(stranger, LATER) == []
    actions.declare(ballot=closed, by=lead, at=LATER)
    assert titles(lead, LATER) == [reading]


def test_a_vote_that_could_not_open_waits_for_the_lead_and_says_why_on_its_page(client_as):
    draft = BallotFactory(opens_at=NOON)
    lead = MembershipFactory(lab=draft.lab, role=Role.LEAD).person
    page = queries.address(draft)
    assert (titles(lead, NOON), "could not open" in client_as(lead).get(page).text) == ([], False)
    actions.hold_up(ballot=draft, because="Nobody is there.", at=NOON)
    assert titles(lead, NOON) == [f"The vote could not open at its time: {QUESTION}"]
    told = client_as(lead).get(page).text
    assert f"It could not open at its time, {when(NOON)}." in told
    assert "Nobody is there." in told


def test_the_gate_asks_for_a_declared_winner():
    members(2)
    ballot = open_ballot()

    def is_met():
        return [one.met for one in criteria(ballot.lab, "choose") if str(one.name) == "A vote is declared"]

    assert is_met() == [False]
    vote(entries(ballot)[0], ballot.options.first().public_id)
    declared_ballot(ballot)
    assert is_met() == [True]


def test_turnout_is_exact_for_all_and_rounded_for_groups():
    members(12, nation="wales")
    members(3, nation="scotland")
    members(1)
    ballot = open_ballot(BallotFactory(breakdowns=["nation"]))
    for entry in entries(ballot)[:9]:
        vote(entry)
    told = queries.turnout(ballot)
    assert (told["voted"], told["roll"]) == (9, 16)
    assert told["groups"] == {
        "nation": [("Scotland", "0", "*"), ("Wales", "10", "10"), ("Not stated", "0", "*")],
    }


def test_nothing_read_while_the_vote_is_open_counts_a_choice():
    members(3)
    ballot = open_ballot()
    option = ballot.options.first()
    for entry in entries(ballot):
        vote(entry, option.public_id)
    ballot.refresh_from_db()
    assert (ballot.result, ballot.marginals, ballot.file_sha256) == (None, {}, "")
    assert option.public_id not in repr(queries.turnout(ballot))
