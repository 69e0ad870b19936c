"""Disclosure: what may be shown, and an attacker who has everything else."""

import copy
import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labengines.voting import Breakdown, Row, disclose, errors, publish_count

OPTIONS = ("a", "b", "")


def table_of(*vectors):
    return {f"g{i}": dict(zip(OPTIONS, vector, strict=False)) for i, vector in enumerate(vectors)}


def totals_of(groups):
    return {option: sum(tally.get(option, 0) for tally in groups.values()) for option in OPTIONS}


def hidden(*vectors, extra=(0, 0, 0), threshold=10):
    groups = table_of(*vectors)
    totals = {
        option: number + more for (option, number), more in zip(totals_of(groups).items(), extra, strict=True)
    }
    return disclose(groups, totals=totals, threshold=threshold).hidden


def test_large_mixed_groups_are_shown_as_they_are():
    groups = table_of((12, 8, 1), (6, 6, 0))

    assert disclose(groups, totals=totals_of(groups)) == Breakdown(
        rows=(
            Row("g0", shown=True, tallies=(("a", 12), ("b", 8)), blanks=1),
            Row("g1", shown=True, tallies=(("a", 6), ("b", 6)), blanks=0),
        ),
        threshold=10,
    )


def test_a_row_says_who_leads_and_who_is_joint_first():
    groups = table_of((12, 8, 1), (10, 10, 0), (1, 5, 0), (1, 5, 1))
    rows = disclose(groups, totals=totals_of(groups)).rows

    assert [(row.voters, row.leading, row.joint_first) for row in rows] == [
        (21, ("a",), ()),
        (20, ("a", "b"), ("a", "b")),
        (None, (), ()),
        (None, (), ()),
    ]


@pytest.mark.parametrize(
    ("vectors", "expected"),
    [
        # nothing to hide
        ([(20, 9), (9, 20)], ()),
        # one small group: the next smallest goes with it, and covers it
        ([(2, 1), (9, 9), (20, 20)], ("g0", "g1")),
        # two small groups that together are still under the threshold
        ([(2, 1), (1, 2), (9, 9), (20, 20)], ("g0", "g1", "g2")),
        # two small groups that together are enough
        ([(4, 3), (3, 4), (9, 9), (20, 20)], ("g0", "g1")),
        # ... but not if together they all chose the same
        ([(7, 0), (7, 0), (9, 9), (20, 20)], ("g0", "g1", "g2")),
        # a group nobody voted in covers nobody
        ([(0, 0), (2, 1), (9, 9), (20, 20)], ("g0", "g1", "g2")),
        # a one-sided group, and one with a single dissenter who would know the rest
        ([(12, 0), (15, 9), (20, 20)], ("g0", "g1")),
        ([(11, 1), (15, 9), (20, 20)], ("g0", "g1")),
        ([(10, 2), (15, 9), (20, 20)], ()),
        # hiding runs from the smallest upwards, never just the one-sided group
        ([(15, 9), (60, 0), (20, 20), (50, 50)], ("g0", "g1", "g2")),
        # nothing is safe: all is hidden
        ([(3, 0), (0, 2)], ("g0", "g1")),
    ],
)
def test_what_is_hidden(vectors, expected):
    assert hidden(*vectors) == expected


def test_voters_who_gave_no_group_are_a_group():
    assert hidden((20, 20), (9, 9), extra=(1, 0, 0)) == ("g1", "")
    assert hidden((20, 20), (9, 9), extra=(6, 6, 0)) == ()


def test_what_contradicting_group_ballots_leave_is_never_shown():
    assert hidden((20, 20), (9, 9), (4, 9), extra=(0, 30, 30)) == ()
    assert hidden((20, 20), (9, 9), (4, 9), extra=(-1, 30, 30)) == ("g2", "")
    assert hidden((20, 20), (9, 9), (4, 9), extra=(-1, 0, 0)) == ()


