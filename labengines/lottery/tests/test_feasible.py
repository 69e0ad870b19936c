"""Whether a panel exists, and the least that must change where none does: compared with listing them all."""

import itertools

import numpy as np
import pytest

from labengines.lottery import Quota, feasible
from labengines.lottery.tests.pools import every_panel, keeps, pool_of, quotas_of, random_case
from labengines.lottery.types import Change, Feasibility


def with_changes(quotas, changes):
    moved = {(change.trait, change.value, change.bound): change.becomes for change in changes}
    return [
        Quota(
            quota.trait,
            quota.value,
            moved.get((quota.trait, quota.value, "least"), quota.least),
            moved.get((quota.trait, quota.value, "most"), quota.most),
        )
        for quota in quotas
    ]


def test_a_least_number_that_leaves_no_room_is_lowered():
    pool = pool_of(*[("f", "x")] * 5, *[("m", "y")] * 5)
    quotas = quotas_of(sex=(("f", 9, 9), ("m", 2, 4)), age=(("x", 0, 6), ("y", 0, 6)))
    assert feasible(pool, quotas, 6) == Feasibility(
        False, changes=(Change("sex", "f", "least", was=9, becomes=4),)
    )


def test_too_few_households_are_no_matter_of_quotas():
    pool = pool_of(("f", "h1"), ("m", "h1"), ("f", "h2"), traits=("sex", "home"))
    quotas = quotas_of(sex=(("f", 0, 3), ("m", 0, 3)))
    assert feasible(pool, quotas, 3, one_per="home") == Feasibility(False, households=2)


@pytest.mark.parametrize("seed", range(30))
def test_the_answer_is_that_of_listing_every_panel(seed):
    pool, quotas, size, one_per = random_case(np.random.default_rng(seed), households=seed % 2)
    found = feasible(pool, quotas, size, one_per=one_per)
    assert found.possible == bool(every_panel(pool, quotas, size, one_per))
    if found.possible:
        by_id = {person.id: person for person in pool}
        assert keeps([by_id[person] for person in found.panel], quotas, one_per)
        assert len(found.panel) == size
    elif found.households is None:
        assert every_panel(pool, with_changes(quotas, found.changes), size, one_per)
        assert len(found.changes) == fewest_by_listing(pool, quotas, size, one_per)


def fewest_by_listing(pool, quotas, size, one_per):
    """The fewest bounds that any set of people of this size breaks."""
    return min(
        sum(
            not quota.least
            <= sum(pool[place].traits[quota.trait] == quota.value for place in panel)
            <= quota.most
            for quota in quotas
        )
        for panel in itertools.combinations(range(len(pool)), size)
        if keeps([pool[place] for place in panel], [], one_per)
    )
