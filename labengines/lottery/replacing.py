"""Step 8: people leave a panel; who may come in so that the quotas still hold?"""

import numpy as np
from scipy import sparse

from labengines.lottery import errors
from labengines.lottery.checks import check
from labengines.lottery.solving import whole
from labengines.lottery.space import home_of, people_in, space
from labengines.lottery.types import Change, Replacement


def replace(panel, leavers, alternates, quotas, generator, *, one_per=None):
    """Replacement of those who leave, out of the alternates.

    panel, alternates: sequences of Person. leavers: ids in the panel. quotas: sequence of Quota. As many seats are
    filled as can be; of all ways to do so one that breaks the quotas by the fewest people is drawn with
    `generator` (numpy Generator). one_per: as for the draw. What cannot be
    kept is named in `broken`. Raises UnknownPerson, and the errors of `checks.check` for the alternates.
    """
    staying = _staying(panel, leavers)
    free = [person for person in alternates if not _shares(person, staying, one_per)]
    seats = len(panel) - len(staying)
    joined = ()
    if free and seats:
        check(free, quotas, 1)
        joined = _joining(free, quotas, seats, staying, one_per, generator)
    by_id = {person.id: person for person in [*staying, *free]}
    now = tuple(sorted([*(person.id for person in staying), *joined]))
    broken = tuple(_broken([by_id[person] for person in now], quotas))
    return Replacement(now, joined, broken, empty=len(panel) - len(now))


def _staying(panel, leavers):
    leaving = set(leavers)
    for person in sorted(leaving - {person.id for person in panel}):
        raise errors.UnknownPerson(id=person, where="panel")
    return sorted((person for person in panel if person.id not in leaving), key=lambda person: person.id)


def _shares(person, staying, one_per):
    """Whether an alternate is in the panel already, or somebody of her household is."""
    home = person.traits.get(one_per, "").strip() if one_per else ""
    return any(
        other.id == person.id or (home and other.traits.get(one_per, "").strip() == home) for other in staying
    )


def _joining(free, quotas, seats, staying, one_per, generator):
    """Ids of those who come in. Variables: people of each kind, people under and over each quota, empty seats."""
    rules = space(free, quotas, seats, one_per)
    rows, lower, upper = _soft(rules, [_count(staying, quota) for quota in rules.quotas], seats)
    kinds, many = len(rules.kinds), rows.shape[1]
    cost = np.ones(many)
    cost[:kinds], cost[-1] = 0, len(rules.traits) + 1
    ceiling = np.full(many, np.inf)
    ceiling[:kinds] = rules.most
    _, least = whole(cost, rows, lower, upper, np.zeros(many), ceiling)
    lot = np.zeros(many)
    lot[:kinds] = generator.random(kinds)
    rows = sparse.vstack([rows, cost[None, :]]).tocsr()
    found, _ = whole(lot, rows, np.append(lower, 0), np.append(upper, round(least)), np.zeros(many), ceiling)
    counts = found[:kinds].astype(int)
    return people_in(
        counts, rules.kinds, home_of(rules.houses), lambda kind: generator.permutation(kind.people).tolist()
    )


def _soft(rules, counted, seats):
    """(rows, lower, upper) of the space where quotas, less those who are counted already, may be broken."""
    many = len(rules.quotas)
    counts, others = rules.rows[1 : many + 1], rules.rows[many + 1 :]
    one, nothing = sparse.eye_array(many), sparse.csr_array((many, many))
    rows = sparse.block_array(
        [
            [rules.rows[:1], None, None, sparse.csr_array([[1.0]])],
            [counts, one, nothing, None],
            [counts, nothing, -one, None],
            [others, None, None, sparse.csr_array((others.shape[0], 1))],
        ]
    ).tocsr()
    endless = np.full(many, np.inf)
    lower = [[seats], rules.lower[1 : many + 1] - counted, -endless, rules.lower[many + 1 :]]
    upper = [[seats], endless, rules.upper[1 : many + 1] - counted, rules.upper[many + 1 :]]
    return rows, np.concatenate(lower), np.concatenate(upper)


def _count(people, quota):
    return sum(person.traits.get(quota.trait) == quota.value for person in people)


def _broken(people, quotas):
    for quota in sorted(quotas, key=lambda quota: (quota.trait, quota.value)):
        count = _count(people, quota)
        if count < quota.least:
            yield Change(quota.trait, quota.value, "least", was=quota.least, becomes=count)
        elif count > quota.most:
            yield Change(quota.trait, quota.value, "most", was=quota.most, becomes=count)
