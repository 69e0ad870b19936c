"""Exchanges that make a seating better: fewer repeated meetings, then more even tables (simulated annealing)."""

import math
from collections import Counter

REPEAT = 10  # people out of balance that a repeated meeting is worth
HOT, COLD = 6.0, 0.2  # temperatures, in people out of balance, at the first and the last exchange
CHUNK = 4096


def improved(room, rounds, generator, *, bound, moves):
    """The best rounds found by so many exchanges; no wish is broken. bound: repeats at which nothing is left to do."""
    state = _State(room, rounds)
    best, cost = state.copy(), state.cost
    lots = _lots(generator)
    for move in range(moves if rounds else 0):
        if cost <= bound * REPEAT:
            break
        heat = HOT * (COLD / HOT) ** (move / moves)
        state.try_exchange(lots, heat)
        if state.cost < cost:
            best, cost = state.copy(), state.cost
    return best


def unbalanced(room, rounds):
    """People by whom tables differ from the evenest mix, over all rounds and traits."""
    shares = _shares(room)
    return sum(_out_of_balance(room, shares, table) for tables in rounds for table in tables)


def _shares(room):
    """For each trait {value: share of all}."""
    people = len(room.names)
    return [{value: count / people for value, count in Counter(labels).items()} for labels in room.labels]


def _out_of_balance(room, shares, table):
    """By how many people a table leaves what its size allows: a value's share of it, rounded down or up."""
    total = 0
    for labels, share in zip(room.labels, shares, strict=True):
        here = Counter(labels[person] for person in table)
        for value, part in share.items():
            ideal = part * len(table)
            total += max(0, here[value] - math.ceil(ideal - 1e-9), math.floor(ideal + 1e-9) - here[value])
    return total


def _lots(generator):
    """Numbers between 0 and 1 without end."""
    while True:
        yield from generator.random(CHUNK).tolist()


class _State:
    """A seating with how often each two have met, kept up to date through exchanges.

    met: for each two people how often they meet, rounds before counting once. cost: in people out of balance.
    """

    def __init__(self, room, rounds):
        people = range(len(room.names))
        self.room, self.shares = room, _shares(room)
        self.unit_of = {person: unit for unit in room.units for person in unit}
        self.met = [
            [int((min(one, other), max(one, other)) in room.met) for other in people] for one in people
        ]
        self.rounds = [[set() for _ in tables] for tables in rounds]
        self.cost = REPEAT * sum(
            self._come(person, seats)
            for tables, filled in zip(rounds, self.rounds, strict=True)
            for table, seats in zip(tables, filled, strict=True)
            for person in sorted(table)
        ) + unbalanced(room, rounds)

    def copy(self):
        """The tables as they are now."""
        return [[set(table) for table in tables] for tables in self.rounds]

    def try_exchange(self, lots, heat):
        """Let a unit and as many others change places, unless that is too much worse for this heat."""
        tables = self.rounds[_pick(lots, len(self.rounds))]
        here, there = _pick(lots, len(tables)), _pick(lots, len(tables))
        if here == there or not tables[here]:
            return
        people = list(tables[here])
        leaving = self.unit_of[people[_pick(lots, len(people))]]
        coming = self._as_many(tables[there], len(leaving), lots)
        if not (coming and self._may(leaving, tables[there], coming, there)):
            return
        if not self._may(coming, tables[here], leaving, here):
            return
        change = self._exchange(tables[here], tables[there], leaving, coming)
        if change > 0 and next(lots) >= math.exp(-change / heat):
            change += self._exchange(tables[here], tables[there], coming, leaving)
        self.cost += change

    def _as_many(self, table, many, lots):
        """People of whole units of a table, as many as that; () where chance finds none."""
        people = list(table)
        if not people:
            return ()
        turn, found = _pick(lots, len(people)), []
        for person in people[turn:] + people[:turn]:
            unit = self.unit_of[person]
            if person not in found and len(found) + len(unit) <= many:
                found += unit
            if len(found) == many:
                return tuple(found)
        return ()

    def _may(self, people, table, leaving, number):
        """Whether people can sit at a table that others leave."""
        apart, allowed = self.room.apart, self.room.allowed
        if any(number not in allowed[person] for person in people):
            return False
        return not apart or not any(
            (min(person, other), max(person, other)) in apart
            for person in people
            for other in table
            if other not in leaving
        )

    def _exchange(self, here, there, leaving, coming):
        """Make the exchange; returns by how much the cost grows."""
        change = -self._mix(here, there)
        repeats = 0
        for people, table in ((leaving, here), (coming, there)):
            for person in people:
                table.remove(person)
                repeats -= self._go(person, table)
        for people, table in ((leaving, there), (coming, here)):
            for person in people:
                repeats += self._come(person, table)
        return change + REPEAT * repeats + self._mix(here, there)

    def _mix(self, here, there):
        if not self.room.labels:
            return 0
        return _out_of_balance(self.room, self.shares, here) + _out_of_balance(self.room, self.shares, there)

    def _come(self, person, table):
        """Seat a person; returns how many at the table she has met before."""
        met, again = self.met, 0
        for other in table:
            again += met[person][other] > 0
            met[person][other] += 1
            met[other][person] += 1
        table.add(person)
        return again

    def _go(self, person, table):
        """The meetings of somebody who has left a table that were not the only ones."""
        met, again = self.met, 0
        for other in table:
            met[person][other] -= 1
            met[other][person] -= 1
            again += met[person][other] > 0
        return again


def _pick(lots, many):
    return int(next(lots) * many)
