"""Western Electric's and Nelson's rules, and what all rules stand on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.spc.spread import mean_range
from labengines.spc.stretches import long_ones, stretches
from labengines.spc.zones import NELSON, WESTERN_ELECTRIC, zone_rules

NAN = float("nan")
half_steps = st.integers(-8, 8).map(lambda step: step / 2)
gappy = st.lists(st.one_of(half_steps, st.just(NAN)), min_size=1, max_size=40).map(np.array)
sides_of = st.lists(st.sampled_from([-1, 0, 1]), min_size=0, max_size=30).map(
    lambda found: np.array(found, int)
)


# Western Electric and Nelson


def met(values, rule):
    """Numbers of the points at which a rule is met, in standard deviations about 0."""
    return (np.flatnonzero(zone_rules(np.array(values, float), 0.0, 1.0)[rule]) + 1).tolist()


@pytest.mark.parametrize(
    ("rule", "values", "points"),
    [
        ("we-1", [3, 3.01, -3, -3.01], [2, 4]),
        ("we-2", [2.1, 0, 2.1, 2.1], [3, 4]),
        ("we-2", [2.1, 0, 2, 2.1], []),
        ("we-2", [2.1, -2.1, 0], []),
        ("we-2", [2.1, 2.1, 0, 0], []),
        ("we-3", [1.1, 1.1, 0, 1.1, 1.1, 1.1], [5, 6]),
        ("we-3", [1.1, 1.1, 0, 0, 1.1, 1.1], []),
        ("we-3", [1.1, 1.1, 1.1, 1.1, 1], []),
        ("we-4", [1] * 8 + [-1], [8]),
        ("we-4", [1] * 7 + [0] + [1] * 8, [16]),
        ("nelson-2", [-1] * 10, [9, 10]),
        ("nelson-2", [-1] * 8, []),
        ("nelson-3", [0, 1, 2, 3, 4, 5, 6], [6, 7]),
        ("nelson-3", [0, 1, 2, 3, 4, 4], []),
        ("nelson-3", [5, 4, 3, 2, 1, 0], [6]),
        ("nelson-4", [1, -1] * 7 + [1], [14, 15]),
        ("nelson-4", [1, -1] * 6 + [1], []),
        ("nelson-7", [1, -1, 0] * 5, [15]),
        ("nelson-7", [1, -1, 0] * 4 + [1, -1, 1.01], []),
        ("nelson-8", [1.1] * 7 + [-1.1], [8]),
        ("nelson-8", [1.1] * 8, []),
        ("nelson-8", [1.1] * 3 + [1] + [-1.1] * 4, []),
    ],
)
def test_zone_rules_mark_the_point_that_completes_the_pattern(rule, values, points):
    assert met(values, rule) == points


@given(gappy)
def test_nelson_1_5_and_6_are_the_western_electric_rules(values):
    found = zone_rules(values, 0.0, 1.0)
    for ours, theirs in (("we-1", "nelson-1"), ("we-2", "nelson-5"), ("we-3", "nelson-6")):
        assert found[ours].tolist() == found[theirs].tolist()


def plainly(values, rule):
    """A slow reading of a zone rule in standard deviations about 0: the points that complete it."""
    x, n = np.asarray(values, float), len(values)
    window = {"we-2": 3, "we-3": 5, "we-4": 8, "nelson-2": 9, "nelson-3": 6, "nelson-4": 14, "nelson-7": 15}
    size = window.get(rule, 8)
    found = []
    for last in range(size - 1, n):
        w = x[last - size + 1 : last + 1]
        steps = np.diff(w)
        zones = {"we-2": (2, 2), "we-3": (1, 4)}
        holds = {
            "we-4": lambda w=w: (w > 0).all() or (w < 0).all(),
            "nelson-2": lambda w=w: (w > 0).all() or (w < 0).all(),
            "nelson-3": lambda steps=steps: (steps > 0).all() or (steps < 0).all(),
            "nelson-4": lambda steps=steps: (steps[1:] * steps[:-1] < 0).all(),
            "nelson-7": lambda w=w: (np.abs(w) <= 1).all(),
            "nelson-8": lambda w=w: (np.abs(w) > 1).all() and (w > 1).any() and (w < -1).any(),
        }
        if rule in zones:
            far, most = zones[rule]
            ok = any(side * w[-1] > far and (side * w > far).sum() >= most for side in (1, -1))
        else:
            ok = holds[rule]()
        if ok:
            found.append(last + 1)
    return found


@given(
    gappy,
    st.sampled_from(sorted({*WESTERN_ELECTRIC, *NELSON} - {"we-1", "nelson-1", "nelson-5", "nelson-6"})),
)
def test_zone_rules_find_what_a_plain_reading_finds(values, rule):
    assert met(values, rule) == plainly(values, rule)


# What the rules stand on


def test_stretches_of_nothing_are_none():
    assert [len(found) for found in stretches(np.array([]))] == [0, 0, 0]


@given(sides_of)
def test_stretches_put_together_are_the_whole(codes):
    starts, stops, found = stretches(codes)
    rebuilt = [
        code for start, stop, code in zip(starts, stops, found, strict=True) for _ in range(start, stop)
    ]
    assert rebuilt == codes.tolist()
    assert (found[1:] != found[:-1]).all()


def test_long_stretches_of_zero_do_not_count():
    assert long_ones(np.array([0, 0, 0, 1, 1, 1, -1, -1]), 3) == [(3, 6, 1)]


@pytest.mark.parametrize(
    ("ranges", "choices", "mean"),
    [
        ([1, 1, 1, 1, 20], {"screening": False}, (4.8, False)),
        ([1, 1, 1, 1, 20], {"screening": True}, (1.0, False)),
        ([0, 0, 0, 0, 5], {"screening": True}, (1.0, True)),
        ([0, 0, 0, 0, 5], {"screening": True, "fall_back": False}, (0.0, False)),
        ([1, 1, 1, 3], {"screening": True, "limit": 2.0}, (1.0, False)),
        ([1, 1, 1, 3], {"screening": True, "limit": 2.0, "keep_limit": True}, (1.5, False)),
        ([1, NAN, 3], {"screening": False}, (2.0, False)),
    ],
)
def test_screening_leaves_out_ranges_at_or_over_the_limit_once(ranges, choices, mean):
    assert mean_range(np.array(ranges, float), **choices) == mean
