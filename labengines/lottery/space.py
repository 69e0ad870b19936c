"""Step 2: people become kinds, and the rules become linear ones on how many of each kind a panel holds.

Households that look alike (the same values of their members) are one kind of house, and members of such houses with
the same values are one kind of person. A vector of whole numbers that keeps the rules below can always be seated in
different households, so nothing is lost; and since people of a kind can be exchanged, some best distribution
gives them all one chance.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from labengines.lottery.checks import choices_of
from labengines.lottery.types import Kind


@dataclass(frozen=True)
class Space:
    """All panels: whole vectors y with lower <= rows @ y <= upper and 0 <= y <= most.

    kinds, houses, traits: as in Distribution. people, most: arrays with a number for each kind. rows: sparse
    matrix; the first row counts the panel, the next ones the quotas as `quotas` lists them.
    """

    traits: tuple
    kinds: tuple
    houses: tuple
    quotas: tuple
    people: np.ndarray
    most: np.ndarray
    rows: sparse.csr_array
    lower: np.ndarray
    upper: np.ndarray

    def with_cut(self, weights, bound):
        """The same panels, and a rule that each of them keeps: weights @ y <= bound."""
        return replace(
            self,
            rows=sparse.csr_array(sparse.vstack([self.rows, weights[None, :]])),
            lower=np.append(self.lower, -np.inf),
            upper=np.append(self.upper, bound),
        )


def space(pool, quotas, size, one_per=None):
    """The Space of a checked pool. Nothing depends on the order of people or quotas."""
    choices = choices_of(quotas)
    traits = tuple(choices)
    houses = _houses(pool, traits, one_per)
    kinds, most = [], []
    for number, (pattern, homes) in enumerate(houses):
        for values in sorted(set(pattern)):
            members = sorted(person for home in homes for person, own in home if own == values)
            kinds.append(Kind(values, tuple(members), number))
            most.append(len(homes))
    rules = [([1] * len(kinds), size, size)]
    listed = tuple(quota for values in choices.values() for quota in values.values())
    for quota in listed:
        place = traits.index(quota.trait)
        rules.append(([kind.values[place] == quota.value for kind in kinds], quota.least, quota.most))
    rules += _one_each(kinds, houses)
    rows, lower, upper = zip(*rules, strict=True)
    return Space(
        traits=traits,
        kinds=tuple(kinds),
        houses=tuple(tuple(tuple(person for person, _ in home) for home in homes) for _, homes in houses),
        quotas=listed,
        people=np.array([len(kind.people) for kind in kinds], float),
        most=np.array(most, float),
        rows=sparse.csr_array(np.array(rows, float)),
        lower=np.array(lower, float),
        upper=np.array(upper, float),
    )


def _houses(pool, traits, one_per):
    """((pattern, homes), ...), sorted; a home is a tuple of (id, values) by values and id."""
    homes = defaultdict(list)
    for person in sorted(pool, key=lambda person: person.id):
        values = tuple(person.traits[trait] for trait in traits)
        shared = person.traits.get(one_per, "").strip() if one_per else ""
        homes[("shared", shared) if shared else ("alone", person.id)].append((person.id, values))
    alike = defaultdict(list)
    for name in sorted(homes):
        home = tuple(sorted(homes[name], key=lambda member: (member[1], member[0])))
        alike[tuple(values for _, values in home)].append(home)
    return sorted(alike.items())


def _one_each(kinds, houses):
    """The rule of one per household, where a household holds people of several kinds."""
    for number, (pattern, homes) in enumerate(houses):
        if len(set(pattern)) > 1:
            yield [kind.house == number for kind in kinds], 0, len(homes)


def home_of(houses):
    """{id: (kind of household, its number)}."""
    return {
        person: (kind, number)
        for kind, homes in enumerate(houses)
        for number, home in enumerate(homes)
        for person in home
    }


def people_in(counts, kinds, homes, order=lambda kind: kind.people):
    """Ids, sorted, of a panel with these counts of each kind; no household (as by `home_of`) is asked twice.

    order: gives the people of a kind, those to be asked first at its beginning.
    """
    asked, chosen = set(), []
    for kind, count in zip(kinds, counts, strict=True):
        found = 0
        for person in order(kind) if count else ():
            if found == count:
                break
            if homes[person] not in asked:
                asked.add(homes[person])
                chosen.append(person)
                found += 1
    return tuple(sorted(chosen))
