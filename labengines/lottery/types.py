"""What goes into a draw and what comes out: frozen, ready to be stored and to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEAST_CHANCE = 1e-4  # what the geometric mean counts a smaller chance as


@dataclass(frozen=True)
class Person:
    """Somebody who may be drawn. id: unique text. traits: {trait: value}, texts."""

    id: str
    traits: Mapping


@dataclass(frozen=True)
class Quota:
    """How many of a panel, from `least` to `most`, may have this value of this trait."""

    trait: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Change:
    """A bound of a quota to be moved. bound: "least" or "most"; was, becomes: people."""

    trait: str
    value: str
    bound: str
    was: int
    becomes: int


@dataclass(frozen=True)
class Feasibility:
    """Whether a panel exists.

    possible: bool. panel: ids of one such panel, else (). changes: the fewest bounds that must move, and
    these as little as possible, else (). households: how many there are, where they are too few for the
    panel and no quota can help; else None.
    """

    possible: bool
    panel: tuple = ()
    changes: tuple = ()
    households: int | None = None


@dataclass(frozen=True)
class Kind:
    """People whom the rules cannot tell apart.

    values: one value for each trait with quotas, traits in their order. people: ids, sorted.
    house: number of the kind of household they live in.
    """

    values: tuple
    people: tuple
    house: int


@dataclass(frozen=True)
class Distribution:
    """Panels and how likely each is; people of one kind always have one chance.

    method: "leximin", "maximin" or "nash". size: people in a panel. traits: names in the order of a kind's
    values. kinds: tuple of Kind. houses: for each kind of household its households, tuples of ids (somebody
    for whom nobody shares a household is one by herself). one_per: the trait that names households, or None.
    panels: for each panel how many people of each kind. weights: probabilities of the panels, adding up to 1.
    bound: what the lowest chance can nowhere exceed (the lowest of those who can be chosen at all).
    unchosen: ids of those whom no panel can hold. proved: whether the chances are the best there are, within
    `gap` (a chance); False where time ran out, and `lowest` and `bound` then say how far from it at most.
    """

    method: str
    size: int
    traits: tuple
    kinds: tuple
    houses: tuple
    one_per: str | None
    panels: tuple
    weights: tuple
    bound: float
    unchosen: tuple
    proved: bool
    gap: float

    @property
    def by_kind(self):
        """The chance, 0..1, of each person of each kind."""
        sums = [0.0] * len(self.kinds)
        for panel, weight in zip(self.panels, self.weights, strict=True):
            for place, count in enumerate(panel):
                sums[place] += count * weight
        return tuple(total / len(kind.people) for total, kind in zip(sums, self.kinds, strict=True))

    @property
    def chances(self):
        """{id: chance 0..1}, sorted by id."""
        pairs = zip(self.by_kind, self.kinds, strict=True)
        return dict(sorted((person, chance) for chance, kind in pairs for person in kind.people))

    @property
    def lowest(self):
        """The lowest chance of those whom any panel can hold."""
        never = set(self.unchosen)
        return min(chance for person, chance in self.chances.items() if person not in never)


@dataclass(frozen=True)
class Commitment:
    """The numbered list from which one panel will be drawn, every number alike.

    text: the list as it is published (JSON); its SHA-256 in hex is what is promised. panels: tuples of ids,
    number 1 first. chances: {id: (panels that hold the person, panels)}. rounding: the largest difference of a
    person's chance from the distribution the list was made of, a chance 0..1.
    """

    text: str
    sha256: str
    panels: tuple
    chances: Mapping
    rounding: float


@dataclass(frozen=True)
class Drawn:
    """What a public seed drew. number: from 1. panel: ids, sorted."""

    number: int
    panel: tuple


@dataclass(frozen=True)
class Replacement:
    """A panel after some have left.

    panel: ids of all who are in it now, sorted. joined: who came in. broken: for each quota that could not be
    kept a Change whose `was` is the bound and `becomes` the number of people there are now. empty: seats left empty.
    """

    panel: tuple
    joined: tuple
    broken: tuple
    empty: int


@dataclass(frozen=True)
class Wishes:
    """What a seating must keep, and in what it should mix people.

    together: groups of ids who share a table in every round. apart: groups of whom no two ever do. access: {id:
    numbers, from 1, of the tables where the person can sit}. balance: traits in which each table mirrors all.
    """

    together: tuple = ()
    apart: tuple = ()
    access: Mapping = field(default_factory=dict)
    balance: tuple = ()


@dataclass(frozen=True)
class Seating:
    """Who sits where.

    rounds: for each round its tables, each a tuple of ids. repeats: meetings of two people who had met
    before. bound: fewer repeats than this are impossible (by counting). proved: whether repeats equals
    bound. unbalanced: people by whom tables differ from the evenest mix, over all rounds and balanced traits.
    """

    rounds: tuple
    repeats: int
    bound: int
    unbalanced: int

    @property
    def proved(self):
        """Whether no other seating can have fewer repeated meetings."""
        return self.repeats == self.bound
