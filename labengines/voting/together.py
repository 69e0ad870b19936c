"""Which groups of several breakdowns of one vote may be shown side by side.

Each table may be safe while both together give a vote away: when all who chose an
option are from one nation and one of them is a carer, then a carer from that nation
chose it, and where the roll has just one, it is she. So the tables are judged against
the strongest reader who sees only what is published: she knows the roll's groups, who
took part, and her own vote.

A *world* is one way in which everybody could have voted so that the same tables come
out: whole numbers of votes by cell (one group of every breakdown) and option. The tables
are safe when for every vote that anybody can know to be her own, and for all the others
of every cell, there is a world in which not all of these others chose the same option.
Worlds are found by integer programming (SciPy's HiGHS); each one found answers most
of the remaining questions, so that a few dozen suffice. The search has `MOST_STEPS` for all
tables of a vote, so that a ballot of many options closes as soon as one of few. Tables for
which they do not suffice, and tables that contradict each other, count as not safe.

The promise is about what the shown rows tell. That a row is hidden tells something too:
in communities of eight people the rule itself, known to the attacker, gave a vote away
in one of sixteen, a third as often as tables judged one by one.

Breakdowns are settled in the order given. One that is not safe beside those before it
hides its next smallest groups as well, at last all: see `disclosure.py` for why hiding
runs from the smallest upwards. The attack in the tests lists every vote of a small
community.

Source of the question: Hundepool and others (2012), Statistical Disclosure Control,
section 4.2.3 (linked tables); the worlds and the insider are ours.
"""

import itertools

import numpy as np

from labengines.voting.disclosure import NOT_GIVEN, candidates
from labengines.voting.types import NO_CHOICE

FIRST_WORLDS = 24
MOST_STEPS = 40_000
FEWEST_STEPS = 100
"""Looking for one world is as many steps as it has numbers, and no fewer than these. Not time: the same in each run."""
BEST, NO_WORLD = 0, 2  # what HiGHS answers
MOST_BRANCHES = 50
"""Of one search for whole numbers; hardly any needs one."""


class _TooLong(Exception):
    """The steps are used up, or one search found no answer: nothing is known to be safe."""


def disclose_together(breakdowns, *, totals, people, threshold=10):
    """{name: Breakdown} of what may be published side by side.

    breakdowns: {name: groups as `disclose` takes them}, the most important first.
    totals, threshold: as in `disclose`.
    people: {(group in the first breakdown, group in the second, ...): people who took part};
    "" is the group of those who gave none.
    Raises what `disclose` raises. Changes nothing it is given.
    """
    settled, steps = {}, _Steps(MOST_STEPS)
    for name, groups in breakdowns.items():
        steps.forget()
        settled[name] = next(
            found
            for found in candidates(groups, totals=totals, threshold=threshold)
            if _is_safe([*settled.values(), found], totals, people, steps)
        )
    return settled


def _is_safe(breakdowns, totals, people, steps):
    """Whether the last breakdown may stand beside those before it, which are safe without it."""
    tables = [_shown(breakdown) for breakdown in breakdowns]
    if not tables[-1] or not any(tables[:-1]):
        return True
    try:
        return _is_safe_beside(tables, totals, people, steps)
    except _TooLong:
        return False


def _is_safe_beside(tables, totals, people, steps):
    sums = (*(number for option, number in totals.items() if option != NO_CHOICE), totals.get(NO_CHOICE, 0))
    for cells in (people, _some_unplaced(people, sum(sums))):
        worlds = _Worlds(cells, tables, sums, steps)
        if worlds.found or worlds.one(np.zeros(worlds.size)) is not None:
            known = np.array([_is_by_name(cell, people, cells) for cell in worlds.cells])
            return not _gives_away(worlds, known)
    return False


def _is_by_name(cell, people, cells):
    """Whether the voters of the cell are people whom a reader can name; the unplaced are not."""
    return cells is people or NOT_GIVEN not in cell


def _shown(breakdown):
    return {
        row.group: (*(votes for _, votes in row.tallies), row.blanks) for row in breakdown.rows if row.shown
    }


def _some_unplaced(people, cast):
    """The cells where voters may be who did not cast in each breakdown: they are counted as "not given"."""
    groups = [sorted({*values, NOT_GIVEN}) for values in zip(*people, strict=True)]
    return {cell: cast for cell in itertools.product(*groups) if NOT_GIVEN in cell} | {
        cell: number for cell, number in people.items() if NOT_GIVEN not in cell
    }


