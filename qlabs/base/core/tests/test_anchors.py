"""What the installation's chain holds of the labs' chains."""

from datetime import UTC, date, datetime

import pytest

from qlabs.base.core import anchors, events
from qlabs.base.core.models import Chain, Event
from qlabs.base.core.verification import Fault, verify
from qlabs.base.lab.tests.factories import LabFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


def anchored():
    """The heads of each anchor, oldest first."""
    return [event.facts["heads"] for event in Event.objects.filter(what=anchors.WHAT).order_by("number")]


@pytest.fixture
def lab():
    lab = LabFactory(slug="asthma")
    events.record(lab, by=None, what="lab.created", at=AT)
    anchors.anchor_what_matters(at=AT)
    return lab


def test_a_new_chain_is_anchored_at_the_next_watch(lab):
    head = events.head(lab)
    assert anchored() == [[[lab.pk, 1, head.hash]]]


def test_a_stage_change_is_anchored_at_the_next_watch_and_everyday_events_are_not(lab):
    events.record(lab, by=None, what="lab.updated", at=AT)
    anchors.anchor_what_matters(at=AT)
    assert len(anchored()) == 1
    events.record(lab, by=None, what="lab.stage_opened", at=AT, stage="choose")
    events.record(lab, by=None, what="lab.updated", at=AT)
    anchors.anchor_what_matters(at=AT)
    anchors.anchor_what_matters(at=AT)
    assert anchored()[1:] == [[[lab.pk, 4, events.head(lab).hash]]]


@pytest.mark.parametrize(
    "what",
    [
        "ballots.opened",
        "ballots.closed",
        "ballots.declared",
        "ballots.stopped",
        "ballots.voided",
        "lab.gate_passed",
    ],
)
def test_what_outsiders_trust_is_anchored(lab, what):
    events.record(lab, by=None, what=what, at=AT)
    assert Chain.objects.get(lab=lab).anchor_due


def test_every_chain_that_moved_is_anchored_once_a_day(lab):
    events.record(lab, by=None, what="lab.updated", at=AT)
    assert anchors.anchor_daily(day=date(2017, 2, 1), at=AT)
    assert not anchors.anchor_daily(day=date(2017, 2, 1), at=AT)
    assert anchors.anchor_daily(day=date(2017, 2, 2), at=AT)
    assert anchored()[1:] == [[[lab.pk, 2, events.head(lab).hash]]]


def test_anchors_agree_with_untouched_chains(lab):
    assert verify() == verify(lab) == []


def test_a_lab_chain_written_anew_disagrees_with_its_anchor(lab):
    event = Event.objects.get(chain__lab=lab)
    event.what = "lab.other"
    event.hash = events.digest(event)
    event.save()
    Chain.objects.filter(lab=lab).update(hash=event.hash)
    assert verify() == verify(lab) == [Fault("asthma", 1, "is not what the installation's log kept of it")]


def test_a_lab_chain_cut_short_with_its_head_set_back_disagrees_with_its_anchor(lab):
    Event.objects.filter(chain__lab=lab).delete()
    Chain.objects.filter(lab=lab).update(number=0, hash=events.GENESIS)
    assert verify() == [Fault("asthma", 1, "is missing, though the installation's log kept its hash")]


def test_a_lab_chain_removed_with_its_head_disagrees_with_its_anchor(lab):
    Event.objects.filter(chain__lab=lab).delete()
    Chain.objects.filter(lab=lab).delete()
    wanted = [Fault("asthma", 1, "is missing, though the installation's log kept its hash")]
    assert verify() == verify(lab) == wanted
