"""Nobody meets twice where that is possible, wishes are kept, tables are even."""

from itertools import combinations

import numpy as np
import pytest

from labengines.lottery import Person, Wishes, errors, reseat, seat


def people(many, **traits):
    return [
        Person(f"p{number:03}", {name: values[number % len(values)] for name, values in traits.items()})
        for number in range(many)
    ]


def seated(many, tables, rounds, *, seed=1, wishes=Wishes(), **traits):  # noqa: B008 - frozen
    return seat(people(many, **traits), tables, rounds, np.random.default_rng(seed), wishes=wishes)


def check(found, names, tables):
    """Everybody sits once in each round, table sizes differ by one at most; returns how often two meet again."""
    met, again = set(), 0
    for sat in found.rounds:
        assert sorted(name for table in sat for name in table) == sorted(names)
        assert len(sat) == tables
        assert max(map(len, sat)) - min(map(len, sat)) <= 1
        pairs = {pair for table in sat for pair in combinations(sorted(table), 2)}
        again += len(pairs & met)
        met |= pairs
    return again


@pytest.mark.parametrize(
    ("many", "tables", "rounds"),
    [(24, 6, 3), (25, 5, 6), (16, 4, 5), (64, 8, 8), (30, 7, 4), (23, 6, 3), (9, 3, 4), (6, 6, 2), (7, 1, 1)],
)
def test_nobody_meets_twice(many, tables, rounds):
    found = seated(many, tables, rounds)
    assert check(found, [person.id for person in people(many)], tables) == 0
    assert (found.repeats, found.bound, found.proved) == (0, 0, True)


@pytest.mark.parametrize(
    ("many", "tables", "rounds", "fewest"), [(6, 2, 2, 2), (4, 2, 4, 2), (8, 1, 2, 28), (12, 3, 4, 9)]
)
def test_where_people_must_meet_again_the_bound_says_how_often(many, tables, rounds, fewest):
    found = seated(many, tables, rounds)
    assert check(found, [person.id for person in people(many)], tables) == found.repeats
    assert found.bound == fewest
    assert found.repeats >= found.bound


def test_wishes_are_kept():
    wishes = Wishes(
        together=(("p000", "p001"), ("p001", "p002")),
        apart=(("p003", "p004", "p005"), ("p000", "p003")),
        access={"p006": (1,), "p007": (1, 2)},
    )
    found = seated(24, 6, 3, wishes=wishes)
    check(found, [person.id for person in people(24)], 6)
    for sat in found.rounds:
        at = {name: number for number, table in enumerate(sat, 1) for name in table}
        assert at["p000"] == at["p001"] == at["p002"]
        assert len({at["p003"], at["p004"], at["p005"]}) == 3
        assert at["p000"] != at["p003"]
        assert at["p006"] == 1
        assert at["p007"] in (1, 2)
    assert found.bound == 6
    assert found.repeats == 6


def test_tables_mirror_all():
    found = seated(24, 6, 3, wishes=Wishes(balance=("sex", "role")), sex="fm", role="aab")
    assert (found.unbalanced, found.repeats) == (0, 0)
    for table in found.rounds[0]:
        assert sum(int(name[1:]) % 2 for name in table) == 2


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        (Wishes(together=(("p000", "p001", "p002", "p003", "p004"),)), "together"),
        (Wishes(together=(("p000", "p001"),), apart=(("p001", "p000"),)), "apart"),
        (Wishes(access={"p000": ()}), "access"),
        (Wishes(access={"p000": (9,)}), "access"),
        (Wishes(access={f"p00{number}": (1,) for number in range(5)}), "all"),
        (Wishes(apart=(("p000", "p001", "p002", "p003", "p004"),)), "all"),
    ],
)
def test_wishes_that_cannot_be_kept_are_refused(wishes, reason):
    with pytest.raises(errors.NotSeated) as caught:
        seated(16, 4, 2, wishes=wishes)
    assert caught.value.params["reason"] == reason


def test_after_no_shows_held_rounds_stay_and_the_others_are_evened_out():
    everybody = people(30)
    wishes = Wishes(together=(("p000", "p001"),), apart=(("p002", "p003"),))
    found = seat(everybody, 6, 4, np.random.default_rng(1), wishes=wishes)
    absent = ["p001", "p004", "p009", "p020"]
    again = reseat(found, everybody, absent, np.random.default_rng(2), played=1, wishes=wishes)
    assert again.rounds[0] == found.rounds[0]
    for sat in again.rounds[1:]:
        assert sorted(map(len, sat)) == [4, 4, 4, 4, 5, 5]
        assert not set(absent) & {name for table in sat for name in table}
    assert again.repeats == again.bound == 0


def test_the_same_seed_seats_alike_whatever_the_order():
    forth = seat(people(20), 5, 3, np.random.default_rng(3))
    back = seat(people(20)[::-1], 5, 3, np.random.default_rng(3))
    assert forth == back


@pytest.mark.parametrize("tables", [0, 5])
def test_tables_must_be_as_many_as_people_at_most(tables):
    with pytest.raises(errors.NotSeated):
        seated(4, tables, 1)


def test_strangers_and_doubled_people_are_refused():
    with pytest.raises(errors.UnknownPerson):
        seated(4, 2, 1, wishes=Wishes(apart=(("p000", "who"),)))
    with pytest.raises(errors.NotSeated):
        seat([*people(4), people(1)[0]], 2, 1, np.random.default_rng(1))
