from datetime import UTC, datetime

import pytest

from qlabs.base.core import events
from qlabs.base.core.models import ChainHead, Event

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def three_events():
    return [events.record(None, by=None, what="core.tried", at=AT, number=number) for number in range(3)]


def test_an_untouched_log_has_no_fault(three_events):
    assert events.verify() == []


def test_an_empty_log_has_no_fault():
    assert events.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        {"what": "core.other"},
        {"facts": {"number": 7}},
        {"at": datetime(2017, 2, 2, tzinfo=UTC)},
        {"on_id": "4"},
        {"on_kind": "lab.lab"},
    ],
)
def test_a_changed_row_is_found(three_events, change):
    Event.objects.filter(position=2).update(**change)
    assert events.verify() == [events.Fault(2, "was changed")]


def test_a_removed_row_is_found(three_events):
    Event.objects.filter(position=2).delete()
    assert events.verify() == [events.Fault(2, "event is missing")]


def test_a_removed_last_row_is_found(three_events):
    Event.objects.filter(position=3).delete()
    assert events.verify() == [events.Fault(3, "events are missing at the end")]


def test_an_emptied_log_is_found(three_events):
    Event.objects.all().delete()
    assert events.verify() == [events.Fault(1, "events are missing at the end")]


def test_a_lost_head_is_found(three_events):
    ChainHead.objects.all().delete()
    assert events.verify() == [events.Fault(4, "events are missing at the end")]


def test_a_row_forged_with_a_right_hash_breaks_the_next(three_events):
    forged = Event.objects.get(position=2)
    forged.facts = {"number": 9}
    Event.objects.filter(position=2).update(facts=forged.facts, hash=events.digest(forged))
    assert events.verify() == [events.Fault(3, "does not follow the event before it")]


def test_every_one_of_a_thousand_changed_rows_is_found():
    for number in range(1000):
        events.record(None, by=None, what="core.tried", at=AT, number=number)
    rows = list(Event.objects.all())
    found = 0
    for row in rows:
        row.facts = {"number": row.facts["number"] ^ 1}
        found += events.digest(row) != row.hash
    assert found == 1000
