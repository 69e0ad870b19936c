"""Small pools for tests, and a second way to find the fairest chances: every panel written out."""

import itertools

import numpy as np
from scipy.optimize import linprog

from labengines.lottery import Person, Quota


def pool_of(*rows, traits=("sex", "age")):
    """People p1, p2, ... with these values, in the order of `traits`."""
    return [
        Person(f"p{number}", dict(zip(traits, values, strict=True))) for number, values in enumerate(rows, 1)
    ]


def quotas_of(**bounds):
    """Quotas from trait=(("value", least, most), ...)."""
    return [Quota(trait, *values) for trait, listed in bounds.items() for values in listed]


def random_case(generator, *, households=False):
    """(pool, quotas, size, one_per) with 6 to 9 people; often tight, sometimes impossible."""
    many, size = int(generator.integers(6, 10)), int(generator.integers(2, 5))
    rows = [
        (generator.choice(["f", "m"]), generator.choice(["x", "y", "z"]), f"h{generator.integers(1, 6)}")
        for _ in range(many)
    ]
    pool = pool_of(*rows, traits=("sex", "age", "home"))
    quotas = []
    for trait, values in (("sex", "fm"), ("age", "xyz")):
        for value in values:
            least = int(generator.integers(0, 2))
            quotas.append(Quota(trait, value, least, least + int(generator.integers(0, size))))
    return pool, quotas, size, "home" if households else None


def everybody_differs(generator, *, many=678, size=40, traits=7):
    """(pool, quotas) with hardly two people alike; quotas lie between the pool's shares and others."""
    columns, quotas = [], []
    for trait in range(traits):
        values = int(generator.integers(2, 9))
        column = generator.choice(values, many, p=generator.dirichlet(np.full(values, 2.0)))
        wanted = generator.dirichlet(np.full(values, 4.0))
        for value in np.unique(column):
            there = int((column == value).sum())
            share = size * (there / many + wanted[value]) / 2
            least, most = min(int(0.85 * share), there), int(np.ceil(1.15 * share))
            quotas.append(Quota(f"t{trait}", f"v{value}", least, max(most, 1)))
        columns.append([f"v{value}" for value in column])
    rows = zip(*columns, strict=True)
    return pool_of(*rows, traits=[f"t{trait}" for trait in range(traits)]), quotas


def every_panel(pool, quotas, size, one_per=None):
    """All panels that keep the rules, as tuples of places in the pool."""
    return [
        panel
        for panel in itertools.combinations(range(len(pool)), size)
        if keeps([pool[place] for place in panel], quotas, one_per)
    ]


def keeps(people, quotas, one_per=None):
    """Whether these people keep every quota and the rule of one per household."""
    for quota in quotas:
        count = sum(person.traits[quota.trait] == quota.value for person in people)
        if not quota.least <= count <= quota.most:
            return False
    homes = [person.traits[one_per] for person in people if one_per and person.traits[one_per]]
    return len(homes) == len(set(homes))


def leximin_by_listing(pool, panels):
    """The chance of each person: raise all, find by a programme for each whom more can be given, fix the others."""
    holds = np.zeros((len(pool), len(panels)))
    for number, panel in enumerate(panels):
        holds[list(panel), number] = 1
    fixed = {}
    while len(fixed) < len(pool):
        free = [person for person in range(len(pool)) if person not in fixed]
        level = _most(holds, fixed, free)
        stuck = [person for person in free if _alone(holds, fixed, free, level, person) < level + 1e-7]
        fixed |= dict.fromkeys(stuck, level)
    return [fixed[person] for person in range(len(pool))]


def _most(holds, fixed, free):
    """The highest chance that all of the free can have."""
    people, many = holds.shape
    rows = [np.append(-holds[person], person in free) for person in range(people)]
    sides = [0 if person in free else -fixed[person] + 1e-9 for person in range(people)]
    found = linprog(
        np.append(np.zeros(many), -1), A_ub=rows, b_ub=sides, A_eq=[np.append(np.ones(many), 0)], b_eq=[1]
    )
    return found.x[-1]


def _alone(holds, fixed, free, level, person):
    """The highest chance of one person while nobody sinks below the level."""
    people, many = holds.shape
    sides = [-(level if other in free else fixed[other]) + 1e-9 for other in range(people)]
    found = linprog(-holds[person], A_ub=-holds, b_ub=sides, A_eq=[np.ones(many)], b_eq=[1])
    return -found.fun
