"""Ties: found, named, and settled by a rule that was passed in or not at all."""

from typing import NamedTuple

from labengines.voting.errors import UnknownOption
from labengines.voting.types import Result, Stage, Tie


class Cut(NamedTuple):
    """Who is in, as places, best first; who ties at the edge; the Ties that were met."""

    winners: tuple
    tied: tuple = ()
    ties: tuple = ()


def preferred(poll, places):
    """The places in the order of the tie break, best first; () where none was passed in."""
    if poll.tie_break is None:
        return ()
    tied = poll.ids(sorted(places))
    drawn = tuple(poll.tie_break(tied))
    if sorted(drawn) != sorted(tied):
        raise UnknownOption(drawn=drawn, tied=tied)
    return tuple(poll.options.index(option) for option in drawn)


def tie(poll, about, places, *, by="open", first=()):
    """A Tie with ids for places."""
    return Tie(about, poll.ids(sorted(places)), by, poll.ids(first))


def settled(poll, about, places):
    """(places in the order of the tie break or (), the Tie)."""
    order = preferred(poll, places)
    return order, tie(poll, about, places, by="lot" if order else "open", first=order)


def at_the_cut(scores, seats, *, above=None):
    """(places sure of a seat, best first; places that tie for what is left).

    scores: a number for each place. above: only better scores can win, such as 0 for votes.
    """
    ranked = sorted(
        (place for place, score in enumerate(scores) if above is None or score > above),
        key=lambda place: -scores[place],
    )
    if len(ranked) <= seats:
        return tuple(ranked), ()
    last = scores[ranked[seats - 1]]
    sure = tuple(place for place in ranked if scores[place] > last)
    level = tuple(place for place in ranked if scores[place] == last)
    return (sure + level, ()) if len(sure) + len(level) == seats else (sure, level)


def best(poll, scores, *, seats=None, above=None, about="seat"):
    """A Cut by score; a tie break, if any, fills the last seats."""
    seats = poll.seats if seats is None else seats
    sure, level = at_the_cut(scores, seats, above=above)
    if not level:
        return Cut(sure)
    order, found = settled(poll, about, level)
    return Cut((sure + order)[:seats], tuple(sorted(level)), (found,))


def earlier(history, places, lowest):
    """Who differs at the latest earlier stage: (the one place that is lowest or highest there, or None).

    history: lists of votes by place, oldest first, without the stage in which they tie.
    """
    places = list(places)
    for votes in reversed(history):
        edge = (min if lowest else max)(votes[place] for place in places)
        places = [place for place in places if votes[place] == edge]
        if len(places) == 1:
            return places[0]
    return None


def reported(poll, rule, *, stages, tallies, winners, tied=(), pairwise=None, choices=()):
    """A Result from places.

    tied: places that tied at the cut; they are decided where a tie break was passed in. Where
    a lot decided earlier, the last such tie stands there.
    """
    lots = [tie for stage in stages for tie in stage.ties if tie.settled_by == "lot"]
    decided = "lot" if lots else "votes"
    if (tied and poll.tie_break is None) or not winners:
        decided = "open"
    return Result(
        rule=rule,
        seats=poll.seats,
        stages=tuple(stages),
        tallies=poll.tallies(tallies),
        blanks=poll.blanks,
        roll=poll.roll,
        winners=poll.ids(winners),
        ties=lots[-1].options if lots and not tied else poll.ids(tied),
        decided_by=decided,
        marked=poll.marked,
        pairwise=pairwise,
        choices=tuple(choices),
    )


def at_once(poll, rule, tallies, cut, *, why, pairwise=None, choices=()):
    """A Result of one stage. why: the reason why those at the cut won."""
    reasons = tuple((option, why) for option in poll.ids(cut.winners))
    stage = Stage("count", poll.tallies(tallies), poll.ids(cut.winners), why=reasons, ties=cut.ties)
    return reported(
        poll,
        rule,
        stages=(stage,),
        tallies=tallies,
        winners=cut.winners,
        tied=cut.tied,
        pairwise=pairwise,
        choices=choices,
    )
