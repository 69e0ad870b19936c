"""What one proof found: its figures, and whether the promise held."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

RECOUNT = Path(__file__).resolve().parents[4] / "scripts" / "recount.py"


@dataclass(frozen=True)
class Finding:
    """`holds` is True, False, or None where the proof could not run and `figures` says why.

    over: the names of the figures that broke a bar which chance alone breaks now and then.
    sure: whether one of them is so far over that it is no chance.
    """

    proof: str
    database: str
    figures: dict
    holds: bool | None
    over: tuple = ()
    sure: bool = False


def tried_twice(proof):
    """What a proof against chance finds; where it breaks a bar, it is broken only if a second try breaks the same.

    A run sets some dozen figures against bars that chance breaks in up to 4 of 1,000: in a few runs of a hundred one
    of them is over, and hardly ever the same one again. What is sure breaks it at once, in either try.
    """
    first = proof()
    if first.holds or first.sure:
        return first
    second = proof()
    before = ", ".join(f"{name} {first.figures[name]}" for name in first.over)
    return replace(
        second,
        figures={**second.figures, "over in a first try": before},
        holds=not second.sure and not set(first.over) & set(second.over),
    )


def compared(acknowledged, rows):
    """Acknowledged votes against the box: {"lost", "wrong", "doubled"}.

    acknowledged: (voting key, counter, choice) of each voter. rows: what `proof-scene rows` told; after the close
    without counters. A vote whose later change was never acknowledged may stand at either choice.
    """
    stored = {key: (counter, choice) for key, counter, choice in rows["votes"]}
    lost = wrong = 0
    for key, counter, choice in acknowledged:
        found = stored.get(key)
        if found is None or (found[0] or counter) < counter:
            lost += 1
        elif found[0] in (counter, None) and found[1] != choice:
            wrong += 1
    return {"lost": lost, "wrong": wrong, "doubled": max(0, len(stored) - rows["signed"])}


def recounted(file_text, receipts):
    """(whether an outsider's recount agrees with the published file, how many receipts are not in it)."""
    published = json.loads(file_text)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(file_text)
        file.flush()
        words = [sys.executable, str(RECOUNT), file.name]
        done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - our own words
    keys = {vote["key"] for vote in published["votes"]}
    return done.returncode == 0, len(set(receipts) - keys)
