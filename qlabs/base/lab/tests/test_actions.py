from datetime import date, datetime

import pytest

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab import actions, gates, stages
from qlabs.base.lab.models import Funding, GatePassage, Lab, Membership, StageDates
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import FundingFactory, LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=LONDON)


def events(what=None):
    rows = Event.objects.filter(what=what) if what else Event.objects.all()
    return [(event.what, event.at, event.facts) for event in rows]


@pytest.fixture
def only_base(monkeypatch):
    """The gates as base alone knows them, whatever the stages add."""
    names = ("Funding is recorded", "A team with a lead is named")
    monkeypatch.setattr(gates, "_checks", {"choose": {name: gates._checks["choose"][name] for name in names}})


def new_lab(**details):
    details = {"template": "improvement-lab", "title": "Living well with asthma", **details}
    return actions.create_lab(by=PersonFactory(), at=AT, **details)


def test_a_new_lab_has_a_lead_and_an_event():
    person = PersonFactory()
    lab = new_lab(lead=person)
    assert list(Membership.objects.values_list("lab", "person", "role")) == [(lab.pk, person.pk, "lead")]
    facts = {"template": "improvement-lab", "title": "Living well with asthma"}
    assert events() == [("lab.created", AT, facts)]


def test_a_new_lab_lays_its_stages_out_from_the_start_day():
    lab = new_lab(starts_on=date(2017, 1, 9))
    choose = StageDates.objects.get(lab=lab, stage="choose")
    assert choose.opens_at == datetime(2017, 1, 9, 9, tzinfo=LONDON)
    assert choose.closes_at == datetime(2017, 2, 6, 17, tzinfo=LONDON)
    assert {dates.stage for dates in lab.stage_dates.all()} == set(stages.BY_KEY)
    assert lab.ends_on == date(2017, 10, 16)


def test_a_lab_without_a_start_opens_nothing():
    assert not new_lab().stage_dates.exists()


def test_two_labs_of_one_title_get_two_addresses():
    assert [new_lab().slug, new_lab().slug] == ["living-well-with-asthma", "living-well-with-asthma-2"]


def test_a_lab_is_never_called_like_the_page_that_makes_labs():
    assert new_lab(title="New").slug == "new-2"


def test_an_update_keeps_what_was_before():
    lab = LabFactory(title="Old")
    actions.update_lab(lab=lab, by=PersonFactory(), at=AT, title="New", base="")
    assert Lab.objects.get().title == "New"
    assert events() == [("lab.updated", AT, {"before": {"title": "Old"}, "after": {"title": "New"}})]


def test_an_update_that_changes_nothing_is_no_event():
    lab = LabFactory(title="Old")
    actions.update_lab(lab=lab, by=PersonFactory(), at=AT, title="Old")
    assert events() == []


def test_dates_stand_in_the_log_as_text():
    lab = LabFactory(forty_weeks=True)
    actions.update_lab(lab=lab, by=PersonFactory(), at=AT, ends_on=date(2017, 11, 6))
    facts = {"before": {"ends_on": "2017-10-16"}, "after": {"ends_on": "2017-11-06"}}
    assert events() == [("lab.updated", AT, facts)]


def test_theme_and_challenge_are_told():
    lab, person = LabFactory(), PersonFactory()
    actions.set_theme(lab=lab, title="Self-care", by=person, at=AT)
    actions.set_challenge(lab=lab, challenge="How?", by=person, at=AT)
    lab.refresh_from_db()
    assert (lab.theme, lab.challenge) == ("Self-care", "How?")
    assert events() == [
        ("lab.theme_chosen", AT, {"theme": "Self-care", "before": ""}),
        ("lab.challenge_set", AT, {"challenge": "How?", "before": ""}),
    ]


