import math

import pytest

from labtools.comparing import differences


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1.0, 1.0 + 1e-10),
        (1e12, 1e12 + 1),
        (None, math.nan),
        ("Infinity", math.inf),
        (math.inf, "Infinity"),
        (True, 1),
        (0, False),
        ([1, None], (1, None)),
        ({"a": 1}, {"a": 1, "b": 2}),
        ("Common Cause", "Common Cause"),
    ],
)
def test_equal_things_agree(expected, got):
    assert differences(expected, got) == []


@pytest.mark.parametrize(
    ("expected", "got", "sentence"),
    [
        (1.0, 1.0 + 1e-8, "/x: 1.00000001 instead of 1.0"),
        (0, None, "/x: None instead of 0"),
        (None, 0, "/x: 0 instead of None"),
        ("Infinity", 1.0, "/x: 1.0 instead of 'Infinity'"),
        (1.0, math.inf, "/x: inf instead of 1.0"),
        (True, 0, "/x: 0 instead of True"),
        ("1", 1, "/x: 1 instead of '1'"),
        (1, "1", "/x: '1' instead of 1"),
        ([1, 2], [1], "/x: 1 entries instead of 2"),
        ([1], None, "/x: no entries instead of 1"),
        ([1, 2], [1, 3], "/x[1]: 3 instead of 2"),
        ({"a": 1}, {}, "/x/a: missing"),
        ({"a": 1}, [1], "/x: [1] instead of an object"),
    ],
)
def test_different_things_are_named_with_their_place(expected, got, sentence):
    assert differences(expected, got, at="/x") == [sentence]


def test_a_case_brings_its_own_tolerance():
    tolerance = {"rtol": 0.0, "atol": 0.5, "why": "a coarse optimiser"}
    assert differences([1.0], [1.4], **tolerance) == []
    assert differences([1.0], [1.6], **tolerance) == ["[0]: 1.6 instead of 1.0"]
