"""Step 7: a numbered list of panels, promised by its hash before anybody can know which number is drawn."""

import json
from collections import Counter
from hashlib import sha256

import numpy as np

from labengines.lottery import errors
from labengines.lottery.space import home_of, people_in
from labengines.lottery.types import Commitment, Drawn

FORMAT = "qlabs-panel-list-1"
USUAL_LENGTH = 1000
BETTER = 1e-9  # by how much an exchange must lessen the squared error


def commit(distribution, generator, *, length=USUAL_LENGTH):
    """Commitment: a list of `length` panels of which each number is drawn alike.

    Panels stand in it as often as their weights ask, rounded so that people's chances move least, and people of
    one kind take turns. The error that remains is in `rounding`; a longer list has a smaller one. generator:
    numpy Generator; it decides who of a kind sits with whom, never who is likelier.
    """
    if length < 1:
        raise errors.ListLengthOutOfRange(length=length)
    counts = rounded(distribution, length)
    numbers = generator.permutation(np.repeat(np.arange(len(counts)), counts))
    turns = _Turns(distribution, generator)
    panels = [turns.people(distribution.panels[number]) for number in numbers]
    text = _text(distribution, panels)
    found = read_list(text)
    meant = distribution.chances
    rounding = max(abs(held / length - meant[person]) for person, (held, _) in found.chances.items())
    return Commitment(found.text, found.sha256, found.panels, found.chances, rounding)


def read_list(text):
    """The Commitment of a published list; its rounding is not in it and therefore NaN. Raises ValueError."""
    try:
        book = json.loads(text)
        panels = tuple(tuple(panel) for panel in book["panels"])
        held = Counter(person for panel in panels for person in panel)
        chances = {person: (held[person], len(panels)) for person in book["people"]}
    except (KeyError, TypeError) as fault:
        raise ValueError(f"not a list of panels: {fault!r}") from None
    return Commitment(text, sha256(text.encode()).hexdigest(), panels, chances, float("nan"))


def draw(commitment, public_seed):
    """Drawn: what a seed that everybody saw (dice, a lottery's numbers) takes from the list.

    The number is SHA-256(hash of the list in hex, newline, seed without blanks around it), read as a big-endian
    number, modulo the length of the list, plus 1. The list being fixed first, nobody can choose.
    """
    digest = sha256(f"{commitment.sha256}\n{public_seed.strip()}".encode()).digest()
    place = int.from_bytes(digest, "big") % len(commitment.panels)
    return Drawn(place + 1, commitment.panels[place])


def chances(commitment):
    """{id: chance 0..1} of everybody in the pool, as the list itself has it."""
    return {person: held / of for person, (held, of) in commitment.chances.items()}


def rounded(distribution, length):
    """How often each panel stands in a list: whole numbers that add up to `length`.

    Largest remainders first, then exchanges of one panel for another as long as they lessen the sum of squared
    errors of people's chances.
    """
    share = np.array(distribution.weights) * length
    counts = np.floor(share).astype(int)
    missing = length - counts.sum()
    counts[np.argsort(counts - share, kind="stable")[:missing]] += 1
    people = np.array([len(kind.people) for kind in distribution.kinds], float)
    columns = np.array(distribution.panels, float).T / people[:, None] * np.sqrt(people)[:, None]
    products = columns.T @ columns
    error = columns.T @ (columns @ (counts - share))
    while True:
        change = _exchanges(products, error, counts)
        giver, taker = np.unravel_index(change.argmin(), change.shape)
        if change[giver, taker] > -BETTER:
            return counts
        counts[giver] -= 1
        counts[taker] += 1
        error += products[taker] - products[giver]


def _exchanges(products, error, counts):
    """By how much the squared error changes when the row's panel makes way for the column's."""
    own = np.diag(products)
    change = own[:, None] + own[None, :] - 2 * products + 2 * (error[None, :] - error[:, None])
    change[counts == 0, :] = np.inf
    np.fill_diagonal(change, 0)
    return change


class _Turns:
    """Who of a kind comes next: whoever was in fewest panels so far, chance deciding between equals."""

    def __init__(self, distribution, generator):
        self.kinds = distribution.kinds
        self.homes = home_of(distribution.houses)
        self.generator = generator
        self.held = {kind.people[0]: np.zeros(len(kind.people), int) for kind in self.kinds}
        self.place = {
            person: (self.held[kind.people[0]], row)
            for kind in self.kinds
            for row, person in enumerate(kind.people)
        }

    def people(self, counts):
        """Persons for the numbers of each kind, those first who were listed least so far."""
        chosen = people_in(counts, self.kinds, self.homes, self._order)
        for person in chosen:
            held, row = self.place[person]
            held[row] += 1
        return chosen

    def _order(self, kind):
        if len(kind.people) == 1:
            return kind.people
        order = np.lexsort((self.generator.random(len(kind.people)), self.held[kind.people[0]]))
        return (kind.people[row] for row in order)


def _text(distribution, panels):
    """The list as JSON, a line for each panel, the same bytes for the same list everywhere."""
    head = {"format": FORMAT, "method": distribution.method, "size": distribution.size,
            "people": list(distribution.chances)}  # fmt: skip
    lines = [json.dumps(panel, ensure_ascii=False) for panel in panels]
    fields = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    return "{\n" + ",\n".join(fields) + ',\n"panels": [\n' + ",\n".join(lines) + "\n]\n}\n"
