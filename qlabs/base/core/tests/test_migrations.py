"""A log from before labs had chains of their own stays as it was and goes on."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qlabs.base.core import events
from qlabs.base.core.models import Event
from qlabs.base.core.verification import place_of, verify
from qlabs.base.lab.tests.factories import LabFactory

AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("core", name)])
    return executor.loader.project_state([("core", name)]).apps


@pytest.fixture
def before():
    """The tables as they were, and as they are again afterwards."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("core")[0][1]
    yield migrate("0003_cache_table")
    migrate(newest)


def write_as_before(apps, lab):
    """Three events of one chain for everybody, the second one a lab's."""
    rows, previous = apps.get_model("core", "Event"), events.GENESIS
    for position, of in enumerate((None, lab, None), 1):
        facts = {"at": AT, "lab_id": of and of.pk, "what": "core.tried", "facts": {"n": position}}
        event = Event(number=position, previous=previous, **facts)
        previous = events.digest(event)
        rows.objects.create(position=position, previous=event.previous, hash=previous, **facts)
    apps.get_model("core", "ChainHead").objects.create(pk=1, position=3, hash=previous)
    return previous


@pytest.mark.django_db(transaction=True)
def test_old_events_keep_their_hashes_in_the_installations_chain_and_new_ones_go_on(before):
    lab = LabFactory(slug="asthma")
    head = write_as_before(before, lab)
    migrate("0007_positions_go_on")
    assert verify() == []
    assert place_of(head).number == 3
    events.record(None, by=None, what="core.tried", at=AT)
    events.record(lab, by=None, what="core.tried", at=AT)
    found = Event.objects.order_by("position").values_list("position", "chain__lab__slug", "number")
    assert list(found) == [(1, None, 1), (2, None, 2), (3, None, 3), (4, None, 4), (5, "asthma", 1)]
    assert verify() == []
    Event.objects.filter(position=2).update(what="core.other")
    assert [(fault.chain, fault.number) for fault in verify()] == [("", 2)]
