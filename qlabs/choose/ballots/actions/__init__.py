"""Every write to ballots. Signing and casting record no event: it would tell who voted when (docs/adr)."""

from .by_server import Kept, vote_for
from .casting import SignedLine, Vote, cast
from .closing import Impossible, close_ballot
from .declaring import create_run_off, declare
from .drafts import create_ballot, discard_ballot, edit_ballot
from .opening import correct_roll, hold_up, open_ballot
from .reasons import hide_reason, show_reason
from .reminding import remind, tell_voters
from .scrubbing import scrub
from .signing import sign

__all__ = [
    "Impossible",
    "Kept",
    "SignedLine",
    "Vote",
    "cast",
    "close_ballot",
    "correct_roll",
    "create_ballot",
    "create_run_off",
    "declare",
    "discard_ballot",
    "edit_ballot",
    "hide_reason",
    "hold_up",
    "open_ballot",
    "remind",
    "scrub",
    "show_reason",
    "sign",
    "tell_voters",
    "vote_for",
]
