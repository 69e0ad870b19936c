from datetime import timedelta

import pytest

from qlabs.base.lab.gates import criteria
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.models import Nation
from qlabs.base.ui.words import when
from qlabs.choose.ballots import actions, queries, watches
from qlabs.choose.ballots.models import Ballot

from .factories import (
    LATER,
    NOON,
    OPENED,
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
    lab, other = LabFactory(public=True), LabFactory()
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


def test_turnout_while_open_is_rounded_and_at_most_hourly():
    members(9)
    ballot = open_ballot()
    for entry in entries(ballot)[:8]:
        vote(entry)

    def shown(at):
        watches.count_hourly(at=at)
        told = queries.turnout(Ballot.objects.get())
        assert (set(told), told["groups"]) == ({"at_least", "as_of", "roll", "groups"}, [])
        return told["at_least"], told["as_of"]

    hour = timedelta(hours=1)
    assert shown(OPENED + hour - timedelta(seconds=1)) == (0, OPENED)
    assert shown(OPENED + hour) == (5, OPENED + hour)
    vote(entries(ballot)[8])
    members(1)
    assert shown(OPENED + 1.9 * hour) == (5, OPENED + hour)


def test_turnout_by_group_comes_with_the_result_and_hides_what_it_hides():
    members(12, nation="wales")
    members(3, nation="scotland")
    members(11, nation="england")
    ballot = open_ballot(BallotFactory(breakdowns=["nation"]))
    options = [option.public_id for option in ballot.options.all()]
    for number, entry in enumerate(entries(ballot)):
        vote(entry, options[number % 2])
    told = queries.turnout(closed_ballot(ballot))
    assert (told["voted"], told["roll"]) == (26, 26)
    [(attribute, rows)] = told["groups"]
    hidden = {row["group"] for row in Ballot.objects.get().marginals["nation"] if not row["shown"]}
    assert (str(attribute), "scotland" in hidden) == ("Nation", True)
    assert ("Scotland", None, None) in rows
    assert {words for words, voted, _size in rows if voted is None} == {
        str(Nation(key).label) for key in hidden
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
