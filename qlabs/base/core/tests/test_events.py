from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from qlabs.base.core import events
from qlabs.base.core.models import Chain, Event
from qlabs.base.core.verification import Fault, verify
from qlabs.base.lab.tests.factories import LabFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def three_events():
    return [events.record(None, by=None, what="core.tried", at=AT, number=number) for number in range(3)]


def test_an_untouched_log_has_no_fault(three_events):
    assert verify() == []


def test_an_empty_log_has_no_fault():
    assert verify() == []


def test_each_lab_has_a_chain_of_its_own_and_the_installation_one():
    one, other = LabFactory(slug="one"), LabFactory(slug="other")
    for lab in (one, None, other, one, None):
        events.record(lab, by=None, what="core.tried", at=AT)
    found = Event.objects.order_by("position").values_list("chain__lab__slug", "number")
    assert list(found) == [("one", 1), (None, 1), ("other", 1), ("one", 2), (None, 2)]
    assert verify() == []


def test_a_chain_begins_with_nothing_and_each_event_holds_the_hash_before_it():
    lab = LabFactory()
    first, second = (events.record(lab, by=None, what="core.tried", at=AT) for _ in range(2))
    assert (first.previous, second.previous) == (events.GENESIS, first.hash)
    assert events.head(lab) == events.Head(2, second.hash)
    assert events.head(None) == events.Head(0, events.GENESIS)


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
    Event.objects.filter(number=2).update(**change)
    assert verify() == [Fault("", 2, "was changed")]


def test_a_changed_row_of_a_lab_is_found_in_that_lab_alone():
    one, other = LabFactory(slug="one"), LabFactory(slug="other")
    for lab in (one, other):
        events.record(lab, by=None, what="core.tried", at=AT)
    Event.objects.filter(lab=one).update(what="core.other")
    assert verify() == verify(one) == [Fault("one", 1, "was changed")]
    assert verify(other) == []


def test_a_removed_row_is_found(three_events):
    Event.objects.filter(number=2).delete()
    assert verify() == [Fault("", 2, "event is missing")]


def test_a_removed_last_row_is_found(three_events):
    Event.objects.filter(number=3).delete()
    assert verify() == [Fault("", 3, "events are missing at the end")]


def test_an_emptied_log_is_found(three_events):
    Event.objects.all().delete()
    assert verify() == [Fault("", 1, "events are missing at the end")]


def test_a_head_set_back_without_its_events_is_found(three_events):
    Chain.objects.update(number=2, hash=three_events[1].hash)
    assert verify() == [Fault("", 4, "events are missing at the end")]


def test_a_row_forged_with_a_right_hash_breaks_the_next(three_events):
    forged = Event.objects.get(number=2)
    forged.facts = {"number": 9}
    Event.objects.filter(number=2).update(facts=forged.facts, hash=events.digest(forged))
    assert verify() == [Fault("", 3, "does not follow the event before it")]


def test_a_row_put_into_another_labs_chain_is_found():
    one, other = LabFactory(slug="one"), LabFactory(slug="other")
    event = events.record(one, by=None, what="core.tried", at=AT)
    Chain.objects.create(lab=other, number=1, hash=event.hash)
    Event.objects.filter(pk=event.pk).update(chain=Chain.objects.get(lab=other))
    assert verify(other) == [Fault("other", 1, "belongs to another chain")]


def test_there_is_one_chain_for_a_lab_and_one_for_the_installation():
    lab = LabFactory()
    for of in (lab, None):
        Chain.objects.create(lab=of)
        with pytest.raises(IntegrityError), transaction.atomic():
            Chain.objects.create(lab=of)


def test_every_one_of_a_thousand_changed_rows_is_found():
    for number in range(1000):
        events.record(None, by=None, what="core.tried", at=AT, number=number)
    rows = list(Event.objects.all())
    found = 0
    for row in rows:
        row.facts = {"number": row.facts["number"] ^ 1}
        found += events.digest(row) != row.hash
    assert found == 1000
