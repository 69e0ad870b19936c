from .box import box, ended, sign, sign_by_link
from .drafts import discard, edit, index, new, open_vote
from .ending import agree, ask_again, close, extend, run_off, void, withdraw
from .reminding import cancel, plan, remind
from .result import ballot_file, judge, reasons, receipts, recount, result_csv, took_part
from .running import correct, declare, roll, status
from .vote import ballot, by_link, confirm, confirm_by_link, done, done_by_link, may_i_vote, my_votes
from .wording import invitation, reminder, try_invitation, try_reminder

__all__ = [
    "agree",
    "ask_again",
    "ballot",
    "ballot_file",
    "box",
    "by_link",
    "cancel",
    "close",
    "confirm",
    "confirm_by_link",
    "correct",
    "declare",
    "discard",
    "done",
    "done_by_link",
    "edit",
    "ended",
    "extend",
    "index",
    "invitation",
    "judge",
    "may_i_vote",
    "my_votes",
    "new",
    "open_vote",
    "plan",
    "reasons",
    "receipts",
    "recount",
    "remind",
    "reminder",
    "result_csv",
    "roll",
    "run_off",
    "sign",
    "sign_by_link",
    "status",
    "took_part",
    "try_invitation",
    "try_reminder",
    "void",
    "withdraw",
]
