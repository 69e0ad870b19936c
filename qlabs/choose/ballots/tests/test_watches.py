from datetime import timedelta

import pytest

from qlabs.choose.ballots import watches
from qlabs.choose.ballots.models import RollEntry
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import NOON, OPENED, BallotFactory, kept_keys, members

pytestmark = pytest.mark.django_db


def state_at(ballot, at):
    watches.open_in_time(at=at, make_keys=kept_keys)
    ballot.refresh_from_db()
    return ballot.state


def test_a_vote_opens_by_itself_at_its_time_and_freezes_the_roll_then():
    members(2)
    ballot = BallotFactory(opens_at=OPENED)
    ballot.options.create(theme=ThemeFactory(lab=ballot.lab, shortlisted=True), title="x", position=4)
    assert state_at(ballot, OPENED - timedelta(seconds=1)) == "draft"
    members(1)
    assert state_at(ballot, OPENED) == "open"
    assert (ballot.opened_at, ballot.roll_size, RollEntry.objects.count()) == (OPENED, 3, 3)


def test_without_an_opening_time_the_lead_opens():
    members(2)
    assert state_at(BallotFactory(), NOON) == "draft"


def test_a_vote_of_an_archived_lab_does_not_open():
    members(2)
    ballot = BallotFactory(opens_at=OPENED)
    ballot.lab.archived_at = OPENED
    ballot.lab.save()
    assert state_at(ballot, NOON) == "draft"


def test_a_vote_that_cannot_open_yet_is_tried_again_and_holds_up_no_other():
    early = BallotFactory(opens_at=OPENED, choices=["Only one"])
    ballot = BallotFactory(opens_at=OPENED, lab=early.lab)
    members(2)
    assert (state_at(early, NOON), state_at(ballot, NOON)) == ("draft", "open")
    early.options.create(title="A second", position=2)
    assert state_at(early, NOON) == "open"
