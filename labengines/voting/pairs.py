"""Every option against every other: the pairwise matrix and the rules that read it directly."""

from labengines.voting.ties import Cut, at_once, best, settled


def matrix(poll):
    """Rows of how many ballots rank the row's option above the column's.

    Options that a ballot does not rank stand below all it ranks; equal ones count for neither.
    Cost: distinct ballots x options squared.
    """
    size = len(poll.options)
    rows = [[0] * size for _ in range(size)]
    every = set(poll.places)
    for ranking, number in poll.counted.items():
        below = every.copy()
        for level in ranking:
            if isinstance(level, int):
                below.discard(level)
                row = rows[level]
                for other in below:
                    row[other] += number
            else:
                below.difference_update(level)
                for one in level:
                    row = rows[one]
                    for other in below:
                        row[other] += number
    return tuple(map(tuple, rows))


def margins(rows):
    """The matrix of how many more ballots rank the row's option higher than rank it lower."""
    size = range(len(rows))
    return [[rows[one][other] - rows[other][one] for other in size] for one in size]


def smith_places(lead):
    """The smallest set of places whose members each beat everyone outside it. lead: margins."""
    size = range(len(lead))
    beaten_or_level = [{other for other in size if other != one and lead[one][other] <= 0} for one in size]
    start = max(size, key=lambda one: sum(lead[one][other] > 0 for other in size))
    found, waiting = set(), [start]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(beaten_or_level[one])
    return tuple(sorted(found))


def schwartz_places(lead):
    """The places that reach back, by chains of wins, everyone who reaches them. lead: margins."""
    size = range(len(lead))
    reach = [[lead[one][other] > 0 for other in size] for one in size]
    for middle in size:
        for one in size:
            if reach[one][middle]:
                reach[one] = [a or b for a, b in zip(reach[one], reach[middle], strict=True)]
    return tuple(one for one in size if all(reach[one][other] or not reach[other][one] for other in size))


def condorcet(poll):
    """The option that beats every other, if there is one.

    Source: Condorcet (1785), Essai sur l'application de l'analyse.
    """
    rows = matrix(poll)
    lead = margins(rows)
    wins = [sum(value > 0 for value in row) for row in lead]
    winners = tuple(place for place in poll.places if wins[place] == len(wins) - 1)
    return at_once(poll, "condorcet", wins, Cut(winners), why="beats-all", pairwise=rows)


def smith(poll):
    """The Smith set: who beats everyone outside; several members are a tie.

    Source: Smith (1973), Aggregation of preferences with variable electorate, Econometrica 41.
    """
    rows = matrix(poll)
    lead = margins(rows)
    found = smith_places(lead)
    wins = [sum(value > 0 for value in row) for row in lead]
    return at_once(poll, "smith", wins, alone(poll, found), why="dominates", pairwise=rows)


def schwartz(poll):
    """The Schwartz set: the members of each smallest group that nobody outside beats; several are a tie.

    Source: Schwartz (1972), Rationality and the myth of the maximum, Noûs 6.
    """
    rows = matrix(poll)
    lead = margins(rows)
    wins = [sum(value > 0 for value in row) for row in lead]
    cut = alone(poll, schwartz_places(lead))
    return at_once(poll, "schwartz", wins, cut, why="undominated", pairwise=rows)


def copeland(poll):
    """Wins minus losses against each other option; the most win.

    Source: Copeland (1951), A reasonable social welfare function; ties of two count 0.
    """
    rows = matrix(poll)
    points = [sum((value > 0) - (value < 0) for value in row) for row in margins(rows)]
    return at_once(poll, "copeland", points, best(poll, points), why="most-wins", pairwise=rows)


def minimax(poll):
    """The smallest worst defeat by margin wins; tallies are worst margins, the one who beats all has none.

    Source: Simpson (1969), Kramer (1977); margins.
    """
    rows = matrix(poll)
    lead = margins(rows)
    worst = [
        max((lead[other][one] for other in poll.places if other != one), default=0) for one in poll.places
    ]
    cut = best(poll, [-value for value in worst])
    return at_once(poll, "minimax", worst, cut, why="smallest-defeat", pairwise=rows)


def alone(poll, found):
    """A Cut of the one found; several that the rule leaves level are a tie for the seat."""
    if len(found) <= 1:
        return Cut(tuple(found))
    order, met = settled(poll, "seat", found)
    return Cut(order[:1], tuple(found), (met,))
