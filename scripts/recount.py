#!/usr/bin/env python3
"""Recount a Q Labs ballot from its published file. Needs nothing but Python 3.10+.

    python3 recount.py ballot.json [--receipt 7K3M-2QXA-...] [--root 1f0c...]
                                   [--check CODE] [--took-part CODE]

It believes nothing that the file says about itself. Compare the checksum and the Merkle root
that it prints with those on the result page, and with --check the keys with the check code in
your email. --took-part says whether anybody took part with the participation code in it.
Of breakdowns only sums are published, no votes.
Exit status: 0 all is well, 1 something is wrong, 2 this is not a whole ballot file.
"""

import argparse
import json
import re
import sys
from collections import Counter
from hashlib import sha256, sha384
from pathlib import Path

try:  # what the voters signed themselves is checked where this package is installed
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None
FORMATS = {  # what a line of the Merkle tree is made of, and what each voter signed
    "qlabs-ballot-file-1": (
        ("key", "counter", "choice", "credential", "signature"),
        "qlabs-ballot-1\n{ballot}\nchoice\n{counter}\n{choice}",
    ),
    "qlabs-ballot-file-2": (
        ("key", "choice", "credential", "signature"),
        "qlabs-ballot-2\n{ballot}\nchoice\n{choice}",
    ),
}
NOT_WHOLE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def credential_is_good(n, e, message, signature):
    """RSASSA-PSS (RFC 8017), SHA-384: one modular power gives masked salt (48 bytes), digest and 0xbc."""
    number, bits = int.from_bytes(signature, "big"), n.bit_length() - 1
    opened, length = pow(number, e, n), (bits - 385) // 8
    digest = (opened // 2**8 % 2**384).to_bytes(48, "big")
    mask = b"".join(sha384(digest + i.to_bytes(4, "big")).digest() for i in range(length // 48 + 1))
    block = opened // 2**392 ^ int.from_bytes(mask[:length], "big") % 2 ** (bits - 392)
    salted = bytes(8) + sha384(message).digest() + (block % 2**384).to_bytes(48, "big")
    in_form = len(signature) == (bits + 8) // 8 and number < n and opened % 256 == 0xBC
    return in_form and block // 2**384 == 1 and digest == sha384(salted).digest()


def signature_is_good(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def merkle_root(lines):
    """RFC 6962: 0x00 before a line, 0x01 before a pair; an odd last one rises."""
    level = [sha256(b"\0" + line).digest() for line in lines] or [sha256().digest()]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\1" + a + b).digest() for a, b in pairs] + level[len(level) // 2 * 2 :]
    return level[0].hex()


def code_of(digest, length):
    """The first bits of a SHA-256, five for each of so many signs of Crockford's base 32."""
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(signs[int(digest, 16) >> 251 - 5 * place & 31] for place in range(length))


def plain(code):
    """A code without what people add or mistake when they type it."""
    return re.sub(r"[\W_]", "", code).upper().translate(str.maketrans("OIL", "011"))


def option_id(book, place, option):
    """What voters signed for an option: it follows from the ballot, its question, the place and the title."""
    asked, offered = (
        sha256(text.encode()).hexdigest() for text in (book["ballot"]["question"], option["title"])
    )
    text = f"qlabs-option-1\n{book['ballot']['id']}\n{place}\n{asked}\n{offered}\n"
    return code_of(sha256(text.encode()).hexdigest(), 16)


def named(book, choice):
    titles = {option["id"]: option["title"] for option in book["options"]}
    return f"{json.dumps(titles.get(choice))} ({choice})" if choice else "no choice"


def result_of(book):
    """Most votes win; a tie is drawn by the published lot or left open."""
    counted, lot = Counter(vote["choice"] for vote in book["votes"]), book["ballot"]["lot"]
    tallies = {option["id"]: counted[option["id"]] for option in book["options"]}
    winners = [option for option in tallies if tallies[option] == max(tallies.values()) > 0]
    tied = winners if len(winners) > 1 else []
    if tied and book["ballot"]["tie_rule"] == "run-off":
        winners = []
    elif tied:
        seed = bytes.fromhex(lot["seed"])
        winners = [min(tied, key=lambda option: sha256(seed + option.encode()).digest())]
    return {"tallies": tallies, "blanks": counted[""], "winners": winners, "tied": tied}


def vote_checks(book):
    """(is it so, the words if not) for each vote: an option, a credential, its voter's signature."""
    options = ["", *(option["id"] for option in book["options"])]
    for place, option in enumerate(book["options"], 1):
        is_named = book["format"] == "qlabs-ballot-file-1" or option["id"] == option_id(book, place, option)
        yield is_named, f"option {place} had another title, or another question, when people voted"
    n, e = int(book["key"]["n"], 16), int(book["key"]["e"], 16)
    _fields, message = FORMATS[book["format"]]
    for number, vote in enumerate(book["votes"], 1):
        key, credential, signature = map(bytes.fromhex, (vote["key"], vote["credential"], vote["signature"]))
        text = message.format(**{**vote, "ballot": book["ballot"]["id"]})
        signed = Ed25519PublicKey is None or signature_is_good(key, text.encode(), signature)
        yield vote["choice"] in options, f"vote {number} is not for an option of this ballot"
        yield credential_is_good(n, e, key, credential), f"vote {number} has no credential of this ballot"
        yield signed, f"vote {number} is not signed by its voter: it was changed after she cast it"


def box_checks(book, root):
    """The same for all votes together: none twice, too many, taken out or put in, and the result."""
    votes, signed, roll, lot = book["votes"], book["keys_signed"], book["roll"]["size"], book["ballot"]["lot"]
    hashes = [sha256(bytes.fromhex(vote["key"])).digest() for vote in votes]
    fields, _message = FORMATS[book["format"]]
    found = merkle_root("\n".join(str(vote[name]) for name in fields).encode() for vote in votes)
    recount = result_of(book)
    print(f"Merkle root of {len(votes)} votes: {found}\nrecount: {json.dumps(recount)}")
    for option, tally in recount["tallies"].items():
        print(f"  {tally} for {named(book, option)}{', the winner' if option in recount['winners'] else ''}")
    yield len(set(hashes)) == len(votes), "a key votes more than once"
    yield len(votes) <= signed <= roll, f"{len(votes)} votes, {signed} keys signed, {roll} on the roll"
    yield {found} == {book["merkle_root"], root or found}, "the Merkle root differs: votes were changed"
    yield hashes == sorted(hashes), "the votes do not stand in the order of their keys' hashes"
    kept = not lot or sha256(bytes.fromhex(lot["seed"])).hexdigest() == lot["commitment"]
    yield kept, "the seed of the lot is not the one that was promised before the vote"
    same = recount == {name: book["result"][name] for name in recount}
    yield same, f"the declared result differs: {json.dumps(book['result'])}"


def key_checks(book, check):
    """Whether the key of the votes is among those fixed at the opening, which the check code stands for."""
    hashes, n, e = book["keys"]["hashes"], int(book["key"]["n"], 16), int(book["key"]["e"], 16)
    own = sha256(f"qlabs-key-1\n{n:x}\n{e:x}\n".encode()).hexdigest()
    lines = "".join(f"{scope}\n{hashes[scope]}\n" for scope in sorted(hashes))
    found = sha256(f"qlabs-keys-1\n{book['ballot']['id']}\n{lines}".encode()).hexdigest()
    code = code_of(found, 16)
    print(f"check code of all {len(hashes)} keys: {'-'.join(re.findall('....', code))} ({found})")
    yield hashes["choice"] == own, "the key that signed the votes is not the one that was fixed"
    yield found == book["keys"]["sha256"], "the fingerprint of the keys differs: keys were changed"
    yield (
        plain(check or code) == code,
        f"the check code is not {check}: mistyped, or other keys than in your email",
    )


def roll_checks(book, code):
    """Whether as many took part as keys were signed, each of them once and on the roll."""
    everybody, listed = book["roll"]["codes"], book["roll"]["took_part"]
    found = sha256("".join(f"{one}\n" for one in everybody).encode()).hexdigest()
    print(f"participation codes: {len(listed)} of {len(everybody)} took part ({found})")
    count = len(set(listed)), book["keys_signed"], len(set(everybody)), book["roll"]["size"]
    yield len(book["votes"]) <= count[0] == count[1], f"{len(book['votes'])} votes, {count[0]} took part"
    yield count[0] == len(listed) and count[2] == len(everybody) == count[3], "a code is missing or twice"
    yield set(listed) <= set(everybody), "somebody took part who is not on the roll"
    yield everybody == sorted(everybody) and listed == sorted(listed), "the codes do not stand in order"
    if code:
        mine = sha256(f"qlabs-participation-1\n{book['ballot']['id']}\n{plain(code)}\n".encode()).hexdigest()
        print(f"participation code {code}: {'took part' if mine in listed else 'did not take part'}")
        yield mine in everybody, f"{code} is no participation code of this vote: check how you typed it"


def receipt_checks(book, receipt):
    digests = [sha256(bytes.fromhex(vote["key"])).hexdigest() for vote in book["votes"]]
    found = [code_of(digest, 20) == plain(receipt) for digest in digests]
    choices = [vote["choice"] for vote, is_hers in zip(book["votes"], found, strict=True) if is_hers]
    for choice in choices:
        print(f"receipt {receipt}: counted, for {named(book, choice)}")
    yield choices, f"receipt {receipt} is not in the file"


def recount(raw, *, root, receipt, check, took_part):
    book = json.loads(raw)
    if book["format"] not in FORMATS:
        raise ValueError(f"its format is none of {', '.join(FORMATS)}")
    print(f"checksum (SHA-256): {sha256(raw).hexdigest()}")
    print(f"question: {json.dumps(book['ballot']['question'])}")
    if Ed25519PublicKey is None:
        print("voters' own signatures: not checked, as the package `cryptography` is not installed")
    checks = [*vote_checks(book), *box_checks(book, root)]
    if book["format"] != "qlabs-ballot-file-1":
        checks += [*key_checks(book, check), *roll_checks(book, took_part)]
    elif check or took_part:
        checks.append((False, "a file of format 1 fixes no keys and lists no codes"))
    checks += receipt_checks(book, receipt) if receipt else []
    found = [f"WRONG: {words}" for is_so, words in checks if not is_so]
    print(*found, f"{len(found)} problem{'s' * (len(found) > 1)} found" if found else "all is well", sep="\n")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description="Recount a Q Labs ballot from its published file.")
    parser.add_argument("file", help="the ballot file from the result page")
    parser.add_argument("--receipt", metavar="CODE", help="find this receipt among the votes")
    parser.add_argument("--root", metavar="HEX", help="the Merkle root on the result page")
    parser.add_argument("--check", metavar="CODE", help="the check code of the vote in your email")
    parser.add_argument("--took-part", metavar="CODE", help="say whether this participation code took part")
    asked = vars(parser.parse_args())
    file = asked.pop("file")
    try:
        return recount(Path(file).read_bytes(), **asked)
    except NOT_WHOLE as error:
        print(f"cannot read {file}: not a whole ballot file ({type(error).__name__}: {error})")
        return 2


if __name__ == "__main__":
    sys.exit(main())
