from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st

from qlabs.across.hub import queries
from qlabs.across.hub.queries import waiting
from qlabs.base.core import events
from qlabs.base.lab import gates
from qlabs.base.lab import queries as lab_queries
from qlabs.base.lab.models import Role, StageDates
from qlabs.base.lab.tests.factories import FundingFactory, LabFactory, MembershipFactory
from qlabs.base.lab.waiting import Waiting
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots.tests.factories import CLOSES, open_ballot

AT = datetime(2017, 2, 15, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([300, 60, 25, 14], [300, 60, 25, 14]),
        ([300, 60, 25, 7], [300, 60, None, None]),
        ([300, 60, 7, 5], [300, 60, None, None]),
        ([300, 60, 3, 2], [300, None, None, None]),
        ([300, 60, 25, 0], [300, 60, None, None]),
        ([4, 3], [None, None]),
    ],
)
def test_small_numbers_are_hidden_with_what_would_give_them_away(counts, shown):
    assert queries.suppressed(counts) == shown


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_a_hidden_number_cannot_be_worked_out_from_the_total(counts):
    shown = queries.suppressed(counts)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or seen >= 10 for seen in shown)
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= 10)


@pytest.mark.django_db
def test_nations_count_active_members_only():
    PersonFactory.create_batch(12, member=True, nation="england")
    PersonFactory.create_batch(11, member=True, nation="wales")
    PersonFactory(nation="wales")
    PersonFactory(member=True, is_active=False, nation="wales")
    members, bars = queries.nations()
    assert members == 23
    assert bars == [
        queries.Bar("England", 12),
        queries.Bar("Scotland", None),
        queries.Bar("Wales", None),
        queries.Bar("Northern Ireland", None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 1, 8), "starts on Monday 9 January 2017"),
        (date(2017, 1, 9), "week 1 of 40"),
        (date(2017, 2, 15), "week 6 of 40"),
        (date(2017, 10, 16), "week 41 of 41"),
        (date(2017, 10, 17), "ended on Monday 16 October 2017"),
    ],
)
def test_the_week_of_a_lab(day, words):
    assert (
        queries.week(LabFactory(forty_weeks=True), at=datetime(*day.timetuple()[:3], 12, tzinfo=LONDON))
        == words
    )


@pytest.mark.django_db
def test_who_sees_which_labs():
    public, private, mine = LabFactory(public=True), LabFactory(), LabFactory()
    LabFactory(public=True, archived=True)
    person = MembershipFactory(lab=mine, role=Role.CONTRIBUTOR).person
    assert set(queries.labs_seen(AnonymousUser())) == {public}
    assert set(queries.labs_seen(PersonFactory(member=True))) == {public}
    assert set(queries.labs_seen(person)) == {public, mine}
    assert set(queries.labs_seen(PersonFactory(operator=True))) == {public, mine, private}


@pytest.mark.django_db
def test_labs_are_found_by_title_theme_and_challenge():
    asthma = LabFactory(public=True, title="Asthma")
    theme = LabFactory(public=True, theme="Living with asthma")
    challenge = LabFactory(public=True, challenge="How might asthma care change?")
    LabFactory(public=True, title="Falls")
    found = queries.labs_seen(AnonymousUser(), search="asthma")
    assert set(found) == {asthma, theme, challenge}


@pytest.mark.django_db
def test_a_card_offers_the_themes_while_they_are_chosen():
    lab = LabFactory(
        public=True, open="choose", slug="asthma", title="Asthma", theme="Breathing", forty_weeks=True
    )
    assert queries.card(lab, at=AT) == {
        "title": "Asthma",
        "href": "/labs/asthma/",
        "text": "Breathing",
        "stage": "choose",
        "stage_name": "Choose a theme",
        "week": "week 6 of 40",
        "vote": None,
        "story": "/labs/asthma/story/",
        "action": ("Read the themes", "/labs/asthma/themes/"),
    }


@pytest.mark.django_db
def test_a_card_shows_the_stage_that_opened_last():
    lab = LabFactory(open=["choose"])
    StageDates.objects.create(lab=lab, stage="frame", opens_at=AT - timedelta(days=1))
    assert queries.card(lab, at=AT)["stage"] == "frame"


@pytest.mark.django_db
def test_a_card_offers_the_vote_while_it_is_open():
    PersonFactory(member=True)
    ballot = open_ballot(lab=LabFactory(public=True, open="choose"))
    [while_open] = queries.cards([ballot.lab], at=AT)
    [after] = queries.cards([ballot.lab], at=CLOSES)
    assert while_open["action"] == ("Go to the vote", f"/labs/{ballot.lab.slug}/ballots/{ballot.pk}/")
    assert after["action"] == ("Read the themes", f"/labs/{ballot.lab.slug}/themes/")


