from .box import box, sign, sign_by_link
from .drafts import discard, edit, index, new, open_vote
from .result import ballot_file, judge, reasons, receipts, recount
from .running import close, correct, declare, remind, roll, run_off, status
from .vote import ballot, by_link, confirm, confirm_by_link, done, done_by_link, my_votes

__all__ = [
    "ballot",
    "ballot_file",
    "box",
    "by_link",
    "close",
    "confirm",
    "confirm_by_link",
    "correct",
    "declare",
    "discard",
    "done",
    "done_by_link",
    "edit",
    "index",
    "judge",
    "my_votes",
    "new",
    "open_vote",
    "reasons",
    "receipts",
    "recount",
    "remind",
    "roll",
    "run_off",
    "sign",
    "sign_by_link",
    "status",
]
