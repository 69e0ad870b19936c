"""After some have left, the quotas hold again, or what cannot hold is named."""

import numpy as np
import pytest

from labengines.lottery import Person, errors, replace
from labengines.lottery.tests.pools import keeps, pool_of, quotas_of
from labengines.lottery.types import Change

QUOTAS = quotas_of(sex=(("f", 2, 2), ("m", 2, 2)), age=(("x", 1, 3), ("y", 1, 3)))
PANEL = pool_of(("f", "x"), ("f", "y"), ("m", "x"), ("m", "x"))


def people(*rows):
    return [Person(name, {"sex": sex, "age": age, "home": home}) for name, sex, age, home in rows]


def test_the_quotas_hold_again():
    others = people(("a", "m", "y", ""), ("b", "f", "x", ""), ("c", "f", "y", ""))
    found = replace(PANEL, ["p2"], others, QUOTAS, np.random.default_rng(1))
    assert (found.joined, found.broken, found.empty) == (("c",), (), 0)
    assert found.panel == ("c", "p1", "p3", "p4")


def test_what_cannot_be_kept_is_named():
    others = people(("a", "m", "y", ""))
    found = replace(PANEL, ["p2"], others, QUOTAS, np.random.default_rng(1))
    assert found.joined == ("a",)
    assert found.broken == (
        Change("sex", "f", "least", was=2, becomes=1),
        Change("sex", "m", "most", was=2, becomes=3),
    )


def test_seats_stay_empty_where_nobody_is_left():
    found = replace(PANEL, ["p1", "p2"], [], QUOTAS, np.random.default_rng(1))
    assert (found.panel, found.empty) == (("p3", "p4"), 2)


def test_nobody_comes_in_from_a_household_that_is_there():
    panel = people(("p", "f", "x", "h1"), ("q", "f", "y", "h2"), ("r", "m", "x", "h3"), ("s", "m", "y", "h4"))
    others = people(("a", "f", "y", "h1"), ("b", "f", "x", "h5"), ("c", "f", "y", "h5"))
    found = replace(panel, ["p", "q"], others, QUOTAS, np.random.default_rng(1), one_per="home")
    assert found.empty == 0 or len(found.joined) == 1
    assert not {"b", "c"} <= set(found.joined)
    assert "a" in replace(panel, ["p"], others[:1], QUOTAS, np.random.default_rng(1), one_per="home").joined


def test_of_equal_people_each_may_come_in():
    others = people(*[(name, "f", "y", "") for name in "abcd"])
    joined = {
        replace(PANEL, ["p2"], others, QUOTAS, np.random.default_rng(seed)).joined for seed in range(40)
    }
    assert joined == {("a",), ("b",), ("c",), ("d",)}


def test_only_members_can_leave():
    with pytest.raises(errors.UnknownPerson):
        replace(PANEL, ["nobody"], [], QUOTAS, np.random.default_rng(1))


def test_a_whole_panel_can_be_replaced():
    others = people(("a", "f", "x", ""), ("b", "f", "y", ""), ("c", "m", "x", ""), ("d", "m", "x", ""))
    found = replace(PANEL, ["p1", "p2", "p3", "p4"], others, QUOTAS, np.random.default_rng(1))
    assert found.panel == ("a", "b", "c", "d")
    assert keeps(others, QUOTAS)
