#!/usr/bin/env python3
"""Recount a Q Labs ballot from its published file. Needs nothing but Python 3.10+.

    python3 recount.py ballot.json [--receipt 7K3M-2QXA-...] [--root 1f0c...]

It believes nothing that the file says about itself: it checks that each vote carries
a credential signed with the ballot's key, that no key votes twice, that there are no
more votes than keys signed and no more keys than people on the roll, that no vote was
taken out or put in (Merkle root), and that the declared result is what the votes say.
Compare the checksum and the Merkle root it prints with those on the result page.
The breakdowns cannot be recounted: their ballots are never published, only sums.
Exit status: 0 all is well, 1 something is wrong, 2 the file cannot be read.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter

try:  # only for the voters' own signatures, which the standard library cannot check
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None


def sha256(data):
    return hashlib.sha256(data).digest()


def sha384(data):
    return hashlib.sha384(data).digest()


def credential_is_good(n, e, message, signature):
    """RSASSA-PSS (RFC 8017): one modular power, then the padding must fit."""
    bits = n.bit_length() - 1
    size, number = (bits + 7) // 8, int.from_bytes(signature, "big")
    opened = pow(number, e, n)
    if len(signature) != (n.bit_length() + 7) // 8 or number >= n or opened >> bits:
        return False
    encoded = opened.to_bytes(size, "big")
    masked, digest, last = encoded[:-49], encoded[-49:-1], encoded[-1]
    mask = b"".join(sha384(digest + i.to_bytes(4, "big")) for i in range(size // 48 + 1))
    block = bytes(a ^ b for a, b in zip(masked, mask, strict=False))
    block = bytes([block[0] & (0xFF >> (8 * size - bits))]) + block[1:]
    padding, salt = block[:-48], block[-48:]
    fits = padding == bytes(len(padding) - 1) + b"\x01" and last == 0xBC
    return fits and digest == sha384(bytes(8) + sha384(message) + salt)


def signature_is_good(key, message, signature):
    """Ed25519; taken as good where it cannot be checked (the script says so)."""
    if Ed25519PublicKey is None:
        return True
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def merkle_root(lines):
    """RFC 6962: 0x00 before a line, 0x01 before a pair; an odd last one rises."""
    level = [sha256(b"\x00" + line) for line in lines]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\x01" + a + b) for a, b in pairs] + level[len(level) // 2 * 2 :]
    return level[0] if level else sha256(b"")


def receipt_of(key):
    """The first 100 bits of the key's SHA-256 as 20 signs of Crockford's base 32."""
    number = int.from_bytes(sha256(key), "big") >> 156
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(signs[number >> 5 * place & 31] for place in range(19, -1, -1))


def winners(tallies, ballot):
    """(winners, tied): most votes win; a tie is drawn by the published lot or left open."""
    most = max(tallies.values(), default=0)
    first = [option for option, votes in tallies.items() if votes == most > 0]
    if len(first) < 2:
        return first, []
    if ballot["tie_rule"] == "run-off":
        return [], first
    seed = bytes.fromhex(ballot["lot"]["seed"])
    return [min(first, key=lambda option: sha256(seed + option.encode()))], first


def vote_problems(book):
    """Each vote by itself: is it for an option, does it carry a credential, is it signed?"""
    options = ["", *(option["id"] for option in book["options"])]
    n, e = int(book["key"]["n"], 16), int(book["key"]["e"], 16)
    for number, vote in enumerate(book["votes"], 1):
        key = bytes.fromhex(vote["key"])
        if vote["choice"] not in options:
            yield f"vote {number} is for {vote['choice']!r}, which was not on the ballot"
        if not credential_is_good(n, e, key, bytes.fromhex(vote["credential"])):
            yield f"vote {number} has no good credential: its key was given to nobody on the roll"
        text = f"qlabs-ballot-1\n{book['ballot']['id']}\nchoice\n{vote['counter']}\n{vote['choice']}"
        if not signature_is_good(key, text.encode(), bytes.fromhex(vote["signature"])):
            yield f"vote {number} is not signed by its voter: it was changed after she cast it"


def box_problems(book, root):
    """All votes together: none twice, not too many, none taken out or put in."""
    votes, signed, roll = len(book["votes"]), book["keys_signed"], book["roll"]["size"]
    keys = [bytes.fromhex(vote["key"]) for vote in book["votes"]]
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"the key of receipt {receipt_of(key)} votes {times} times"
    if not votes <= signed <= roll:
        yield f"{votes} votes, {signed} keys signed, {roll} people on the roll: too many"
    fields = ("key", "counter", "choice", "credential", "signature")
    lines = ["\n".join(str(vote[field]) for field in fields).encode() for vote in book["votes"]]
    found = merkle_root(lines).hex()
    print(f"Merkle root of {votes} votes: {found}")
    if {found} != {book["merkle_root"], root or found} or keys != sorted(keys, key=sha256):
        yield "the votes do not match the Merkle root: some were changed, added or taken out"


def count_problems(book):
    """The recount: does it give the declared result?"""
    ballot, counted = book["ballot"], Counter(vote["choice"] for vote in book["votes"])
    if ballot["lot"] and sha256(bytes.fromhex(ballot["lot"]["seed"])).hex() != ballot["lot"]["commitment"]:
        yield "the seed of the lot is not the one that was promised before the vote"
    tallies = {option["id"]: counted[option["id"]] for option in book["options"]}
    first, tied = winners(tallies, ballot)
    recount = {"tallies": tallies, "blanks": counted[""], "winners": first, "tied": tied}
    print(f"recount: {json.dumps(recount)}")
    if recount != {name: book["result"][name] for name in recount}:
        yield f"the declared result differs: {json.dumps(book['result'])}"


def receipt_problems(book, receipt):
    code = re.sub(r"[\s-]", "", receipt).upper().translate(str.maketrans("OIL", "011"))
    matches = [vote for vote in book["votes"] if receipt_of(bytes.fromhex(vote["key"])) == code]
    for vote in matches:
        print(f"receipt {receipt}: counted, for {json.dumps(vote['choice'] or 'no choice')}")
    if not matches:
        yield f"receipt {receipt} is not in the file"


def recount(asked):
    with open(asked.file, "rb") as file:
        raw = file.read()
    book = json.loads(raw)
    if book["format"] != "qlabs-ballot-file-1":
        raise ValueError("not a file of the format qlabs-ballot-file-1")
    print(f"checksum (SHA-256): {sha256(raw).hex()}\nquestion: {json.dumps(book['ballot']['question'])}")
    if Ed25519PublicKey is None:
        print("voters' own signatures: not checked, as the package `cryptography` is not installed")
    found = [*vote_problems(book), *box_problems(book, asked.root), *count_problems(book)]
    found += receipt_problems(book, asked.receipt) if asked.receipt else []
    for problem in found:
        print(f"WRONG: {problem}")
    print(f"{len(found)} problems found" if found else "all is well")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file", help="the ballot file from the result page")
    parser.add_argument("--receipt", metavar="CODE", help="find this receipt among the votes")
    parser.add_argument("--root", metavar="HEX", help="the Merkle root on the result page")
    asked = parser.parse_args()
    try:
        return recount(asked)
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
    ) as error:
        print(f"cannot read {asked.file}: {type(error).__name__}: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
