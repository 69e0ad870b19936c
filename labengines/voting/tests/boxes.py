"""Whole ballots for tests: voters, a signer, and the file that is published."""

import functools
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import ballot_file, commitment, count, credentials, fingerprints, lot, merkle, voter

VECTOR = json.loads((Path(__file__).parent / "rfc9474_a3.json").read_text())
SIGNER = credentials.PrivateKey.of_primes(int(VECTOR["p"], 16), int(VECTOR["q"], 16))
QUESTION = "Which theme should the lab work on?"
TITLES = ("Self-care", "Frailty", "Waiting")
OPTIONS = T1, T2, T3 = tuple(
    fingerprints.option_id("theme-1", question=QUESTION, place=place, title=title)
    for place, title in enumerate(TITLES, 1)
)
LOT_SEED = bytes(range(32))
CHOICES = [T1] * 9 + [T2] * 6 + [T3] * 3 + [""] * 2
KEY_HASHES = {"choice": fingerprints.key_hash(SIGNER.public), "nation:": "11" * 32, "reason": "22" * 32}


def seed_of_voter(number):
    return number.to_bytes(16, "big")


@functools.cache
def keys_of_voter(number, ballot="theme-1"):
    """(signing key, public key, credential) of one voter, through blinding and all."""
    where = {"ballot": ballot, "scope": "choice"}
    secret = voter.voting_seed(seed_of_voter(number), **where)
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public = key.public_key().public_bytes_raw()
    blinded, inverse = voter.blind(seed_of_voter(number), **where, public=SIGNER.public, key=public)
    signed = credentials.blind_sign(SIGNER, blinded)
    return key, public, credentials.finalize(SIGNER.public, public, signed, inverse)


def vote_of(number, choice, *, ballot="theme-1"):
    key, public, credential = keys_of_voter(number, ballot)
    message = voter.ballot_message(ballot=ballot, scope="choice", choice=choice)
    return {
        "key": public.hex(),
        "choice": choice,
        "credential": credential.hex(),
        "signature": key.sign(message).hex(),
    }


def codes_of(took_part):
    """The codes of 447 people as they are published; the first few of them took part."""
    hashes = [
        fingerprints.code_hash("theme-1", fingerprints.participation_code(number)) for number in range(447)
    ]
    return {"codes": sorted(hashes), "took_part": sorted(hashes[:took_part])}


def book_of(choices, *, tie_rule="lot"):
    """The published file, as a dict, of one vote for each of `choices`."""
    votes = ballot_file.in_order(vote_of(number, choice) for number, choice in enumerate(choices))
    return declared({
        "format": ballot_file.FORMAT,
        "ballot": {
            "id": "theme-1",
            "question": QUESTION,
            "method": "plurality",
            "opened": "2017-02-06T09:00:00+00:00",
            "closed": "2017-02-17T17:00:00+00:00",
            "tie_rule": tie_rule,
            "lot": {"commitment": commitment(LOT_SEED), "seed": LOT_SEED.hex()},
            "threshold": 10,
        },
        "options": [{"id": option, "title": title} for option, title in zip(OPTIONS, TITLES, strict=True)],
        "key": {"n": f"{SIGNER.n:x}", "e": "010001"},
        "keys": {"sha256": fingerprints.fingerprint("theme-1", KEY_HASHES), "hashes": KEY_HASHES},
        "roll": {"size": 447, "sha256": "00" * 32, **codes_of(len(votes) + 1)},
        "keys_signed": len(votes) + 1,
        "votes": votes,
        "breakdowns": {},
    })  # fmt: skip


def with_roll(book, **changes):
    return book | {"roll": book["roll"] | changes}


def in_first_format(book):
    """The same file as it was published before 2026-12: with a counter in each vote, signed and in the root."""
    votes = [_counted_vote(number, vote) for number, vote in enumerate(book["votes"])]
    fields = ("key", "counter", "choice", "credential", "signature")
    lines = ["\n".join(str(vote[name]) for name in fields).encode() for vote in votes]
    return {**book, "format": "qlabs-ballot-file-1", "votes": votes, "merkle_root": merkle.root(lines).hex()}


def _counted_vote(number, vote):
    signers = {public.hex(): secret for secret, public, _credential in map(keys_of_voter, range(30))}
    message = f"qlabs-ballot-1\ntheme-1\nchoice\n{number + 1}\n{vote['choice']}".encode()
    return {**vote, "counter": number + 1, "signature": signers[vote["key"]].sign(message).hex()}


def declared(book):
    """The same file with root and result as its votes say: an organiser who cheats well."""
    chosen = [vote["choice"] for vote in book["votes"] if vote["choice"] in ("", *OPTIONS)]
    tie_break = lot(LOT_SEED) if book["ballot"]["tie_rule"] == "lot" else None
    result = count(chosen, options=OPTIONS, tie_break=tie_break)
    return {
        **book,
        "merkle_root": ballot_file.votes_root(book["votes"]),
        "result": {
            "tallies": dict(result.tallies),
            "blanks": result.blanks,
            "winners": list(result.winners),
            "tied": list(result.ties),
        },
    }


def forgeries():
    """(what is wrong, signature) on 32 nought bytes, made with the key itself: only the form is bad."""
    padded = _padded(bytes(48))
    wrong = {"last byte": (-1, 0x01), "top bit": (0, 0x80), "padding": (20, 0x01), "digest": (-10, 0x01)}
    for name, (place, bit) in wrong.items():
        spoilt = bytearray(padded)
        spoilt[place] ^= bit
        yield name, pow(int.from_bytes(spoilt, "big"), SIGNER.d, SIGNER.n).to_bytes(512, "big")
    for number in range(50):
        padded = _padded(number.to_bytes(48, "big"))
        signature = int.from_bytes(credentials.blind_sign(SIGNER, padded), "big")
        if signature + SIGNER.n < 2**4096:
            yield "the modulus added", (signature + SIGNER.n).to_bytes(512, "big")
            return


def _padded(salt):
    """32 nought bytes as they are signed: blinding with 1 hides nothing."""
    return credentials.blind(SIGNER.public, bytes(32), r=1, salt=salt)[0]
