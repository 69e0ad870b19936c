import pytest
from django.db.models import Q, Value

from qlabs.base.lab import gates
from qlabs.base.people.tests.factories import PersonFactory

from .factories import FundingFactory, LabFactory

pytestmark = pytest.mark.django_db


def test_an_app_adds_a_criterion(monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    gates.check("frame", "One challenge is chosen", ~Q(challenge=""), "Choose one.")
    assert gates.criteria(LabFactory(challenge="How?"), "frame") == [
        gates.Criterion("One challenge is chosen", "Choose one.", True)
    ]


def test_base_asks_for_money_and_a_lead():
    lab = LabFactory()
    own = {"Funding is recorded", "A team with a lead is named"}
    assert own <= set(gates.unmet(lab, "choose"))
    FundingFactory(lab=lab)
    assert own & set(gates.unmet(lab, "choose")) == {"A team with a lead is named"}
    lab = LabFactory(lead=PersonFactory())
    assert own & set(gates.unmet(lab, "choose")) == {"Funding is recorded"}


def test_a_criterion_of_the_same_name_is_there_once(monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    for answer in (False, True):
        gates.check("share", "A report is published", Value(answer))
    assert [one.met for one in gates.criteria(LabFactory(), "share")] == [True]


def test_the_gates_of_several_stages_are_answered_by_one_query(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(gates, "_checks", {})
    lab = LabFactory(challenge="How?")
    gates.check("frame", "One challenge is chosen", ~Q(challenge=""))
    gates.check("share", "A theme is chosen", ~Q(theme=""))
    gates.check("share", "It is public", Q(is_public=True))
    with django_assert_num_queries(1):
        found = gates.criteria_of(lab, ["frame", "generate", "share"])
    met = {stage: [one.met for one in criteria] for stage, criteria in found.items()}
    assert met == {"frame": [True], "generate": [], "share": [False, False]}


def test_a_gate_without_criteria_asks_nothing(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(gates, "_checks", {})
    lab = LabFactory()
    with django_assert_num_queries(0):
        assert gates.criteria(lab, "share") == []