class _Steps:
    """What is left of the steps for one vote, and the worlds that they have found for the table now judged.

    The tables tried one after another hide more and more, so a world of one is a world of the next.
    """

    def __init__(self, most):
        self.left = most
        self.forget()

    def forget(self):
        self.found = {}

    def ask(self, number):
        """Stop early where so many are not left."""
        if number > self.left:
            raise _TooLong

    def use(self, number):
        self.ask(number)
        self.left -= number


class _Worlds:
    """Every way to vote from which the tables come out: numbers by cell and option, in one row."""

    def __init__(self, cells, tables, totals, steps):
        self.cells = sorted(cell for cell, number in cells.items() if number)
        self.options = len(totals)
        self.size = len(self.cells) * self.options
        self.steps, self._cost = steps, max(self.size, FEWEST_STEPS)
        self.found = steps.found.setdefault(tuple(sorted(cells.items())), [])
        if not self.found:
            steps.ask((1 + FIRST_WORLDS) * self._cost)  # fewer than this answer nothing
        self.most = np.repeat([cells[cell] for cell in self.cells], self.options)
        self.cell = np.repeat(np.arange(len(self.cells)), self.options)
        self._limits = self._constraints(tables, totals)

    def one(self, cost, *, votes=None):
        """The world of least cost in which place `votes` has a vote; None where there is none.

        Raises _TooLong where the steps do not suffice to know.
        """
        from scipy.optimize import Bounds, milp  # noqa: PLC0415 - half a second that only a closing ballot should pay

        self.steps.use(self._cost)
        least = np.zeros(self.size)
        if votes is not None:
            least[votes] = 1
        found = milp(
            cost,
            constraints=self._limits,
            bounds=Bounds(least, self.most),
            integrality=np.ones(self.size),
            options={"node_limit": MOST_BRANCHES},
        )
        if found.status not in (BEST, NO_WORLD):
            raise _TooLong
        if found.status == NO_WORLD:
            return None
        self.found.append(np.rint(found.x).astype(int))
        return self.found[-1]

    def _constraints(self, tables, totals):
        from scipy.optimize import LinearConstraint  # noqa: PLC0415 - as in `one`
        from scipy.sparse import csr_array  # noqa: PLC0415 - as in `one`

        rows, sums = [], []
        option = np.tile(np.arange(self.options), len(self.cells))
        for here, vector in self._margins(tables, totals):
            for number, votes in enumerate(vector):
                rows.append(here & (option == number))
                sums.append(votes)
        in_cell = self.cell == np.arange(len(self.cells))[:, None]
        return (
            LinearConstraint(csr_array(np.array(rows, dtype=float)), sums, sums),
            LinearConstraint(csr_array(in_cell.astype(float)), -np.inf, self.most[:: self.options]),
        )

    def _margins(self, tables, totals):
        yield np.ones(self.size, dtype=bool), totals
        for place, table in enumerate(tables):
            group = np.repeat([cell[place] for cell in self.cells], self.options)
            for name, vector in table.items():
                yield group == name, vector


def _gives_away(worlds, known):
    """Whether anybody who knows one vote is sure of all the others in some cell. known: cells of people by name."""
    open_questions = _questions(worlds, known)
    for cost in _costs(worlds)[max(0, len(worlds.found) - 1) :]:
        worlds.one(cost)
    for world in worlds.found:
        open_questions &= ~_answered(worlds, world)
    while open_questions.any():
        own, target = np.unravel_index(np.argmax(open_questions), open_questions.shape)
        world = worlds.one(np.eye(1, worlds.size, target)[0], votes=own)
        if world is None:  # nobody can have cast that vote
            open_questions[own] = False
            continue
        open_questions &= ~_answered(worlds, world)
        if open_questions[own, target]:
            return True
    return False


def _others(worlds):
    """[own, target]: how many people of the target's cell are not the one whose vote is known."""
    return worlds.most[None, :] - (worlds.cell[:, None] == worlds.cell[None, :])


def _questions(worlds, known):
    return (_others(worlds) >= 1) & known[worlds.cell][None, :]


def _answered(worlds, world):
    """[own, target]: somebody can have cast `own`, and not all the others in the target's cell chose the target."""
    is_another_there = (worlds.cell[:, None] == worlds.cell[None, :]) & ~np.eye(worlds.size, dtype=bool)
    not_all = np.where(is_another_there, world < worlds.most - 1, world < worlds.most)
    return (world[:, None] >= 1) & not_all


def _costs(worlds):
    """Directions that lead to worlds far apart; the same in each run."""
    chance = np.random.default_rng(1)
    return chance.standard_normal((FIRST_WORLDS, worlds.size))
