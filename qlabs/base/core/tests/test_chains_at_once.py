"""Labs do not wait for each other's events; two events of one lab do."""

import threading

import pytest
from django.db import OperationalError, connection, connections, transaction

from qlabs.base.core import anchors, events
from qlabs.base.core.models import Event
from qlabs.base.core.verification import verify
from qlabs.base.lab.tests.factories import OPENED, LabFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time anyway"),
]


def in_another_transaction(act):
    """What the act did while this transaction stays open: "done", or "waited" for a lock until it gave up."""
    said = []

    def run():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
                act()
            said.append("done")
        except OperationalError:
            said.append("waited")
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return said


def tried(lab):
    return events.record(lab, by=None, what="core.tried", at=OPENED)


def test_an_event_waits_for_its_own_chain_alone():
    one, other = LabFactory(), LabFactory()
    for lab in (one, other, None):
        tried(lab)
    with transaction.atomic():
        tried(one)
        assert in_another_transaction(lambda: tried(other)) == ["done"]
        assert in_another_transaction(lambda: tried(None)) == ["done"]
        assert in_another_transaction(lambda: tried(one)) == ["waited"]
    assert verify() == []


def test_an_anchor_takes_a_lab_that_is_writing_next_time():
    one, other = LabFactory(), LabFactory()
    for lab in (one, other):
        tried(lab)
    with transaction.atomic():
        tried(one)
        assert in_another_transaction(lambda: anchors.anchor_what_matters(at=OPENED)) == ["done"]
    anchors.anchor_what_matters(at=OPENED)
    found = Event.objects.filter(what=anchors.WHAT).order_by("number")
    assert [[head[:2] for head in event.facts["heads"]] for event in found] == [
        [[other.pk, 1]],
        [[one.pk, 2]],
    ]
    assert verify() == []


def test_two_first_events_of_one_lab_at_once_begin_one_chain():
    lab = LabFactory()
    gate = threading.Barrier(6)

    def run():
        gate.wait()
        try:
            tried(lab)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert events.head(lab).number == 6
    assert verify() == []
