"""What is fixed before a vote, so that a server that changes its mind is noticed.

Of the options: an id that follows from the question and the title, so that a
vote for one can never become a vote for another. Of the keys that sign: one
fingerprint for all of them and a short check code, which every voter can
compare. Of the people: a participation code for each, of which only the hash is
ever published. README.md beside this file lists them byte by byte; `keys.js`
computes the fingerprint in the voter's browser.
"""

import hashlib

from labengines.voting.errors import NameMalformed
from labengines.voting.voter import ALPHABET, NAME, grouped, normal_code

CODE_SIGNS = 16
CODE_BITS = 5 * CODE_SIGNS


def key_hash(public):
    """SHA-256 of one PublicKey: 64 hex signs."""
    return hashlib.sha256(f"qlabs-key-1\n{public.n:x}\n{public.e:x}\n".encode()).hexdigest()


def fingerprint(ballot, hashes):
    """SHA-256 over the keys of all scopes of a ballot: 64 hex signs.

    ballot: its id. hashes: {scope: key_hash}. The scopes are named, so that no
    scope can have two keys. Raises NameMalformed.
    """
    for name in (ballot, *hashes):
        if not NAME.fullmatch(name):
            raise NameMalformed(name=name)
    lines = "".join(f"{scope}\n{hashes[scope]}\n" for scope in sorted(hashes))
    return hashlib.sha256(f"qlabs-keys-1\n{ballot}\n{lines}".encode()).hexdigest()


def check_code(fingerprint):
    """The first 80 bits of a fingerprint as 16 signs in groups of four."""
    return grouped(int(fingerprint, 16) >> 256 - CODE_BITS, CODE_SIGNS)


def option_id(ballot, *, question, place, title):
    """The name of an option in votes and files: 16 signs that follow from what it stands for, so that it cannot change.

    ballot: its id. place: from 1, in the ballot's order.
    """
    asked, offered = (hashlib.sha256(text.encode()).hexdigest() for text in (question, title))
    text = f"qlabs-option-1\n{ballot}\n{place}\n{asked}\n{offered}\n"
    return check_code(hashlib.sha256(text.encode()).hexdigest()).replace("-", "")


def participation_code(number):
    """A random number of 80 bits as a participation code: 16 signs in groups of four."""
    return grouped(number, CODE_SIGNS)


def is_code(code):
    """Whether this is a check or participation code, whatever way it was typed."""
    signs = normal_code(code).replace("-", "")
    return len(signs) == CODE_SIGNS and not set(signs) - set(ALPHABET)


def code_hash(ballot, code):
    """SHA-256 of a participation code, as it is published: 64 hex signs."""
    signs = normal_code(code).replace("-", "")
    return hashlib.sha256(f"qlabs-participation-1\n{ballot}\n{signs}\n".encode()).hexdigest()


def codes_sha256(hashes):
    """One SHA-256 over the code_hash of everybody on the roll: 64 hex signs."""
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(hashes)).encode()).hexdigest()
