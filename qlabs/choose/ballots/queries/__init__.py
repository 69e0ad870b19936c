"""Every read of ballots. While a ballot is open nothing here counts a choice."""

from .ballots import (
    ballots_of,
    due_to_close,
    due_to_tell,
    frozen_sha256,
    is_declared,
    not_scrubbed,
    options,
    options_for,
    signed_in_my_name,
)
from .box import box, last_vote, last_votes, moment, moment_held
from .outcome import breakdown, file_of, outcome, reasons_shown, reasons_to_read, receipts
from .roll import (
    CHOICE,
    REASON,
    entry_by_token,
    entry_of,
    groups_of,
    keys_signed,
    members_by,
    members_now,
    roll_sha256,
    scope,
    scopes_of,
    still_to_vote,
    turnout,
)

__all__ = [
    "CHOICE",
    "OPEN_BOX_TABLES",
    "REASON",
    "ballots_of",
    "box",
    "breakdown",
    "due_to_close",
    "due_to_tell",
    "entry_by_token",
    "entry_of",
    "file_of",
    "frozen_sha256",
    "groups_of",
    "is_declared",
    "keys_signed",
    "last_vote",
    "last_votes",
    "members_by",
    "members_now",
    "moment",
    "moment_held",
    "not_scrubbed",
    "options",
    "options_for",
    "outcome",
    "reasons_shown",
    "reasons_to_read",
    "receipts",
    "roll_sha256",
    "scope",
    "scopes_of",
    "signed_in_my_name",
    "still_to_vote",
    "turnout",
]

OPEN_BOX_TABLES = ("ballots_sealedvote",)
"""What a back-up leaves out while any ballot is open; voters' own devices can send their votes again."""
