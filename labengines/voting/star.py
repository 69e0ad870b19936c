"""STAR: score, then automatic run-off between the two highest."""

from labengines.voting.sums import totals
from labengines.voting.ties import preferred, reported, tie
from labengines.voting.types import Stage


def star(poll, *, highest=5):
    """The two highest totals go on; of them the one that more ballots score higher wins.

    Equal at the cut: the one that beats more of the others it ties with, then the one with more highest
    scores, then the tie break. Equal in the run-off: the higher total, then more highest scores, then the
    tie break. More seats: the winner is taken out and the rest counted again (bloc STAR).
    The first stage of each seat is the scores, the second the run-off. Tallies are totals.
    Source: Equal Vote Coalition, STAR voting, official tie-breaking protocol.
    """
    sums = totals(poll, highest)
    stages, winners, tied = [], (), ()
    left = list(poll.places)
    while len(winners) < poll.seats and left and any(sums[place] for place in left):
        pair, stage, open_ = _two(poll, sums, left, highest)
        stages.append(stage)
        if open_:
            tied = open_
            break
        if len(pair) == 1:
            found, stage = pair[0], None
        else:
            found, stage, tied = _runoff(poll, sums, pair, highest)
            stages.append(stage)
        if found is None:
            break
        winners, left = (*winners, found), [place for place in left if place != found]
    return reported(
        poll,
        "star",
        stages=stages,
        tallies=sums,
        winners=winners,
        tied=tied,
        choices=(("highest", highest),),
    )


def _two(poll, sums, left, highest):
    """(the two that go on, the stage, places that tie and cannot be told apart)."""
    chosen, ties = [], []
    while len(chosen) < 2 and len(chosen) < len(left):
        rest = [place for place in left if place not in chosen]
        most = max(sums[place] for place in rest)
        level = [place for place in rest if sums[place] == most]
        if len(level) <= 2 - len(chosen):
            chosen += level
            continue
        found, met = _first(poll, level, [_duels(poll, level), _tops(poll, level, highest)], "place")
        ties.append(met)
        if found is None:
            return (), Stage("count", poll.tallies(sums), ties=tuple(ties)), tuple(level)
        chosen.append(found)
    reasons = tuple((option, "two-highest") for option in poll.ids(chosen))
    return chosen, Stage("count", poll.tallies(sums), why=reasons, ties=tuple(ties)), ()


def _runoff(poll, sums, pair, highest):
    one, other = pair
    votes = [0] * len(sums)
    level = 0
    for ballot, number in poll.counted.items():
        if ballot[one] == ballot[other]:
            level += number
        else:
            votes[one if ballot[one] > ballot[other] else other] += number
    ties, found = (), max(pair, key=lambda place: votes[place])
    if votes[one] == votes[other]:
        steps = [{place: sums[place] for place in pair}, _tops(poll, pair, highest)]
        found, met = _first(poll, list(pair), steps, "seat")
        ties = (met,)
    elected = () if found is None else (found,)
    stage = Stage(
        name="runoff",
        tallies=poll.tallies(votes),
        elected=poll.ids(elected),
        why=tuple((option, "preferred") for option in poll.ids(elected)),
        exhausted=level,
        ties=ties,
    )
    open_ = pair if found is None or (ties and ties[0].settled_by == "lot") else ()
    return found, stage, tuple(sorted(open_))


def _first(poll, level, steps, about):
    """(the place that comes first by the steps, else by the tie break, else None; the Tie)."""
    remain = level
    for points in steps:
        most = max(points[place] for place in remain)
        remain = [place for place in remain if points[place] == most]
        if len(remain) == 1:
            return remain[0], tie(poll, about, level, by="rule", first=remain)
    order = preferred(poll, remain)
    if not order:
        return None, tie(poll, about, level)
    return order[0], tie(poll, about, level, by="lot", first=order[:1])


def _duels(poll, level):
    """{place: how many of the others it beats, more ballots scoring it higher than lower}."""
    lead = dict.fromkeys(((a, b) for a in level for b in level if a < b), 0)
    for ballot, number in poll.counted.items():
        for a, b in lead:
            lead[a, b] += number * ((ballot[a] > ballot[b]) - (ballot[a] < ballot[b]))
    wins = dict.fromkeys(level, 0)
    for (a, b), margin in lead.items():
        if margin:
            wins[a if margin > 0 else b] += 1
    return wins


def _tops(poll, level, highest):
    return {
        place: sum(number for ballot, number in poll.counted.items() if ballot[place] == highest)
        for place in level
    }