@pytest.mark.parametrize(
    ("groups", "threshold", "error"),
    [
        ({"g": {"z": 1}}, 10, errors.UnknownOption),
        ({"g": {"a": -1}}, 10, errors.NegativeCount),
        ({"g": {"a": 1}}, 1, errors.ThresholdTooLow),
    ],
)
def test_what_cannot_be_judged_is_refused(groups, threshold, error):
    with pytest.raises(error):
        disclose(groups, totals={"a": 1, "b": 0, "": 0}, threshold=threshold)


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=1, max_size=6), st.randoms())
def test_every_published_table_keeps_the_promise(vectors, random):
    groups = table_of(*vectors)
    before = copy.deepcopy(groups)
    found = disclose(groups, totals=totals_of(groups))
    shuffled = dict(random.sample(sorted(groups.items()), len(groups)))

    assert groups == before
    assert set(disclose(shuffled, totals=totals_of(groups)).hidden) == set(found.hidden)
    together = [sum(groups[group].get(option, 0) for group in found.hidden) for option in OPTIONS]
    covering = [group for group in found.hidden if sum(groups[group].values())]
    if found.hidden and len(found.hidden) < len(groups):
        assert len(covering) > 1
        assert sum(together) >= 10
        assert sum(together) - max(together) > 1
    assert all(row.voters >= 10 for row in found.rows if row.shown)


# The attack. An attacker has the published table, the exact totals and this rule. She
# lists every table that would have been published the same way. A cell that is the same
# in all of them, and not nought, is a secret lost.


def tables(*, groups, cells, most):
    vectors = [v for v in itertools.product(range(most + 1), repeat=cells) if sum(v) <= most]
    return itertools.product(vectors, repeat=groups)


def published(vectors, threshold):
    groups = table_of(*vectors)
    totals = dict.fromkeys(OPTIONS[: len(vectors[0])], 0)
    for tally in groups.values():
        totals = {option: totals[option] + tally[option] for option in totals}
    found = disclose(groups, totals=totals, threshold=threshold)
    shown = tuple(row.tallies and (row.tallies, row.blanks) for row in found.rows)
    return shown, tuple(totals.values())


def certain(worlds, group, *, own=None):
    """Cells of the group known for sure; with the attacker's own vote taken out."""
    if own is not None:
        worlds = [w for w in worlds if w[group][own] >= 1 and sum(w[group]) > 1]
    cells = range(len(worlds[0][group])) if worlds else ()
    known = {cell: {w[group][cell] - (cell == own) for w in worlds} for cell in cells}
    return {cell for cell, values in known.items() if len(values) == 1 and values != {0}}


def secrets_lost(*, groups, cells, most, threshold, sizes_known, publish=published):
    """Known cells of hidden groups that the totals alone would not have told."""
    after, before = defaultdict(list), defaultdict(list)
    for world in tables(groups=groups, cells=cells, most=most):
        shown, totals = publish(world, threshold)
        outside = (totals, tuple(map(sum, world)) if sizes_known else None)
        after[shown, outside].append(world)
        before[outside].append(world)
    return [
        (shown, outside, group, own)
        for (shown, outside), worlds in after.items()
        for group in range(groups)
        if shown[group] is None
        for own in (None, *range(cells))
        if certain(worlds, group, own=own) - certain(before[outside], group, own=own)
    ]


@pytest.mark.parametrize("sizes_known", [False, True])
@pytest.mark.parametrize(
    ("groups", "cells", "most", "threshold"), [(3, 2, 6, 3), (3, 3, 4, 3), (4, 2, 3, 2), (3, 2, 6, 4)]
)
def test_no_attacker_learns_a_hidden_cell(groups, cells, most, threshold, sizes_known):
    shape = {"groups": groups, "cells": cells, "most": most, "threshold": threshold}

    assert secrets_lost(**shape, sizes_known=sizes_known) == []


def naive(vectors, threshold):
    """What many do: hide small and unanimous groups, then the next smallest one."""
    bad = {i for i, v in enumerate(vectors) if sum(v) < threshold or max(v) == sum(v)}
    others = sorted(set(range(len(vectors))) - bad, key=lambda i: sum(vectors[i]))
    bad |= set(others[:1]) if len(bad) == 1 else set()
    shown = tuple(None if i in bad else (v, 0) for i, v in enumerate(vectors))
    return shown, tuple(map(sum, zip(*vectors, strict=True)))


def test_the_attack_breaks_the_usual_rule():
    shape = {"groups": 3, "cells": 2, "most": 5, "threshold": 3, "sizes_known": False}

    assert len(secrets_lost(**shape, publish=naive)) > 100


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (447, "445")]
)
def test_counts_are_published_as_the_nhs_does(number, words):
    assert publish_count(number) == words


def test_a_count_below_nought_is_refused():
    with pytest.raises(errors.NegativeCount):
        publish_count(-1)
