"""What the pages of a vote offer to the rest of its lab's team."""

from qlabs.base.lab import access

from .. import queries


def to_agree(request, ballots):
    """The keys of those votes that somebody else wants to close early, where this person may agree."""
    on_team = [ballot for ballot in ballots if access.may(request, "ballots.agree_to_close", ballot)]
    return queries.asked_to_close(on_team, but_by=request.user) if on_team else set()
