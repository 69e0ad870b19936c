"""Every write to ballots. Signing and casting record no event: it would tell who voted when (docs/adr)."""

from .by_server import Kept, vote_for
from .casting import SignedLine, Vote, cast
from .closing import close_ballot, close_if_ended, close_or_stop
from .correcting import ask_correction, correct_roll, settle_corrections
from .declaring import declare, declare_or_stop
from .drafts import create_ballot, discard_ballot, edit_ballot
from .early import agree_early_closing, ask_early_closing, end_when_all_voted, withdraw_early_closing
from .extending import extend
from .opening import hold_up, open_ballot
from .reasons import hide_reason, show_reason
from .reminding import cancel_reminder, count_turnout, plan_reminder, remind, send_planned, tell_voters
from .repeating import ask_again, create_run_off
from .scrubbing import scrub
from .signing import sign
from .voiding import stop_ballot, void_ballot
from .wording import try_email, word_email

__all__ = [
    "Kept",
    "SignedLine",
    "Vote",
    "agree_early_closing",
    "ask_again",
    "ask_correction",
    "ask_early_closing",
    "cancel_reminder",
    "cast",
    "close_ballot",
    "close_if_ended",
    "close_or_stop",
    "correct_roll",
    "count_turnout",
    "create_ballot",
    "create_run_off",
    "declare",
    "declare_or_stop",
    "discard_ballot",
    "edit_ballot",
    "end_when_all_voted",
    "extend",
    "hide_reason",
    "hold_up",
    "open_ballot",
    "plan_reminder",
    "remind",
    "scrub",
    "send_planned",
    "settle_corrections",
    "show_reason",
    "sign",
    "stop_ballot",
    "tell_voters",
    "try_email",
    "void_ballot",
    "vote_for",
    "withdraw_early_closing",
    "word_email",
]
