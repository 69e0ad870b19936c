#!/usr/bin/env python3
"""Repeat the draw of a Q Labs panel from its published list. Needs nothing but Python 3.10+.

    python3 redraw.py panels.json "4 17 23 31 40 8" [--sha256 1f0c...] [--person p0042]
                      [--respondents respondents.csv --categories categories.csv --one-per household]

It believes nothing that the list says about itself. Compare the hash that it prints with the one
that was promised before the seed was known, and the number and the people with what was announced.
With the two tables it also checks that every panel of the list keeps the quotas.
Exit status: 0 all is well, 1 something is wrong, 2 these are not whole files.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

NOT_WHOLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def drawn_number(list_hash, seed, length):
    """SHA-256 of the list's hash in hex, a newline and the seed, as a number, modulo the length, plus 1."""
    digest = sha256(f"{list_hash}\n{seed.strip()}".encode()).digest()
    return int.from_bytes(digest, "big") % length + 1


def list_checks(book, raw, promised):
    """(is it so, the words if not) of the list itself."""
    found, people, panels = sha256(raw).hexdigest(), book["people"], book["panels"]
    yield found == (promised or found).strip().lower(), "the hash is not the one that was promised"
    yield len(set(people)) == len(people), "somebody stands twice in the pool"
    known = set(people)
    for number, panel in enumerate(panels, 1):
        whole = len(panel) == len(set(panel)) == book["size"] and set(panel) <= known
        yield whole, f"panel {number} is not {book['size']} different people of the pool"


def quota_checks(panels, respondents, categories, one_per):
    """The same of each panel against the quotas and the rule of one per household."""
    for number, panel in enumerate(panels, 1):
        members = [respondents[person] for person in panel]
        for quota in categories:
            count = sum(member[quota["feature"]] == quota["value"] for member in members)
            kept = int(quota["min"]) <= count <= int(quota["max"])
            yield kept, f"panel {number} has {count} with {quota['feature']} {quota['value']}"
        homes = [member[one_per].strip() for member in members if one_per and member[one_per].strip()]
        yield len(homes) == len(set(homes)), f"panel {number} has two people with one {one_per}"


def table(path):
    """The rows of a CSV file as dictionaries, without blanks around names and cells."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        head, *rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(row)]
    return [dict(zip(head, row, strict=True)) for row in rows]


def redraw(asked):
    raw = Path(asked.list).read_bytes()
    book = json.loads(raw)
    if book["format"] != "qlabs-panel-list-1":
        raise ValueError("its format is not qlabs-panel-list-1")
    panels, list_hash = book["panels"], sha256(raw).hexdigest()
    print(f"hash of the list (SHA-256): {list_hash}")
    checks = list(list_checks(book, raw, asked.sha256))
    if asked.respondents:
        people = {row["id"]: row for row in table(asked.respondents)}
        checks += quota_checks(panels, people, table(asked.categories), asked.one_per)
    held = Counter(person for panel in panels for person in panel)
    counts = sorted(held[person] for person in book["people"])
    print(f"chances: {counts[0]} to {counts[-1]} of {len(panels):,} panels hold a person")
    if asked.person:
        known = asked.person in book["people"]
        checks.append((known, f"{asked.person} is not in the pool"))
        print(f"{asked.person} is in {held[asked.person]} of {len(panels):,} panels")
    number = drawn_number(list_hash, asked.seed, len(panels))
    print(f"number drawn: {number}", *panels[number - 1], sep="\n")
    found = [f"WRONG: {words}" for is_so, words in checks if not is_so]
    print(*found, f"{len(found)} problem{'s' * (len(found) > 1)} found" if found else "all is well", sep="\n")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description="Repeat the draw of a Q Labs panel from its published list.")
    parser.add_argument("list", help="the published list of panels")
    parser.add_argument("seed", help="the public seed, as it was announced")
    parser.add_argument("--sha256", metavar="HEX", help="the hash that was promised")
    parser.add_argument("--person", metavar="ID", help="say how many panels hold this person")
    parser.add_argument("--respondents", metavar="FILE", help="the pool, to check quotas")
    parser.add_argument("--categories", metavar="FILE", help="the quotas")
    parser.add_argument("--one-per", metavar="COLUMN", help="column of which a panel holds each value once")
    asked = parser.parse_args()
    if bool(asked.respondents) != bool(asked.categories):
        parser.error("--respondents and --categories go together")
    try:
        return redraw(asked)
    except NOT_WHOLE as error:
        print(f"cannot redraw: these are not whole files ({type(error).__name__}: {error})")
        return 2


if __name__ == "__main__":
    sys.exit(main())
