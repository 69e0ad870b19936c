"""Whatever a hostile file makes of its reader, the pages go on and the sender gets a sentence."""

import os
import threading

import pytest

from qlabs.base.core import apart

READERS = "qlabs.base.core.tests.misbehaving"
TIGHT = apart.Limits(output=500_000, cpu=1, wall=3)


def read(name, content=b"abc", **limits):
    return apart.read(f"{READERS}:{name}", content, limits=apart.Limits(**limits) if limits else TIGHT)


def code_of(name, **limits):
    with pytest.raises(apart.Unreadable) as problem:
        read(name, **limits)
    return problem.value.code


def test_what_the_reader_makes_comes_back_as_facts_and_bytes():
    assert read("reads") == ({"length": 3}, b"cba")
    large = os.urandom(3_000_000)
    assert read("reads", large, wall=20) == ({"length": 3_000_000}, large[::-1])


def test_a_refusal_comes_back_with_its_code_and_facts():
    with pytest.raises(apart.Unreadable) as problem:
        read("says_why")
    assert (problem.value.code, problem.value.facts) == ("odd", {"row": 3})


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        ("eats_memory", "too_much"),
        ("floods", "too_much"),
        ("never_stops_talking", "too_much"),
        ("spins", "too_long"),
        ("sleeps", "too_long"),
        ("dies", "broken"),
        ("stumbles", "broken"),
        ("raves", "broken"),
    ],
)
def test_a_reader_that_is_carried_away_is_ended(reader, code):
    assert code_of(reader) == code


def test_a_reader_reaches_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("QLABS_SECRET_KEY", "not for readers")
    found, _content = read("looks_around")
    if os.geteuid() == 0:
        found.pop("child")  # the system lets its own administrator start processes without end
    assert set(found.values()) == {False}
    assert len(found) >= 4


def test_one_file_is_read_at_a_time_and_others_are_told_to_try_again():
    reading = threading.Thread(target=code_of, args=("sleeps",), kwargs={"wall": 2})
    reading.start()
    while not apart._turns[f"{READERS}:sleeps"].locked():
        pass
    assert code_of("sleeps", patience=0) == "busy"
    assert read("reads") == ({"length": 3}, b"cba")
    reading.join()
