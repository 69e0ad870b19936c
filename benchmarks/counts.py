"""Counting: the engine by itself, and the script with which a stranger recounts a published file."""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import ballot_file, count, fingerprints, voter

from .table import Table

PSS = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=48)
SCRIPT = Path(__file__).parent.parent / "scripts" / "recount.py"
CODE, QUESTION = "bench", "Which theme?"
TITLES = tuple(f"Theme {number}" for number in range(5))
OPTIONS = tuple(
    fingerprints.option_id(CODE, question=QUESTION, place=place, title=title)
    for place, title in enumerate(TITLES, 1)
)


def tables(*, sizes=(447, 100_000, 1_000_000), files=(447, 5_000), times=5):
    yield _engine(sizes, times)
    yield _script(files)


def _engine(sizes, times):
    table = Table("Count of a vote with five options", ("ballots", "as counts, ms", "one by one, ms"))
    for size in sizes:
        ballots = random.Random(size).choices(["", *OPTIONS], k=size)
        counted = {choice: ballots.count(choice) for choice in ("", *OPTIONS)}
        table.add(size, *(median(_spent(given) for _ in range(times)) for given in (counted, ballots)))
    table.summary = f"count of {size:,} ballots: {table.rows[-1][2]} ms"
    return table


def _spent(ballots):
    began = time.perf_counter()
    count(ballots, options=OPTIONS)
    return (time.perf_counter() - began) * 1000


def _script(files):
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    votes = [_vote(key) for _ in range(max(files))]
    table = Table("scripts/recount.py on a published file", ("ballots", "file, MB", "s", "its answer"))
    with tempfile.TemporaryDirectory(prefix="qlabs-bench-") as folder:
        for size in files:
            path = Path(folder) / f"{size}.json"
            path.write_text(
                json.dumps(_book(votes[:size], key.public_key().public_numbers())), encoding="utf-8"
            )
            began = time.perf_counter()
            done = subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True, check=False)
            table.add(
                size, path.stat().st_size / 1e6, time.perf_counter() - began, done.stdout.splitlines()[-1]
            )
    table.summary = f"recount of a file of {size:,} ballots: {table.rows[-1][2]} s"
    return table


def _vote(key):
    """One genuine vote; its credential is signed without blinding, which the file cannot tell."""
    own, choice = Ed25519PrivateKey.generate(), random.choice(OPTIONS)
    public = own.public_key().public_bytes_raw()
    message = voter.ballot_message(ballot=CODE, scope="choice", choice=choice)
    return {
        "key": public.hex(), "choice": choice,
        "credential": key.sign(public, PSS, hashes.SHA384()).hex(), "signature": own.sign(message).hex(),
    }  # fmt: skip


def _book(votes, key):
    votes = ballot_file.in_order(votes)
    result = count([vote["choice"] for vote in votes], options=OPTIONS)
    own = {"choice": fingerprints.key_hash(key)}
    codes = sorted(
        fingerprints.code_hash(CODE, fingerprints.participation_code(number)) for number in range(len(votes))
    )
    return {
        "format": ballot_file.FORMAT,
        "ballot": {"id": CODE, "question": QUESTION, "tie_rule": "run-off", "lot": None},
        "options": [{"id": option, "title": title} for option, title in zip(OPTIONS, TITLES, strict=True)],
        "key": {"n": f"{key.n:x}", "e": f"{key.e:06x}"},
        "keys": {"sha256": fingerprints.fingerprint(CODE, own), "hashes": own},
        "roll": {"size": len(votes), "sha256": "", "codes": codes, "took_part": codes},
        "keys_signed": len(votes),
        "votes": votes,
        "merkle_root": ballot_file.votes_root(votes),
        "result": {
            "tallies": dict(result.tallies), "blanks": result.blanks,
            "winners": list(result.winners), "tied": list(result.ties),
        },
    }  # fmt: skip
