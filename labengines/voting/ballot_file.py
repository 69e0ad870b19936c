"""The published ballot file, "qlabs-ballot-file-2": how its votes become lines.

README.md beside this file describes every field; `scripts/recount.py` reads it
without anything from here.
"""

import hashlib

from labengines.voting import merkle

FORMAT = "qlabs-ballot-file-2"


def vote_leaf(vote):
    """The line of one vote, as bytes, that the Merkle root covers.

    vote: {"key", "choice", "credential", "signature"} as published.
    """
    return "\n".join((vote["key"], vote["choice"], vote["credential"], vote["signature"])).encode()


def in_order(votes):
    """The votes sorted by the SHA-256 of the key, as a list: says nothing of time."""
    return sorted(votes, key=lambda vote: hashlib.sha256(bytes.fromhex(vote["key"])).digest())


def votes_root(votes):
    """The Merkle root (64 hex signs) of votes that stand in published order."""
    return merkle.root([vote_leaf(vote) for vote in votes]).hex()
