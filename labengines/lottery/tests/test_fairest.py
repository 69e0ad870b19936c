"""The chances are the best there are, equal for equal people, and no panel breaks a rule."""

import itertools
import math
import time

import numpy as np
import pytest

from labengines.lottery import errors, geometric_mean, gini, leximin, maximin, nash
from labengines.lottery.space import space
from labengines.lottery.targets import maximin_target
from labengines.lottery.tests.pools import (
    every_panel,
    everybody_differs,
    keeps,
    leximin_by_listing,
    pool_of,
    quotas_of,
    random_case,
)

SEEDS = range(24)
POOL = pool_of(*[("f", "x")] * 6, *[("m", "x")] * 2, *[("m", "y")] * 2)
QUOTAS = quotas_of(sex=(("f", 2, 2), ("m", 2, 2)), age=(("x", 2, 3), ("y", 1, 2)))


def possible_cases(seeds):
    for seed in seeds:
        pool, quotas, size, one_per = random_case(np.random.default_rng(seed), households=seed % 2)
        panels = every_panel(pool, quotas, size, one_per)
        if panels:
            yield pool, quotas, size, one_per, panels


@pytest.mark.parametrize("case", possible_cases(SEEDS))
def test_leximin_agrees_with_every_panel_listed(case):
    pool, quotas, size, one_per, panels = case
    found = leximin(pool, quotas, size, one_per=one_per)
    expected = leximin_by_listing(pool, panels)
    assert found.proved
    assert [found.chances[person.id] for person in pool] == pytest.approx(expected, abs=2e-5)


@pytest.mark.parametrize("method", [leximin, maximin, nash])
@pytest.mark.parametrize("case", possible_cases(range(6)))
def test_panels_keep_the_rules_and_equal_people_have_equal_chances(case, method):
    pool, quotas, size, one_per, _ = case
    found = method(pool, quotas, size, one_per=one_per)
    assert sum(found.chances.values()) == pytest.approx(size)
    assert sum(found.weights) == pytest.approx(1)
    by_id = {person.id: person for person in pool}
    for panel in found.panels:
        people = [
            by_id[kind.people[0]]
            for kind, count in zip(found.kinds, panel, strict=True)
            for _ in range(count)
        ]
        assert keeps(people, quotas)
    for kind in found.kinds:
        assert len({found.chances[person] for person in kind.people}) == 1


def test_the_order_of_people_and_quotas_does_not_matter():
    shuffled = leximin(POOL[::-1], QUOTAS[::-1], 4)
    assert shuffled == leximin(POOL, QUOTAS, 4)


def test_the_three_aims_differ_as_they_should():
    lowest = {method.__name__: method(POOL, QUOTAS, 4).lowest for method in (leximin, maximin, nash)}
    assert lowest == pytest.approx({"leximin": 1 / 3, "maximin": 1 / 3, "nash": 1 / 3}, abs=1e-4)
    welfare = {
        method.__name__: sum(np.log(list(method(POOL, QUOTAS, 4).chances.values())))
        for method in (leximin, nash)
    }
    assert welfare["nash"] >= welfare["leximin"] - 1e-6


def test_nobody_is_hidden_whom_no_panel_can_hold():
    pool = pool_of(("f",), ("f",), ("m",), ("d",), traits=("sex",))
    found = leximin(pool, quotas_of(sex=(("f", 1, 1), ("m", 1, 1), ("d", 0, 0))), 2)
    assert found.unchosen == ("p4",)
    assert (found.chances["p4"], found.lowest) == (0, pytest.approx(0.5))


def test_impossible_quotas_say_what_to_change():
    with pytest.raises(errors.Impossible) as caught:
        leximin(POOL, quotas_of(sex=(("f", 5, 5), ("m", 0, 0))), 4)
    assert [(change.value, change.bound, change.becomes) for change in caught.value.params["changes"]] == [
        ("f", "least", 4)
    ]


EVEN = pool_of(*[("f", "x")] * 3, *[("m", "x")] * 7, *[("m", "y")] * 5, *[("f", "y")] * 4)
EVEN_QUOTAS = quotas_of(sex=(("f", 3, 5), ("m", 3, 5)), age=(("x", 3, 5), ("y", 3, 5)))


def clock(turns, seconds=60.0):
    """Seconds that are left the first so many times it is asked; then none."""
    left = itertools.chain([seconds] * turns, itertools.repeat(0.0))
    return lambda: next(left)


@pytest.mark.parametrize("method", [leximin, maximin, nash])
@pytest.mark.parametrize("turns", range(6, 16))
def test_when_time_is_out_a_lottery_comes_with_the_bound_that_it_may_miss(method, turns):
    found = method(EVEN, EVEN_QUOTAS, 8, time_left=clock(turns))
    best = leximin(EVEN, EVEN_QUOTAS, 8).lowest
    assert sum(found.chances.values()) == pytest.approx(8)
    assert best - 1e-6 <= found.bound <= 1
    if not found.proved:
        assert found.gap == pytest.approx(found.bound - found.lowest)
    assert found.proved or found.lowest <= best + 1e-6


def test_when_time_is_out_before_a_panel_was_found_that_is_said():
    with pytest.raises(errors.OutOfTime):
        leximin(EVEN, EVEN_QUOTAS, 8, time_left=lambda: 0.0)


def test_when_time_is_out_before_the_least_change_was_found_it_is_impossible_all_the_same():
    with pytest.raises(errors.Impossible) as caught:
        leximin(POOL, quotas_of(sex=(("f", 5, 5), ("m", 0, 0))), 4, time_left=clock(2))
    assert caught.value.params == {"changes": (), "households": None}


def test_a_limit_of_two_seconds_is_told_with_the_bound_that_holds_for_any_lottery():
    pool, quotas = everybody_differs(np.random.default_rng(4))
    until = time.monotonic() + 2
    found = leximin(pool, quotas, 40, time_left=lambda: until - time.monotonic())
    bound = maximin_target(space(pool, quotas, 40), lambda: math.inf).bound
    assert (found.proved, found.bound) == (False, pytest.approx(bound, abs=1e-7))
    assert found.gap == pytest.approx(found.bound - found.lowest)
    assert 0 <= found.lowest <= found.bound


def test_where_everybody_differs_and_time_is_short_the_lowest_chance_is_near_the_best():
    pool, quotas = everybody_differs(np.random.default_rng(5), many=300, size=30, traits=6)
    seconds = iter(range(400, 0, -1))  # a clock that goes on by a second whenever it is asked
    found = leximin(pool, quotas, 30, time_left=lambda: next(seconds, 0))
    assert not found.proved
    assert 0.99 * found.bound < found.lowest <= found.bound


def test_measures_of_the_paper():
    assert gini([0.1] * 5) == pytest.approx(0)
    assert gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert geometric_mean([0.5, 0]) == pytest.approx((0.5 * 1e-4) ** 0.5)
