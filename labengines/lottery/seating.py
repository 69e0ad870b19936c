"""Seats for a meeting with rounds: nobody meets twice where that is possible, wishes kept, tables mixed."""

from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import comb

from labengines.lottery import errors
from labengines.lottery.starting import starts
from labengines.lottery.swapping import improved, unbalanced
from labengines.lottery.types import Seating, Wishes

MOVES = 20_000
NO_WISHES = Wishes()


@dataclass(frozen=True)
class Room:
    """A meeting with numbers for names.

    names: ids, sorted. units: tuples of numbers of people who move as one. apart: pairs (lower, higher). allowed:
    for each person a frozenset of tables, from 0. labels: for each balanced trait the value of each person. met:
    pairs who have met in rounds before. tables: how many.
    """

    names: tuple
    units: tuple
    apart: frozenset
    allowed: tuple
    labels: tuple
    met: frozenset
    tables: int

    @property
    def sizes(self):
        """Table sizes, larger ones first; they differ by one at most."""
        small, larger = divmod(len(self.names), self.tables)
        return [small + 1] * larger + [small] * (self.tables - larger)


def seat(people, tables, rounds, generator, *, wishes=NO_WISHES, moves=MOVES):
    """Seating of people (sequence of Person) at `tables` tables for `rounds` rounds.

    Table sizes differ by one at most. wishes: Wishes; they are kept, or NotSeated is raised (an exact programme
    decides). Repeated meetings are then made as few as can be found, one of them counting as much as ten people out
    of balance; `bound` in the Seating tells how few there could be at best. generator: numpy Generator. moves: how
    many exchanges are tried; time grows with them.
    """
    room = _room(people, tables, wishes, played=())
    return _seating(room, [None] * rounds, generator, moves, played=())


def reseat(seating, people, absent, generator, *, played=0, wishes=NO_WISHES, moves=MOVES):
    """The Seating after some have not come; the first `played` rounds stay as they were held.

    people, wishes: everybody's, as given to `seat`. absent: ids; what was wished for them is dropped. Who can keep
    her table does so at the start of the search.
    """
    gone = set(absent)
    for name in sorted(gone - {person.id for person in people}):
        raise errors.UnknownPerson(id=name, where="people")
    present = [person for person in people if person.id not in gone]
    held = tuple(seating.rounds[:played])
    room = _room(present, len(seating.rounds[0]), _without(wishes, gone), played=held)
    wanted = [
        {name: number for number, table in enumerate(tables) for name in table}
        for tables in seating.rounds[played:]
    ]
    return _seating(room, wanted, generator, moves, played=held)


def _seating(room, wanted, generator, moves, played):
    """wanted: for each round to be seated {id: table} where the search shall begin, or None."""
    begun = starts(room, wanted, generator)
    bound = fewest_repeats(room, len(wanted), len(played[0]) if played else 0)
    found = improved(room, begun, generator, bound=bound, moves=moves)
    rounds = tuple(
        tuple(tuple(room.names[person] for person in sorted(table)) for table in tables) for tables in found
    )
    return Seating(played + rounds, repeats(room, found), bound, unbalanced(room, found))


def repeats(room, rounds):
    """How often, in all, two people meet who have met before."""
    met, count = set(room.met), 0
    for tables in rounds:
        pairs = {pair for table in tables for pair in combinations(sorted(table), 2)}
        count += len(pairs & met)
        met |= pairs
    return count


def fewest_repeats(room, rounds, tables_before=0):
    """What no seating can undercut, by two ways of counting.

    People have only so many others to meet; and a table's people, who sat at so few tables in an earlier round, must
    include some who sat together there.
    """
    people = len(room.names)
    together = {pair for unit in room.units for pair in combinations(sorted(unit), 2)}
    meetings = sum(comb(size, 2) for size in room.sizes)
    new = comb(people, 2) - len(room.met | together | room.apart)
    counted = len(together) * rounds - len(together - room.met)
    counted += max(0, rounds * (meetings - len(together)) - new)
    before = tables_before or room.tables
    crowded = sum(_crowded(size, before) for size in room.sizes) * (rounds - (not tables_before))
    return max(counted, crowded, 0)


def _crowded(size, tables):
    """Pairs that must share a table when so many people are spread over so many tables evenly."""
    each, more = divmod(size, tables)
    return more * comb(each + 1, 2) + (tables - more) * comb(each, 2)


def _room(people, tables, wishes, played):
    names = tuple(sorted(person.id for person in people))
    number = {name: place for place, name in enumerate(names)}
    if len(number) < len(people):
        twice = next(name for name, other in pairwise(names) if name == other)
        raise errors.NotSeated(reason="doubled", names=(twice,))
    if not 0 < tables <= len(names):
        raise errors.NotSeated(reason="rooms", names=(str(tables), str(len(names))))
    _known(wishes, number)
    everywhere = frozenset(range(tables))
    allowed = [
        frozenset(table - 1 for table in wishes.access[name]) if name in wishes.access else everywhere
        for name in names
    ]
    by_name = sorted(people, key=lambda person: person.id)
    room = Room(
        names=names,
        units=_units(number, wishes.together),
        apart=frozenset(_pairs(wishes.apart, number)),
        allowed=tuple(allowed),
        labels=tuple(tuple(person.traits.get(trait, "") for person in by_name) for trait in wishes.balance),
        met=frozenset(
            pair
            for held in played
            for pair in _pairs([[name for name in table if name in number] for table in held], number)
        ),
        tables=tables,
    )
    _can_be(room)
    return room


def _known(wishes, number):
    for name in [*(name for group in (*wishes.together, *wishes.apart) for name in group), *wishes.access]:
        if name not in number:
            raise errors.UnknownPerson(id=name, where="people")


def _units(number, groups):
    """People who move as one: groups that share somebody are one group."""
    units = {person: {person} for person in number.values()}
    for group in groups:
        joined = set().union(*(units[number[name]] for name in group))
        units |= dict.fromkeys(joined, joined)
    return tuple(
        sorted({tuple(sorted(unit)) for unit in units.values()}, key=lambda unit: (-len(unit), unit))
    )


def _pairs(groups, number):
    for group in groups:
        yield from combinations(sorted({number[name] for name in group}), 2)


def _can_be(room):
    """Name the wishes that contradict each other by themselves."""
    for unit in room.units:
        names = tuple(room.names[person] for person in unit)
        if len(unit) > max(room.sizes):
            raise errors.NotSeated(reason="together", names=names)
        if room.apart.intersection(combinations(unit, 2)):
            raise errors.NotSeated(reason="apart", names=names)
        if not frozenset.intersection(*(room.allowed[person] for person in unit)) & frozenset(
            range(room.tables)
        ):
            raise errors.NotSeated(reason="access", names=names)


def _without(wishes, gone):
    def left(groups):
        """The same groups without the people who are gone."""
        return tuple(tuple(name for name in group if name not in gone) for group in groups)

    access = {name: tables for name, tables in wishes.access.items() if name not in gone}
    return replace(wishes, together=left(wishes.together), apart=left(wishes.apart), access=access)
