from datetime import date, datetime, timedelta

import pytest

from qlabs.across.story import queries
from qlabs.base.core import events
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import SPRING, EntryFactory, PictureFactory

pytestmark = pytest.mark.django_db


def record(lab, what="lab.stage_opened", at=SPRING, on=None, **facts):
    return events.record(
        lab, by=PersonFactory(), what=what, on=on or lab, at=at, **(facts or {"stage": "choose"})
    )


def test_one_line_from_both_sources_in_order_of_what_happened():
    lab = LabFactory()
    EntryFactory(lab=lab, title="Second", happened_on=SPRING.date())
    record(lab, at=SPRING.replace(hour=13), stage="frame")
    record(lab, at=SPRING.replace(hour=11))
    EntryFactory(lab=lab, title="Never shown", draft=True)
    EntryFactory(title="Elsewhere")
    record(lab, "themes.commented")
    line = queries.timeline(lab)
    assert [one.title for one in line[:]] == [
        "“Frame the challenge” began",
        "Second",
        "“Choose a theme” began",
    ]
    assert [one.title for one in queries.timeline(lab, newest_first=False)[:]] == [
        one.title for one in line[:]
    ][::-1]
    assert queries.latest(lab, 2) == line[:2]
    assert len(line) == 3


def test_a_written_entry_is_told_whole():
    entry = EntryFactory(lab__slug="asthma", title="In Leeds", period="Summer 2016", text="A *talk*.")
    picture = PictureFactory(entry=entry, caption="The room")
    assert queries.latest(entry.lab) == [
        queries.Told(
            anchor=f"entry-{entry.pk}",
            at=datetime(2016, 6, 14, 12, tzinfo=LONDON),
            updated=SPRING,
            dated="Summer 2016",
            kind="written",
            title="In Leeds",
            html='<div class="labs-prose"><p>A <em>talk</em>.</p>\n</div>',
            href=f"/labs/asthma/story/{entry.pk}/",
            pictures=(
                {
                    "pk": picture.pk,
                    "alt": "People round a table",
                    "width": 800,
                    "height": 600,
                    "caption": "The room",
                    "src": f"/labs/asthma/story/pictures/{picture.pk}/",
                },
            ),
            pk=entry.pk,
        )
    ]


def test_a_generated_entry_is_told_whole():
    event = record(LabFactory(slug="asthma"), "ballots.opened", roll=447)
    [told] = queries.latest(event.lab)
    link = '<p><a href="/labs/asthma/ballots/' if "<a" in told.html else ""
    assert told == queries.Told(
        anchor=f"event-{event.position}",
        at=SPRING,
        updated=SPRING,
        dated="Monday 3 April 2017",
        kind="generated",
        title="The vote opened",
        html=told.html,
        href=f"/labs/asthma/story/event-{event.position}/",
        stage="choose",
        stage_name="Choose a theme",
    )
    assert told.html.startswith(f"<p>447 members are on the voters’ list.</p>{link}")


def test_themes_of_one_day_are_told_together_and_escaped():
    lab = LabFactory()
    for hours, title in ((0, "Waiting <b>well</b>"), (3, "Sleep"), (30, "Late")):
        record(lab, "themes.shortlisted", SPRING + timedelta(hours=hours), title=title)
    late, both = queries.timeline(lab)[:]
    assert (late.title, both.title) == ("1 theme was shortlisted", "2 themes were shortlisted")
    assert "<li>Waiting &lt;b&gt;well&lt;/b&gt;</li><li>Sleep</li></ul>" in both.html


def test_the_day_of_a_group_is_londons():
    lab = LabFactory()
    midnight = datetime(2017, 7, 2, 0, 0, tzinfo=LONDON)
    for seconds in (-1, 1):
        record(lab, "themes.shortlisted", midnight + timedelta(seconds=seconds), title="A theme")
    assert len(queries.timeline(lab)) == 2


def test_funding_entered_wrongly_is_left_out():
    lab = LabFactory()
    facts = {"funder": "F", "pounds": 1, "starts_on": "2016-12-01", "ends_on": "2017-11-30"}
    right, wrong = FundingFactory(lab=lab), FundingFactory(lab=lab)
    for funding in (right, wrong):
        record(lab, "lab.funding_recorded", on=funding, **facts)
    record(lab, "lab.funding_removed", on=wrong, **facts)
    assert len(queries.timeline(lab)) == 1


def test_neighbours_are_those_before_and_after_in_time():
    lab = LabFactory()
    rows = [EntryFactory(lab=lab, happened_on=date(2016, month, 1)) for month in (1, 2, 3)]
    around = [tuple(one and one.pk for one in queries.told_with_neighbours(lab, pk=row.pk)) for row in rows]
    first, second, third = (row.pk for row in rows)
    assert around == [(first, None, second), (second, first, third), (third, second, None)]
    assert queries.told_with_neighbours(lab, pk=0) == (None, None, None)


@pytest.mark.parametrize("count", [1, 30])
def test_the_line_costs_three_queries_however_long(count, django_assert_num_queries):
    lab = LabFactory()
    for entry in EntryFactory.create_batch(count, lab=lab):
        PictureFactory(entry=entry)
        record(lab, "themes.shortlisted", title="T")
    with django_assert_num_queries(3):
        queries.timeline(lab)[:25]
