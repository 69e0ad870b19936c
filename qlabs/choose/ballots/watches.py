"""What the clock does to ballots: they open and close at their times, planned reminders go, voters are told."""

from django.utils import timezone

from qlabs.base.core.errors import Conflict
from qlabs.base.core.tasks import apart, watch
from qlabs.base.ui.words import LONDON

from . import actions, keys, queries

FIRST_HOUR = 8


@watch
def open_in_time(*, at, make_keys=keys.make):
    """Open every draft whose time has come. One that cannot open yet stays a draft, says why, and is tried again."""
    for ballot in queries.due_to_open(at):
        apart(_open_or_hold_up, ballot=ballot, at=at, make_keys=make_keys)


def _open_or_hold_up(*, ballot, at, make_keys):
    try:
        actions.open_ballot(ballot=ballot, by=None, at=at, make_keys=make_keys)
    except Conflict as problem:
        actions.hold_up(ballot=ballot, because=str(problem.sentence), at=at)


@watch
def close_in_time(*, at):
    """Close every ballot whose time has come, and ask again for a box that is not sealed yet."""
    for asked in queries.early_closings_asked(at):
        if queries.everybody_voted(asked.ballot):
            apart(actions.end_when_all_voted, asked=asked, at=at)
    for ballot in queries.due_to_close(at):
        apart(actions.close_or_stop, ballot=ballot, at=at)
    for ballot in queries.not_scrubbed():
        apart(actions.scrub, ballot=ballot, at=at)


@watch
def remind_as_planned(*, at):
    """Send every reminder whose planned time has come."""
    for planned in queries.due_reminders(at):
        apart(actions.send_planned, planned=planned, at=at)


@watch
def count_hourly(*, at):
    """Once an hour, look how many have voted, and try what hangs on nobody having voted."""
    for ballot in queries.due_to_count_turnout(at):
        apart(actions.settle_corrections, ballot=ballot, at=at)
        apart(actions.count_turnout, ballot=ballot, at=at)


@watch
def tell_daily(*, at):
    """In the morning, tell people that a vote was cast in their name since yesterday."""
    local = timezone.localtime(at, LONDON)
    if local.hour >= FIRST_HOUR:
        for ballot in queries.due_to_tell(local.date()):
            apart(actions.tell_voters, ballot=ballot, at=at)
