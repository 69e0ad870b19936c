"""Where a seating begins: a design in which nobody meets twice, bent as little as the wishes ask.

People stand in rows of as many as there are tables, like beside like. In round r row i moves on by r times i tables
(in a finite field where the number of tables is a prime or 4, 8 or 16): then two people meet once at most, and
each table takes one of each row, so it is mixed.
"""

import numpy as np
from scipy import sparse

from labengines.lottery import errors
from labengines.lottery.solving import whole

FIELDS = {4: 0b111, 8: 0b1011, 16: 0b10011}  # the polynomial by which products are reduced


def starts(room, wanted, generator):
    """For each round its tables, a list of sets of numbers of people. wanted: {id: table} of a round, or None."""
    order = _like_beside_like(room, generator)
    rounds = []
    for number, chosen in enumerate(wanted):
        if chosen is None:
            table_of = {person: _table(place, number, room) for place, person in enumerate(order)}
        else:
            table_of = {person: chosen.get(name) for person, name in enumerate(room.names)}
        rounds.append(_fitted(room, table_of))
    return rounds


def _like_beside_like(room, generator):
    shuffled = generator.permutation(len(room.names)).tolist()
    return sorted(shuffled, key=lambda person: tuple(labels[person] for labels in room.labels))


def _table(place, number, room):
    """The table at which the design has a place in a round."""
    row, column = divmod(place, room.tables)
    if number == room.tables and len(room.names) == room.tables**2:
        return row
    if room.tables in FIELDS:
        return column ^ _product(number % room.tables, row % room.tables, room.tables)
    return (column + number * row) % room.tables


def _product(one, other, size):
    """The product of two elements of the field of 4, 8 or 16 elements."""
    found = 0
    while other:
        if other & 1:
            found ^= one
        one <<= 1
        if one & size:
            one ^= FIELDS[size]
        other >>= 1
    return found


def _fitted(room, table_of):
    """Tables that keep every wish, with as many people as can be where `table_of` has them."""
    tables = [{person for person, at in table_of.items() if at == number} for number in range(room.tables)]
    if _keeps(room, tables):
        return tables
    units, many = len(room.units), room.tables
    cost = [
        [-sum(table_of[person] == table for person in unit) for table in range(many)] for unit in room.units
    ]
    ceiling = [
        [all(table in room.allowed[person] for person in unit) for table in range(many)]
        for unit in room.units
    ]
    rows, lower, upper = _rules(room)
    found, _ = whole(
        np.array(cost, float).ravel(),
        rows,
        lower,
        upper,
        np.zeros(units * many),
        np.array(ceiling, float).ravel(),
    )
    if found is None:
        raise errors.NotSeated(reason="all", names=())
    sits = found.reshape(units, many).argmax(axis=1)
    return [
        {person for unit, at in zip(room.units, sits, strict=True) if at == table for person in unit}
        for table in range(many)
    ]


def _rules(room):
    """(rows, lower, upper) for variables "unit u sits at table t": each sits once, tables fit, some stay apart."""
    units, many = len(room.units), room.tables
    lengths = np.array([[len(unit) for unit in room.units]], float)
    unit_of = {person: number for number, unit in enumerate(room.units) for person in unit}
    pairs = sorted({(unit_of[one], unit_of[other]) for one, other in room.apart})
    numbers = np.repeat(np.arange(len(pairs)), 2)
    apart = sparse.csr_array(
        (np.ones(2 * len(pairs)), (numbers, np.ravel(pairs).astype(int))), (len(pairs), units)
    )
    each = sparse.eye_array(many)
    rows = sparse.vstack(
        [
            sparse.kron(sparse.eye_array(units), np.ones((1, many))),
            sparse.kron(lengths, each),
            sparse.kron(apart, each),
        ]
    ).tocsr()
    between = [np.ones(units), np.full(many, min(room.sizes)), np.zeros(len(pairs) * many)]
    upper = [np.ones(units), np.full(many, max(room.sizes)), np.ones(len(pairs) * many)]
    return rows, np.concatenate(between), np.concatenate(upper)


def _keeps(room, tables):
    """Whether everybody sits, tables fit and every wish is kept."""
    if sorted(map(len, tables), reverse=True) != room.sizes:
        return False
    at = {person: number for number, table in enumerate(tables) for person in table}
    return (
        all(at[person] in room.allowed[person] for person in at)
        and all(len({at[person] for person in unit}) == 1 for unit in room.units)
        and not any(at[one] == at[other] for one, other in room.apart)
    )
