"""Chance that comes out the same each time, so that every demo has the same people."""

import random


def drawn_from(seed):
    """A source of chance for invented data only; votes and keys never use it."""
    return random.Random(seed)  # noqa: S311 - nothing secret is drawn from it
