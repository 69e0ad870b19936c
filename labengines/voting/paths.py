"""Schulze and ranked pairs: chains of majorities."""

from functools import reduce
from operator import and_

from labengines.voting.errors import among
from labengines.voting.pairs import alone, margins, matrix
from labengines.voting.ties import Cut, at_once, preferred, tie

STRENGTHS = ("margins", "winning-votes")
MOST_ORDERS = 20_000  # orders of equal majorities looked through before the answer is "open"


def schulze(poll, *, strength="margins"):
    """The strongest chain of majorities decides between two; who loses to nobody wins.

    strength: "margins" or "winning-votes", what a majority weighs; they can differ.
    Tallies: how many options each one beats by chains. Cost: options cubed.
    Source: Schulze (2011), A new monotonic, clone-independent ... election method, Social Choice and Welfare 36.
    """
    rows = matrix(poll)
    chain = _chains(_majorities(rows, strength))
    beats = [[chain[a][b] > chain[b][a] for b in poll.places] for a in poll.places]
    choices = (("strength", strength),)
    return _unbeaten(poll, "schulze", rows, beats, why="strongest-chains", choices=choices)


def split_cycle(poll):
    """A majority counts unless it is the smallest of a circle; who is then beaten by nobody wins.

    Margins. Several can stay, then they tie. Tallies: options each one beats so.
    Source: Holliday and Pacuit (2023), Split Cycle, Public Choice 197.
    """
    rows = matrix(poll)
    weights = _majorities(rows, "margins")
    chain = _chains(weights)
    beats = [[weights[a][b] > chain[b][a] for b in poll.places] for a in poll.places]
    return _unbeaten(poll, "split-cycle", rows, beats, why="unbeaten")


def ranked_pairs(poll, *, strength="margins"):
    """Majorities are fixed from the largest down, each unless it closes a circle; who is at the top wins.

    Equal majorities: all orders are tried; where they end differently, `tie_break` orders them (its order
    of winners first, then of losers), else the winners stay tied. Tallies: options each one stands above,
    and where no order is given, above in every order.
    Source: Tideman (1987), Independence of clones as a criterion for voting rules, Social Choice and Welfare 4.
    """
    rows = matrix(poll)
    weights = _majorities(rows, strength)
    levels = {}
    for one in poll.places:
        for other in poll.places:
            if weights[one][other] > 0:
                levels.setdefault(weights[one][other], []).append((one, other))
    groups = [levels[weight] for weight in sorted(levels, reverse=True)]
    above, cut = _fix_all(poll, groups)
    stands_above = [row.bit_count() for row in above]
    choices = (("strength", strength),)
    return at_once(poll, "ranked-pairs", stands_above, cut, why="top", pairwise=rows, choices=choices)


def _fix_all(poll, groups):
    """(what stands above what in the end, a Cut of who is at the top)."""
    start = (0,) * len(poll.options)
    ends = _every_end(start, groups)
    tops = {_top(end, poll.places) for end in ends} if ends else {frozenset(poll.places)}
    found = tuple(sorted(frozenset.union(*tops)))
    if ends and len(tops) == 1:
        return _in_each(ends), alone(poll, found)
    order = preferred(poll, poll.places)
    if not order:
        return _in_each(ends) if ends else start, Cut((), found, (tie(poll, "order", found),))
    above = _in_order(start, groups, order)
    first = tuple(sorted(_top(above, poll.places), key=order.index))[:1]
    return above, Cut(first, found, (tie(poll, "order", found, by="lot", first=first),))


def _unbeaten(poll, rule, rows, beats, *, why, choices=()):
    winners = tuple(a for a in poll.places if not any(beats[b][a] for b in poll.places))
    wins = [sum(row) for row in beats]
    return at_once(poll, rule, wins, alone(poll, winners), why=why, pairwise=rows, choices=choices)


def _chains(weights):
    """How strong the strongest chain from each to each is; a chain is as strong as its weakest link."""
    chain = [list(row) for row in weights]
    for middle in range(len(chain)):
        through = chain[middle]
        for one, row in enumerate(chain):
            first = row[middle]
            if first:
                chain[one] = [
                    max(value, min(first, second)) for value, second in zip(row, through, strict=True)
                ]
    return chain


def _majorities(rows, strength):
    among(STRENGTHS, strength=strength)
    weights = margins(rows) if strength == "margins" else rows
    size = range(len(rows))
    return [[weights[a][b] if rows[a][b] > rows[b][a] else 0 for b in size] for a in size]


def _every_end(start, groups):
    """All graphs that the orders of equal majorities can lead to; None where there are too many to try.

    A graph is a tuple of bit sets: bit b of entry a is set where a stands above b.
    """
    ends = {start}
    for group in groups:
        seen, waiting, done = set(ends), list(ends), set()
        while waiting:
            graph = waiting.pop()
            open_pairs = [pair for pair in group if not _decided(graph, pair)]
            if not open_pairs:
                done.add(graph)
                continue
            together = _together(graph, open_pairs)
            if together:
                done.add(together)
                continue
            following = {_fixed(graph, pair) for pair in open_pairs} - seen
            seen |= following
            waiting.extend(following)
            if len(seen) > MOST_ORDERS:
                return None
        ends = done
    return ends


def _together(graph, pairs):
    """The graph with all pairs fixed, where no order of them closes a circle; else None."""
    for pair in pairs:
        stands = _decided(graph, pair)
        if stands == -1:
            return None
        graph = graph if stands else _fixed(graph, pair)
    return graph


def _decided(graph, pair):
    """1 where the pair already stands so, -1 where it would close a circle, else 0."""
    one, other = pair
    if graph[one] >> other & 1:
        return 1
    return -1 if graph[other] >> one & 1 else 0


def _fixed(graph, pair):
    one, other = pair
    below = graph[other] | 1 << other
    return tuple(
        under | below if place == one or under >> one & 1 else under for place, under in enumerate(graph)
    )


def _in_each(graphs):
    """What stands above what in every one of the graphs."""
    return tuple(reduce(and_, rows) for rows in zip(*graphs, strict=True))


def _in_order(graph, groups, order):
    rank = {place: position for position, place in enumerate(order)}
    for group in groups:
        for pair in sorted(group, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
            if not _decided(graph, pair):
                graph = _fixed(graph, pair)
    return graph


def _top(graph, places):
    under = 0
    for row in graph:
        under |= row
    return frozenset(place for place in places if not under >> place & 1)
