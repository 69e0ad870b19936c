"""What the story tells of a vote that tied, of its run-off, and of one that ended early."""

import pytest

from qlabs.across.story import queries as story
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.tests.factories import (
    CLOSES,
    LATER,
    NOON,
    closed_ballot,
    declared_ballot,
    entries,
    kept_keys,
    members,
    open_ballot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ENDS = CLOSES.replace(month=3)


def vote_for_each(ballot, *, at):
    """One vote for each of the first two options."""
    for entry, option in zip(entries(ballot), ballot.options.all()[:2], strict=False):
        seed = bytes([entry.pk % 256]) * 16
        actions.vote_for(entry=entry, seed=seed, choice=option.public_id, reason="", at=at)
    return ballot


def told(lab):
    return {one.title: one.html for one in story.timeline(lab)}


def test_the_story_tells_the_tie_the_run_off_and_that_a_draw_decided():
    members(6)
    first, lead = declared_ballot(vote_for_each(open_ballot(), at=NOON)), PersonFactory()
    draft = actions.create_run_off(ballot=first, closes_at=ENDS, by=lead, at=LATER)
    second = actions.open_ballot(ballot=draft, by=lead, at=LATER, make_keys=kept_keys)
    closed = closed_ballot(vote_for_each(second, at=LATER), at=ENDS)
    declared = actions.declare(ballot=closed, by=lead, at=ENDS)
    line, names = told(first.lab), "“Self-care” and “Frailty”"
    assert f"{names} came joint first." in line["The result: a tie"]
    assert f"The run-off opened, between {names}" in line
    winner = declared.options.get(public_id=declared.result["winners"][0]).title
    drawn = f"{names} came joint first, so the random draw, fixed in advance, decided."
    assert drawn in line[f"The result: {winner}"]


def test_the_story_says_that_a_vote_closed_before_its_time():
    members(6)
    ballot, lead = vote_for_each(open_ballot(), at=NOON), PersonFactory()
    asked = actions.ask_early_closing(ballot=ballot, reason="All have voted.", by=lead, at=NOON)
    closed = closed_ballot(actions.agree_early_closing(asked=asked, by=PersonFactory(), at=NOON), at=NOON)
    assert "It closed earlier than first announced." in told(closed.lab)["The vote closed"]
