import pytest

from qlabs.base.lab import gates
from qlabs.base.people.tests.factories import PersonFactory

from .factories import FundingFactory, LabFactory

pytestmark = pytest.mark.django_db


def test_an_app_adds_a_criterion(monkeypatch):
    monkeypatch.setattr(gates, "_checks", {})
    gates.check("frame", "One challenge is chosen", lambda lab: lab.challenge != "", "Choose one.")
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
        gates.check("share", "A report is published", lambda lab, answer=answer: answer)
    assert [one.met for one in gates.criteria(LabFactory(), "share")] == [True]
