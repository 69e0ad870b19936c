from datetime import timedelta

import pytest

from qlabs.base.core.models import Event
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions, watches
from qlabs.choose.ballots.models import Ballot, RollEntry, State
from qlabs.choose.themes.tests.factories import ThemeFactory

from .factories import LATER, NOON, OPENED, BallotFactory, kept_keys, members, open_ballot

pytestmark = pytest.mark.django_db


def state_at(ballot, at):
    watches.open_in_time(at=at, make_keys=kept_keys)
    ballot.refresh_from_db()
    return ballot.state


def test_a_vote_opens_by_itself_at_its_time_and_freezes_the_roll_then():
    members(5)
    ballot = BallotFactory(opens_at=OPENED)
    ballot.options.create(theme=ThemeFactory(lab=ballot.lab, shortlisted=True), title="x", position=4)
    assert state_at(ballot, OPENED - timedelta(seconds=1)) == "draft"
    members(1)
    assert state_at(ballot, OPENED) == "open"
    assert (ballot.opened_at, ballot.roll_size, RollEntry.objects.count()) == (OPENED, 6, 6)


def test_without_an_opening_time_the_lead_opens():
    members(2)
    assert state_at(BallotFactory(), NOON) == "draft"


def test_a_vote_of_an_archived_lab_does_not_open():
    members(2)
    ballot = BallotFactory(opens_at=OPENED)
    ballot.lab.archived_at = OPENED
    ballot.lab.save()
    assert state_at(ballot, NOON) == "draft"


NEEDS_TWO = "A vote needs at least two options. Add them first."


def told():
    return list(Event.objects.filter(what="ballots.held_up").values_list("facts", flat=True))


def test_why_a_vote_could_not_open_is_recorded_once_for_each_reason():
    members(5)
    ballot = BallotFactory(opens_at=OPENED, choices=["Only one"])
    for minute in range(3):
        assert state_at(ballot, OPENED + timedelta(minutes=minute)) == "draft"
    assert (ballot.held_up_because, told()) == (NEEDS_TWO, [{"reason": NEEDS_TWO}])
    actions.edit_ballot(ballot=ballot, by=PersonFactory(), at=NOON, what_next="A workshop.")
    ballot.refresh_from_db()
    assert ballot.held_up_because is None
    state_at(ballot, NOON)
    assert (ballot.held_up_because, told()) == (NEEDS_TWO, [{"reason": NEEDS_TWO}] * 2)
    ballot.options.create(title="A second", position=2)
    assert (state_at(ballot, NOON), ballot.held_up_because) == ("open", None)


def test_no_keys_are_made_for_a_vote_that_cannot_open():
    members(5)
    asked = []
    ballot = BallotFactory(opens_at=OPENED, choices=["Only one"])
    watches.open_in_time(at=NOON, make_keys=lambda sizes: asked.append(sizes) or kept_keys(sizes))
    assert asked == []
    ballot.options.create(title="A second", position=2)
    watches.open_in_time(at=NOON, make_keys=lambda sizes: asked.append(sizes) or kept_keys(sizes))
    assert asked == [[3072, 2048, 2048]]  # the vote, and who states no nation or no perspective


def test_a_vote_that_cannot_open_yet_is_tried_again_and_holds_up_no_other():
    early = BallotFactory(opens_at=OPENED, choices=["Only one"])
    ballot = BallotFactory(opens_at=OPENED, lab=early.lab)
    members(5)
    assert (state_at(early, NOON), state_at(ballot, NOON)) == ("draft", "open")
    early.options.create(title="A second", position=2)
    assert state_at(early, NOON) == "open"


# Faults -----------------------------------------------------------------------

NEXT_DAY = NOON + timedelta(days=1)


class Fault(Exception):
    """What nobody has thought of."""


def drafts():
    return [BallotFactory(opens_at=OPENED) for _each in range(2)]


def opened():
    members(5)
    return [open_ballot() for _each in range(2)]


def with_votes():
    ballots = opened()
    RollEntry.objects.update(has_key=True)
    return ballots


def asked_to_close():
    ballots = opened()
    for ballot in ballots:
        actions.ask_early_closing(ballot=ballot, reason="Done.", by=PersonFactory(), at=NOON)
    RollEntry.objects.update(has_key=True)
    return ballots


def without_a_result():
    return [actions.close_ballot(ballot=ballot, at=LATER) for ballot in opened()]


@pytest.mark.parametrize(
    ("ready", "action", "watch", "at"),
    [
        (drafts, "open_ballot", watches.open_in_time, NOON),
        (asked_to_close, "end_when_all_voted", watches.close_in_time, NOON),
        (opened, "close_or_stop", watches.close_in_time, LATER),
        (without_a_result, "scrub", watches.close_in_time, LATER),
        (opened, "count_turnout", watches.count_hourly, NEXT_DAY),
        (with_votes, "tell_voters", watches.tell_daily, NEXT_DAY),
    ],
)
def test_a_fault_with_one_vote_holds_up_no_other(ready, action, watch, at, monkeypatch):
    ballots, tried = ready(), []

    def breaking(*, ballot=None, asked=None, **_facts):
        tried.append((ballot or asked.ballot).pk)
        raise Fault

    monkeypatch.setattr(actions, action, breaking)
    watch(at=at)
    assert sorted(tried) == [ballot.pk for ballot in ballots]


def test_a_vote_whose_box_does_not_open_is_tried_again_and_the_next_one_closes():
    broken, sound = opened()
    Ballot.objects.filter(pk=broken.pk).update(box_sealed="rubbish")
    watches.close_in_time(at=LATER)
    assert [Ballot.objects.get(pk=one.pk).state for one in (broken, sound)] == [State.OPEN, State.VOID]
