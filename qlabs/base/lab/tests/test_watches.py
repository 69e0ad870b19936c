from datetime import datetime, timedelta

import pytest

from qlabs.base.core.models import Event
from qlabs.base.lab import actions, watches
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import LabFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=LONDON)


def events(what=None):
    rows = Event.objects.filter(what=what) if what else Event.objects.all()
    return [(event.what, event.at, event.facts) for event in rows]


def test_openings_and_closings_are_told_once_at_their_moment():
    lab = LabFactory(closed="choose")
    for hours in (0, 1, 24 * 60, 24 * 61):
        watches.tell_stages(at=AT + timedelta(hours=hours))
    opened, closed = lab.stage_dates.values_list("opens_at", "closes_at").get()
    assert events() == [
        ("lab.stage_opened", opened, {"stage": "choose"}),
        ("lab.stage_closed", closed, {"stage": "choose"}),
    ]


def test_a_stage_reopened_is_told_again_when_it_closes():
    lab, person = LabFactory(closed="choose"), PersonFactory()
    opens, closes = lab.stage_dates.values_list("opens_at", "closes_at").get()
    watches.tell_stages(at=closes)
    later = closes + timedelta(days=7)
    actions.set_stage_dates(lab=lab, dates={"choose": (opens, later)}, by=person, at=closes)
    watches.tell_stages(at=later)
    assert [at for _what, at, _facts in events("lab.stage_closed")] == [closes, later]
    assert len(events("lab.stage_opened")) == 1


def test_an_archived_lab_tells_nothing_more():
    LabFactory(closed="choose", archived=True)
    watches.tell_stages(at=AT)
    assert events() == []


def test_two_workers_that_saw_the_same_opening_tell_it_once():
    dates = LabFactory(closed="choose").stage_dates.get()
    for _worker in range(2):
        actions.tell_opening(dates=dates, at=AT)
    assert len(events("lab.stage_opened")) == 1


def test_a_fault_with_one_stage_holds_up_no_other(monkeypatch):
    labs, tried = [LabFactory(closed="choose") for _each in range(2)], []

    def breaking(*, dates, at):
        tried.append(dates.lab_id)
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "tell_opening", breaking)
    watches.tell_stages(at=AT)
    assert sorted(tried) == [lab.pk for lab in labs]
