"""The codes that a voter keeps, as people write them."""

import secrets

from labengines.voting import voter
from labengines.voting.errors import ChangeCodeMistyped


def fresh_code():
    """A new seed, written as a change code."""
    return voter.change_code(secrets.token_bytes(voter.SEED))


def seed_of(code):
    """The seed that a change code stands for, or None if it is mistyped."""
    try:
        return voter.seed_of(code)
    except ChangeCodeMistyped:
        return None


def as_we_write_it(code):
    """A receipt in groups of four, whatever way it was typed."""
    return voter.normal_code(code)
