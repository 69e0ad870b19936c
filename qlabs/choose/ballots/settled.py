"""What is settled when a vote opens, in one table: form, freeze, fingerprint and copies are all made from it.

A field of Ballot stands in SETTINGS, and the database refuses to change it once the vote is open, or in RUNNING. A
test goes through every field and fails for one that stands in neither.
"""

from enum import Flag


class Goes(Flag):
    """Where a setting goes beside the freeze, which takes them all."""

    NOWHERE = 0
    DRAFT = 1  # the lead's to choose while the vote is prepared
    FORM = 2 | DRAFT  # and asked for in the form, in this order
    HASH = 4  # part of the fingerprint that is taken at the opening and compared at the result
    COPY = 8  # the same in a run-off, and in a vote that is asked again


SETTINGS = {
    "question": Goes.FORM | Goes.HASH | Goes.COPY,
    "voters": Goes.FORM | Goes.HASH | Goes.COPY,
    "closes_at": Goes.FORM | Goes.HASH,
    "tie_rule": Goes.FORM | Goes.HASH | Goes.COPY,
    "breakdowns": Goes.FORM | Goes.HASH | Goes.COPY,
    "fewest_votes": Goes.FORM | Goes.HASH | Goes.COPY,
    "reason_prompt": Goes.FORM | Goes.HASH | Goes.COPY,
    "what_next": Goes.FORM | Goes.HASH | Goes.COPY,
    "opens_at": Goes.FORM,
    "threshold": Goes.FORM | Goes.HASH | Goes.COPY,
    "quorum": Goes.FORM | Goes.HASH | Goes.COPY,
    "method": Goes.DRAFT | Goes.HASH | Goes.COPY,
    "code": Goes.HASH,
    "lot_commitment": Goes.HASH,
    "lot_sealed": Goes.NOWHERE,
    "lab_id": Goes.NOWHERE,
    "run_off_of_id": Goes.NOWHERE,
    "again_of_id": Goes.NOWHERE,
    "opened_at": Goes.NOWHERE,
    "keys_sha256": Goes.HASH,
    "roll_sources": Goes.HASH,
    "frozen_sha256": Goes.NOWHERE,
    "id": Goes.NOWHERE,
    "created_at": Goes.NOWHERE,
}
RUNNING = (
    "state", "held_up_because", "box_sealed", "roll_size", "roll_sha256", "keys_signed", "reminded_at", "reminders",
    "told_on", "turnout_shown", "turnout_shown_at", "extended_to", "ends_at", "closed_at", "close_reason",
    "stopped_because", "scrubbed_at", "declared_at", "marginals", "result", "file_sha256",
)  # fmt: skip


def names(where):
    """The settings that go there, in the order of the table."""
    return tuple(name for name, goes in SETTINGS.items() if where in goes)
