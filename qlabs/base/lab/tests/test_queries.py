from datetime import UTC, date, datetime, timedelta

import pytest

from qlabs.base.core import events
from qlabs.base.lab import queries, stages
from qlabs.base.lab.models import StageDates
from qlabs.base.lab.queries import Runway
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import FundingFactory, LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 4, 4, 12, tzinfo=LONDON)


def test_the_runway_reaches_to_the_last_pound():
    FundingFactory(lab=(lab := LabFactory()), ends_on=date(2017, 11, 30))
    FundingFactory(lab=lab, ends_on=date(2017, 6, 30))
    assert queries.runway(queries.funding(lab), on=date(2017, 4, 4)) == Runway(date(2017, 11, 30), 34)
    assert queries.runway(queries.funding(lab), on=date(2018, 1, 1)) == Runway(date(2017, 11, 30), 0)


def test_without_funding_there_is_no_runway():
    assert queries.runway([], on=date(2017, 4, 4)) is None


def test_the_day_is_the_one_in_london():
    assert stages.london_day(datetime(2017, 6, 30, 23, 30, tzinfo=UTC)) == date(2017, 7, 1)


def test_people_stand_in_the_order_of_their_roles():
    lab = LabFactory()
    for name, role in (("B", "funder"), ("C", "coach"), ("A", "coach"), ("D", "lead")):
        MembershipFactory(lab=lab, person=PersonFactory(name=name), role=role)
    assert [row.person.name for row in queries.people_in(lab)] == ["D", "A", "C", "B"]
    assert [row.person.name for row in queries.team(lab)] == ["D", "A", "C"]


def test_a_stage_is_later_then_open_then_done():
    lab = LabFactory()
    StageDates.objects.create(lab=lab, stage="choose", opens_at=AT, closes_at=AT + timedelta(days=1))
    moments = (AT - timedelta(seconds=1), AT, AT + timedelta(days=1))
    seen = [queries.stage_rows(lab, at=moment)[0].status for moment in moments]
    assert seen == ["later", "open", "done"]


def test_no_stage_is_open_in_a_lab_that_has_ended_or_is_archived():
    last_day = datetime(2017, 10, 16, 23, 59, tzinfo=LONDON)
    lab, archived = LabFactory(ends_on=date(2017, 10, 16)), LabFactory(archived=True)
    for each in (lab, archived):
        StageDates.objects.create(lab=each, stage="frame", opens_at=AT)
    rows = [
        queries.stage_rows(each, at=moment)
        for each, moment in ((lab, last_day), (lab, last_day + timedelta(minutes=1)), (archived, last_day))
    ]
    assert [[row.status for row in each[:3]] for each in rows] == [
        ["later", "open", "later"],
        ["later", "done", "later"],
        ["later", "done", "later"],
    ]


def test_the_log_is_newest_first_and_of_one_lab():
    lab, person = LabFactory(), PersonFactory()
    for what in ("lab.created", "lab.updated"):
        events.record(lab, by=person, what=what)
    events.record(LabFactory(), by=person, what="lab.archived")
    assert [event.what for event in queries.log(lab)] == ["lab.updated", "lab.created"]
    assert queries.kinds_in_log(lab) == ["lab.created", "lab.updated"]


def test_names_in_the_facts_of_events():
    person = PersonFactory(name="Ann Reed")
    event = events.record(LabFactory(), by=None, what="lab.team_changed", person=person.pk)
    assert queries.names_in([event]) == {person.pk: "Ann Reed"}
