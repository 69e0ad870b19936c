"""Ranked ballots in piles, one for each option still in the count."""

from dataclasses import replace

from labengines.voting.ties import earlier, settled, tie
from labengines.voting.types import EXHAUSTED


def strict(poll):
    """The same Poll with each ballot ended where it ranks several options equal.

    Ballots that begin so choose nothing that can be counted: they are blank.
    """
    found, void = {}, 0
    for ranking, number in poll.counted.items():
        used = ranking if _is_strict(ranking) else _up_to_tie(ranking)
        if used:
            found[used] = found.get(used, 0) + number
        else:
            void += number
    return replace(poll, counted=found, blanks=poll.blanks + void)


def moved(pile, standing):
    """{place or EXHAUSTED: pile} of ballots that go on to their next standing option.

    pile: list of (ranking, position of the option they leave, number, value).
    standing: list of whether an option can still be given votes.
    """
    parcels = {}
    for ranking, position, number, value in pile:
        for at in range(position + 1, len(ranking)):
            if standing[ranking[at]]:
                parcels.setdefault(ranking[at], []).append((ranking, at, number, value))
                break
        else:
            parcels.setdefault(EXHAUSTED, []).append((ranking, len(ranking), number, value))
    return parcels


def last(poll, about, places, votes, history, *, lowest=True):
    """The one place with the fewest (or most) votes: (place or None where open, Ties).

    Among equals the latest earlier stage at which they differ decides, then the tie break.
    """
    edge = (min if lowest else max)(votes[place] for place in places)
    level = [place for place in places if votes[place] == edge]
    if len(level) == 1:
        return level[0], ()
    found = earlier(history, level, lowest)
    if found is not None:
        return found, (tie(poll, about, level, by="earlier", first=(found,)),)
    order, met = settled(poll, about, level)
    if not order:
        return None, (met,)
    return (order[-1] if lowest else order[0]), (met,)


def _is_strict(ranking):
    return all(type(level) is int for level in ranking)


def _up_to_tie(ranking):
    ends = next((at for at, level in enumerate(ranking) if not isinstance(level, int)), len(ranking))
    return ranking[:ends]
