import pytest

from qlabs.base.lab import forms


def days(name, day, month, year):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


@pytest.mark.parametrize(
    ("day", "errors"), [("1", {"ends_on": ["Enter an end that is after the start"]}), ("2", {})]
)
def test_funding_ends_after_it_starts(day, errors):
    posted = {"funder": "A", **days("starts_on", "1", "3", "2017"), **days("ends_on", day, "3", "2017")}
    assert forms.AddFunding(posted).errors == errors


def test_the_lab_is_private_unless_said_otherwise():
    form = forms.NewLab({"title": "Falls", "template": "short-lab", "seen_by": "team"})
    assert form.is_valid()
    assert form.changes() == {
        "title": "Falls",
        "template": "short-lab",
        "starts_on": None,
        "purpose": "",
        "base": "",
        "is_public": False,
        "is_pilot": False,
    }


def test_a_gate_without_anything_unmet_asks_no_reason():
    assert forms.PassGate({}, unmet=[]).is_valid()
    assert forms.PassGate({}, unmet=["A"]).errors == {
        "reason": ["Say why you are moving on although something is not met"]
    }


@pytest.mark.parametrize("role", ["king", "", "operator"])
def test_a_role_that_is_none_of_ours_is_refused(role):
    form = forms.InviteToLab({"email": "a@example.org", "role": role, "name": "Ann"})
    assert list(form.errors) == ["role"]
