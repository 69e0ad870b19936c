"""Rules that add something up: votes, approvals, points, scores, objections."""

from labengines.voting.errors import UnknownChoice, WrongNumber
from labengines.voting.ties import Cut, at_once, best, settled


def plurality(poll):
    """One option on each ballot; most votes win. Source: the members' vote of 2017."""
    votes = [0] * len(poll.options)
    for place, number in poll.counted.items():
        votes[place] += number
    return at_once(poll, "plurality", votes, best(poll, votes, above=0), why="most")


def first_choices(poll):
    """Ranked ballots, only the first choice counted; a ballot that ranks several first counts for none.

    Source: what "first preferences" means in the Scottish, Irish and American counts.
    """
    votes = [0] * len(poll.options)
    for ranking, number in poll.counted.items():
        if isinstance(ranking[0], int):
            votes[ranking[0]] += number
    return at_once(poll, "first-choices", votes, best(poll, votes, above=0), why="most")


def approval(poll):
    """Any number of options on each ballot; most approvals win.

    Source: Brams and Fishburn (1978), Approval voting, American Political Science Review 72.
    """
    votes = _approvals(poll)
    return at_once(poll, "approval", votes, best(poll, votes, above=0), why="most")


def exactly(poll, *, marks, categories=None, marks_in=None, seats_in=None):
    """Exactly `marks` options on each ballot. For the categories see `up_to`.

    Source: the community's later votes: six projects, three in each category.
    """
    _expect(poll, marks, categories, marks_in, fewer=False)
    return _quotas(poll, "exactly", marks, categories, marks_in, seats_in)


def up_to(poll, *, marks, categories=None, marks_in=None, seats_in=None):
    """At most `marks` options on each ballot; most votes win.

    categories: {option id: category}. marks_in: {category: marks on a ballot}.
    seats_in: {category: seats}, together the seats; the most voted of each category win.
    Raises WrongNumber for a ballot outside the rule, UnknownChoice for quotas that contradict each other.
    """
    _expect(poll, marks, categories, marks_in, fewer=True)
    return _quotas(poll, "up-to", marks, categories, marks_in, seats_in)


def cumulative(poll, *, points=None, most=None):
    """Points shared out as each voter likes; most points win.

    points: that a ballot may give in all. most: that it may give one option. None = no limit.
    Raises WrongNumber. Source: Illinois House 1870-1980, one vote for each seat; limits are the organiser's.
    """
    totals = [0] * len(poll.options)
    for ballot, number in poll.counted.items():
        given = sum(value for _, value in ballot)
        highest = max(value for _, value in ballot)
        if (points is not None and given > points) or (most is not None and highest > most):
            raise WrongNumber(
                ballot=tuple((poll.options[p], v) for p, v in ballot), points=given, most=points
            )
        for place, value in ballot:
            totals[place] += value * number
    choices = (("points", points), ("most", most))
    return at_once(poll, "cumulative", totals, best(poll, totals, above=0), why="most", choices=choices)


def score(poll, *, highest=5):
    """A score from 0 to `highest` for each option; the highest total wins. Source: range voting."""
    sums = totals(poll, highest)
    choices = (("highest", highest),)
    return at_once(poll, "score", sums, best(poll, sums, above=0), why="most", choices=choices)


def totals(poll, highest):
    """Sum of scores by place; WrongNumber for a score above the highest."""
    found = [0] * len(poll.options)
    for ballot, number in poll.counted.items():
        if max(ballot) > highest:
            raise WrongNumber(ballot=ballot, score=max(ballot), most=highest)
        found = [total + value * number for total, value in zip(found, ballot, strict=True)]
    return found


def consent(poll, *, allowed=0):
    """Objections on each ballot; an option passes when at most `allowed` people object.

    Tallies are objections. More options without objection than seats are a tie.
    Source: consent decision-making, Endenburg (1998), Sociocracy: the organization of decision-making.
    """
    objections = _approvals(poll)
    passed = tuple(place for place in poll.places if objections[place] <= allowed)
    cut = Cut(passed)
    if len(passed) > poll.seats:
        order, met = settled(poll, "seat", passed)
        cut = Cut(order[: poll.seats], passed, (met,))
    return at_once(poll, "consent", objections, cut, why="no-objection", choices=(("allowed", allowed),))


def _approvals(poll):
    votes = [0] * len(poll.options)
    for ballot, number in poll.counted.items():
        for place in ballot:
            votes[place] += number
    return votes


def _expect(poll, marks, categories, marks_in, *, fewer):
    kinds = _kinds(poll, categories)
    for ballot in poll.counted:
        _within(poll, ballot, len(ballot), marks, fewer)
        for category, allowed in (marks_in or {}).items():
            _within(poll, ballot, sum(kinds[place] == category for place in ballot), allowed, fewer)


def _within(poll, ballot, found, allowed, fewer):
    if found > allowed or (found < allowed and not fewer):
        raise WrongNumber(ballot=poll.ids(ballot), marks=found, allowed=allowed)


def _kinds(poll, categories):
    categories = categories or {}
    unknown = [option for option in categories if option not in poll.options]
    if unknown:
        raise UnknownChoice(categories=unknown)
    return [categories.get(option) for option in poll.options]


def _quotas(poll, rule, marks, categories, marks_in, seats_in):
    choices = (("marks", marks), ("marks_in", marks_in), ("seats_in", seats_in))
    votes, kinds = _approvals(poll), _kinds(poll, categories)
    if not seats_in:
        return at_once(poll, rule, votes, best(poll, votes, above=0), why="most", choices=choices)
    if sum(seats_in.values()) != poll.seats:
        raise UnknownChoice(seats_in=seats_in, seats=poll.seats)
    cut = Cut((), (), ())
    for category, seats in seats_in.items():
        # options of other categories score -1 here and cannot win
        scores = [vote if kind == category else -1 for vote, kind in zip(votes, kinds, strict=True)]
        found = best(poll, scores, seats=seats, above=0)
        cut = Cut(*(so_far + more for so_far, more in zip(cut, found, strict=True)))
    return at_once(poll, rule, votes, cut, why="most-in-category", choices=choices)