@pytest.mark.django_db
def test_my_labs_come_with_my_roles_and_archived_ones_last():
    person = PersonFactory()
    old = MembershipFactory(person=person, lab=LabFactory(title="A", archived=True), role=Role.COACH).lab
    new = MembershipFactory(person=person, lab=LabFactory(title="B"), role=Role.LEAD).lab
    MembershipFactory(person=person, lab=new, role=Role.DESIGNER)
    assert queries.labs_of(person) == [(new, "Lab lead, Designer"), (old, "QI coach")]


@pytest.mark.django_db
def test_a_closed_stage_is_done_on_the_stage_line():
    lab = LabFactory(slug="asthma", closed="choose", open="frame")
    shown = [(step["key"], step["status"], step["href"]) for step in queries.steps(lab, at=AT)]
    assert shown[:3] == [
        ("choose", "done", "/labs/asthma/themes/"),
        ("frame", "open", ""),
        ("understand", "later", ""),
    ]


@pytest.mark.django_db
def test_what_waits_is_sorted_by_its_end_and_narrowed_to_a_lab(monkeypatch):
    class Source:
        @staticmethod
        def waiting(person, at, lab):
            found = [
                Waiting("Some day", "/a/", 5, one),
                Waiting("Soon", "/b/", 5, other, AT),
                Waiting("Everywhere", "/c/", 1),
            ]
            return [item for item in found if lab in (None, item.lab)]

    one, other = LabFactory(), LabFactory()
    monkeypatch.setattr(waiting, "SOURCES", (Source,))
    person = PersonFactory()
    assert [item.title for item in queries.waiting_for(person, at=AT)] == ["Soon", "Everywhere", "Some day"]
    assert [item.title for item in queries.waiting_for(person, at=AT, lab=other)] == ["Soon"]
    assert queries.waiting_for(AnonymousUser(), at=AT) == []


def concerns(lab, at=AT):
    return [
        (one.sentence, one.url)
        for one in queries.look_after(lab, funding=lab_queries.funding(lab), vote=None, at=at)
    ]


@pytest.mark.django_db
def test_a_lab_in_good_order_has_nothing_to_look_after(monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    lab = LabFactory(open="choose")
    FundingFactory(lab=lab)
    assert concerns(lab) == []


@pytest.mark.django_db
def test_the_lead_is_told_what_to_look_after(monkeypatch):
    from qlabs.base.people import actions as people

    checks = {"choose": {"a": gates.Check("A", Value(False))}}
    monkeypatch.setattr(gates, "_checks", checks)
    long_ago = AT - timedelta(days=30)
    lab = LabFactory(slug="asthma", ends_on=date(2017, 4, 3))
    StageDates.objects.create(lab=lab, stage="choose", opens_at=AT, closes_at=AT + timedelta(days=2))
    FundingFactory(lab=lab, ends_on=date(2017, 3, 1))
    people.invite_guest(
        lab=lab, email="g@example.org", name="G", role="contributor", by=PersonFactory(), at=long_ago
    )
    events.record(lab, by=None, what="lab.updated", at=long_ago)
    assert concerns(lab) == [
        ("Before you leave “Choose a theme” you still need: A", "/labs/asthma/gates/choose/"),
        ("Choose a theme closes on Friday 17 February 2017, midday", "/labs/asthma/stages/choose/"),
        ("Money for 2 more weeks", "/labs/asthma/funding/"),
        ("1 invited person has not answered", "/labs/asthma/invitations/"),
        ("Nothing has happened since Monday 16 January 2017", "/labs/asthma/log/"),
        (
            "This lab is planned for 12 weeks. Labs usually run for nine to twelve months.",
            "/labs/asthma/settings/",
        ),
    ]


@pytest.mark.django_db
def test_a_lab_that_has_ended_is_to_be_archived(monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    lab = LabFactory(slug="asthma", ends_on=date(2017, 2, 14))
    words = "The lab ended on Tuesday 14 February 2017. Archive it, or change its last day"
    assert concerns(lab) == [(words, "/labs/asthma/settings/")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (date(2017, 2, 18), "The money ends within a week, or has ended"),
        (date(2017, 2, 22), "Money for 1 more week"),
        (None, "No funding is recorded"),
    ],
)
def test_the_money_is_looked_after(ends, words, monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    lab = LabFactory(slug="asthma")
    if ends:
        FundingFactory(lab=lab, ends_on=ends)
    assert concerns(lab) == [(words, "/labs/asthma/funding/")]
