"""A panel near given parts keeps every rule, and the search says when it finds none."""

import math

import numpy as np
import pytest

from labengines.lottery.rounding import rounded_panel
from labengines.lottery.solving import best_panel, whole
from labengines.lottery.space import space
from labengines.lottery.tests.pools import everybody_differs, random_case


def rounded(rules, cost):
    floor = np.zeros(len(rules.kinds))
    return rounded_panel(cost, rules.rows, rules.lower, rules.upper, floor, rules.most, lambda: math.inf)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_found_keeps_every_rule_and_little_is_missed(seed):
    pool, quotas, size, one_per = random_case(np.random.default_rng(seed), households=seed % 2)
    rules = space(pool, quotas, size, one_per)
    panel = rounded(rules, np.zeros(len(rules.kinds)))
    exists, _ = best_panel(rules, np.zeros(len(rules.kinds)))
    assert (panel is None) == (exists is None)
    if panel is not None:
        assert_kept(rules, panel)


def test_a_large_panel_is_found_at_nearly_the_least_cost():
    pool, quotas = everybody_differs(np.random.default_rng(4))
    rules = space(pool, quotas, 40)
    cost = np.random.default_rng(1).random(len(rules.kinds))
    panel = rounded(rules, cost)
    assert_kept(rules, panel)
    _, least = whole(cost, rules.rows, rules.lower, rules.upper, np.zeros(len(cost)), rules.most, gap=0.01)
    assert cost @ panel < 1.5 * least


def assert_kept(rules, panel):
    counted = rules.rows @ panel
    assert ((counted >= rules.lower) & (counted <= rules.upper)).all()
    assert ((panel >= 0) & (panel <= rules.most) & (panel == np.round(panel))).all()