def test_a_role_is_given_once():
    lab, person = LabFactory(), PersonFactory()
    for _time in range(2):
        actions.add_to_team(lab=lab, person=person, role="coach", by=person, at=AT)
    assert Membership.objects.count() == 1
    assert events() == [("lab.team_changed", AT, {"added": "coach", "person": person.pk})]


def test_the_last_lead_stays():
    lead = MembershipFactory(role="lead")
    with pytest.raises(Conflict):
        actions.remove_from_team(membership=lead, by=lead.person, at=AT)
    assert Membership.objects.get() == lead


def test_one_of_two_leads_may_go():
    lead = MembershipFactory(role="lead")
    stays = MembershipFactory(lab=lead.lab, role="lead")
    actions.remove_from_team(membership=lead, by=stays.person, at=AT)
    assert Membership.objects.get() == stays
    assert events() == [("lab.team_changed", AT, {"removed": "lead", "person": lead.person.pk})]


def test_funding_is_recorded_and_a_mistake_taken_back():
    facts = {"funder": "A", "pounds": 5, "starts_on": "2017-01-01", "ends_on": "2017-12-31"}
    days = {"starts_on": date(2017, 1, 1), "ends_on": date(2017, 12, 31)}
    person = PersonFactory()
    funding = actions.record_funding(lab=LabFactory(), funder="A", pounds=5, by=person, at=AT, **days)
    actions.remove_funding(funding=funding, by=person, at=AT)
    assert not Funding.objects.exists()
    assert events() == [("lab.funding_recorded", AT, facts), ("lab.funding_removed", AT, facts)]


def test_a_gate_warns_and_records_the_override(only_base):
    lab = LabFactory()
    unmet = ["Funding is recorded", "A team with a lead is named"]
    actions.pass_gate(lab=lab, stage="choose", by=PersonFactory(), at=AT, reason=" The money is promised. ")
    passage = GatePassage.objects.get()
    assert (passage.unmet, passage.reason, passage.at) == (unmet, "The money is promised.", AT)
    facts = {"stage": "choose", "override": True, "unmet": unmet, "reason": "The money is promised."}
    assert events() == [("lab.gate_passed", AT, facts)]


def test_an_override_without_a_reason_is_refused():
    with pytest.raises(Conflict):
        actions.pass_gate(lab=LabFactory(), stage="choose", by=PersonFactory(), at=AT, reason="  ")
    assert events() == []


def test_a_gate_whose_criteria_are_met_needs_no_reason(only_base):
    lab = LabFactory(lead=PersonFactory())
    FundingFactory(lab=lab)
    actions.pass_gate(lab=lab, stage="choose", by=PersonFactory(), at=AT)
    assert GatePassage.objects.get().unmet == []


def test_an_archived_lab_can_come_back():
    lab, person = LabFactory(), PersonFactory()
    actions.archive_lab(lab=lab, by=person, at=AT)
    assert Lab.objects.get().archived_at == AT
    actions.restore_lab(lab=lab, by=person, at=AT)
    assert Lab.objects.get().archived_at is None
    assert events() == [("lab.archived", AT, {}), ("lab.restored", AT, {})]


def test_archiving_twice_is_a_conflict():
    lab = LabFactory(archived=True)
    with pytest.raises(Conflict):
        actions.archive_lab(lab=lab, by=PersonFactory(), at=AT)


def test_new_stage_dates_keep_the_old_ones_in_the_log():
    lab = LabFactory(closed="choose")
    wanted = (datetime(2017, 1, 9, 9, tzinfo=LONDON), datetime(2017, 6, 1, 17, tzinfo=LONDON))
    actions.set_stage_dates(lab=lab, dates={"choose": wanted}, by=PersonFactory(), at=AT)
    facts = {
        "before": {"choose": ["2017-01-09T09:00+00:00", "2017-02-09T09:00+00:00"]},
        "after": {"choose": ["2017-01-09T09:00+00:00", "2017-06-01T17:00+01:00"]},
    }
    assert events() == [("lab.stages_dated", AT, facts)]
