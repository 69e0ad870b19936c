"""Ballots of every form, checked and grouped: distinct ballots with counts.

Inside, an option is its place on the ballot (0, 1, ...), so that rules work on small
whole numbers and the options' names cannot matter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labengines.voting.errors import (
    BallotMalformed,
    NegativeCount,
    OptionTwice,
    RepeatedOption,
    UnknownOption,
)
from labengines.voting.types import NO_CHOICE


@dataclass(frozen=True)
class Poll:
    """A vote made ready for a rule.

    options: ids in the ballot's order. counted: {ballot: how many}, each ballot in the form
    that the rule takes, its options as places. blanks: ballots that chose nothing.
    seats: how many can win. tie_break: see `count`. roll: people who could vote, or None.
    """

    options: tuple
    counted: dict
    blanks: int
    seats: int
    tie_break: object = None
    roll: int | None = None

    @property
    def marked(self):
        """Ballots that chose something."""
        return sum(self.counted.values())

    @property
    def places(self):
        """Every option's place."""
        return range(len(self.options))

    def ids(self, places):
        """Ids of options, in the order of their places given."""
        return tuple(self.options[place] for place in places)

    def tallies(self, votes):
        """((id, votes), ...) in the ballot's order."""
        return tuple(zip(self.options, votes, strict=True))


def poll(ballots, *, form, options, seats, tie_break=None, roll=None):
    """A Poll of ballots: a mapping of ballot to number of ballots, or an iterable of ballots.

    form: a key of FORMS. Raises OptionTwice, UnknownOption, RepeatedOption, BallotMalformed, NegativeCount.
    """
    options = tuple(options)
    places = {option: place for place, option in enumerate(options)}
    if len(places) != len(options) or NO_CHOICE in places or None in places:
        raise OptionTwice(options=options)
    read, counted, blanks = FORMS[form], {}, 0
    for ballot, number in _grouped(ballots):
        if not isinstance(number, int) or number < 0:
            raise NegativeCount(option=ballot, count=number)
        form_of = read(ballot, places)
        if form_of is None or form_of == ():
            blanks += number
        elif number:
            counted[form_of] = counted.get(form_of, 0) + number
    return Poll(options, counted, blanks, seats, tie_break, roll)


def _grouped(ballots):
    if isinstance(ballots, Mapping):
        return ballots.items()
    try:
        return Counter(ballots).items()
    except TypeError:  # lists and dictionaries cannot be grouped as they are
        return ((ballot, 1) for ballot in ballots)


def choice(ballot, places):
    """One option, or None for no choice."""
    if ballot is None or ballot == NO_CHOICE:
        return None
    if ballot not in places:
        raise UnknownOption(option=ballot)
    return places[ballot]


def chosen(ballot, places):
    """A set of options as places in the ballot's order."""
    found = _places(_several(ballot), places)
    return tuple(sorted(found))


def ranked(ballot, places):
    """Options in order of preference; a tuple inside holds those ranked equal. Unranked ones are left out."""
    try:
        found = tuple(places[option] for option in ballot)
    except (KeyError, TypeError):
        return _ranked_with_ties(_several(ballot), places)
    if isinstance(ballot, str):
        raise BallotMalformed(ballot=ballot)
    if len(set(found)) != len(found):
        raise RepeatedOption(ballot=ballot)
    return found


def scored(ballot, places):
    """A score for each option, in the ballot's order; those left out of a mapping have 0."""
    if isinstance(ballot, Mapping):
        pairs = {**dict.fromkeys(places, 0), **_known(ballot, places)}
        found = tuple(pairs[option] for option in places)
    else:
        found = _several(ballot)
        if found and len(found) != len(places):
            raise BallotMalformed(ballot=ballot, scores=len(found), options=len(places))
    return _whole(found, ballot)


def points(ballot, places):
    """((option, points), ...) in the ballot's order; a bare option has one point, no points are left out."""
    pairs = ballot.items() if isinstance(ballot, Mapping) else _several(ballot)
    pairs = [pair if isinstance(pair, tuple | list) and len(pair) == 2 else (pair, 1) for pair in pairs]
    found = _places([option for option, _ in pairs], places)
    given = _whole(tuple(number for _, number in pairs), ballot)
    return tuple(sorted((place, number) for place, number in zip(found, given, strict=True) if number))


def _several(ballot):
    if ballot is None or ballot == NO_CHOICE:
        return ()
    if isinstance(ballot, str) or not isinstance(ballot, Iterable):
        raise BallotMalformed(ballot=ballot)
    return tuple(ballot)


def _places(listed, places):
    found = []
    for option in listed:
        place = _place(option, places)
        if place in found:
            raise RepeatedOption(option=option)
        found.append(place)
    return found


def _place(option, places):
    try:
        return places[option]
    except (KeyError, TypeError):
        raise UnknownOption(option=option) from None


def _ranked_with_ties(ballot, places):
    found, seen = [], set()
    for rank in ballot:
        level = tuple(rank) if isinstance(rank, tuple | list | set | frozenset) else (rank,)
        level = sorted(_place(option, places) for option in level)
        if len(set(level)) != len(level) or seen.intersection(level):
            raise RepeatedOption(ballot=ballot)
        seen.update(level)
        if level:
            found.append(level[0] if len(level) == 1 else tuple(level))
    return tuple(found)


def _known(ballot, places):
    for option in ballot:
        _place(option, places)
    return ballot


def _whole(numbers, ballot):
    for number in numbers:
        if not isinstance(number, int) or number < 0:
            raise BallotMalformed(ballot=ballot, number=number)
    return numbers


FORMS = {"choice": choice, "chosen": chosen, "ranked": ranked, "scored": scored, "points": points}
