import re
from types import SimpleNamespace

from qlabs.base.lab import words
from qlabs.config.env import ROOT


def test_a_kind_of_event_that_nobody_named_is_still_readable():
    assert words.kind("lab.created") == "Lab set up"
    assert words.kind("ballots.looked_at") == "Ballots: looked at"


def test_every_kind_of_event_in_a_lab_has_words_of_its_own():
    written = re.compile(r'"((?:lab|themes|ballots|stations|story)\.[a-z_]+)"')
    files = [
        path
        for path in (ROOT / "qlabs").rglob("*.py")
        if "actions" in str(path) and "tests" not in path.parts
    ]
    kinds = {kind for path in files for kind in written.findall(path.read_text(encoding="utf-8"))}
    assert (sorted(kinds - set(words.WHAT)), len(kinds) > 40) == ([], True)


def test_before_and_after_stand_side_by_side():
    event = SimpleNamespace(
        facts={"before": {"base": "", "is_pilot": False}, "after": {"base": "Leeds", "is_pilot": True}}
    )
    assert words.facts(event, {}) == [("Base", "nothing → Leeds"), ("Pilot lab", "no → yes")]


def test_a_person_has_her_name():
    event = SimpleNamespace(facts={"person": 7, "added": "coach", "unmet": ["A", "B"], "reason": ""})
    assert words.facts(event, {7: "Ann Reed"}) == [
        ("Person", "Ann Reed"),
        ("Added", "coach"),
        ("Not met", "A, B"),
    ]


def test_facts_within_a_fact_are_told_one_by_one():
    event = SimpleNamespace(facts={"sources": {"from": [{"how": "list", "people": 440}], "added": 0}})
    assert words.facts(event, {}) == [("Sources", "From: How: list, People: 440, Added: 0")]


def test_a_fact_that_an_app_has_words_for_is_told_in_them(monkeypatch):
    monkeypatch.setattr(words, "_told", {})
    words.tell_fact(
        "roll_sources", "Where voters come from", lambda sources: f"{sources['list']} from a list"
    )
    event = SimpleNamespace(facts={"roll_sources": {"list": 440}, "check_code": "7K3M"})
    assert words.facts(event, {}) == [
        ("Where voters come from", "440 from a list"),
        ("Check code of the vote", "7K3M"),
    ]


def test_moments_days_and_stages_are_told_in_words():
    event = SimpleNamespace(
        facts={
            "stage": "choose",
            "opens": "2017-02-28T09:00:00+00:00",
            "day": "2017-02-28",
            "odd": "2017-99-99",
        }
    )
    assert words.facts(event, {}) == [
        ("Stage", "Choose a theme"),
        ("Opens", "Tuesday 28 February 2017, 9am"),
        ("Day", "Tuesday 28 February 2017"),
        ("Odd", "2017-99-99"),
    ]
