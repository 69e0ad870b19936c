#!/usr/bin/env python3
"""Check a lab's log that was handed out. Needs nothing but Python 3.10+.

    python3 verify_log.py asthma-log.jsonl [--head 1f0c...] [--head ...]

It finds every event that was removed, changed or moved. A log that was written anew as a whole is found only by
whoever kept a head of it (from the lab's feed, a ballot file or an email to a witness): give it with --head.
Exit status: 0 all is well, 1 something is wrong, 2 this is not a whole log file.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

FIELDS = ("previous", "number", "at", "lab", "by", "what", "on_kind", "on_id", "facts")
NOT_WHOLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def digest(event):
    """SHA-256 over the hash before and the event's own content."""
    text = json.dumps(
        [event[name] for name in FIELDS], sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return sha256(text.encode()).hexdigest()


def faults(told, events):
    """Every broken place, oldest first."""
    previous = "0" * 64
    for number, event in enumerate(events, 1):
        if event["number"] != number:
            yield f"event {number}: is missing"
            return
        if event["lab"] != told["lab"]:
            yield f"event {number}: belongs to another log"
        if event["previous"] != previous:
            yield f"event {number}: does not follow the event before it"
        if event["hash"] != digest(event):
            yield f"event {number}: was changed"
        previous = event["hash"]
    if (told["number"], told["head"]) != (len(events), previous):
        yield f"event {len(events) + 1}: is missing"


def read(path):
    told, *events = map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
    if told["format"] != "qlabs-log-1":
        raise ValueError(told["format"])
    return told, events


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("file")
    words.add_argument("--head", action="append", default=[], help="a head that somebody kept")
    given = words.parse_args()
    try:
        told, events = read(given.file)
        wrong = list(faults(told, events))
        places = {event["hash"]: event["number"] for event in events}
    except NOT_WHOLE:
        print("This is not a whole log file.")
        return 2
    for head in (one.strip().lower() for one in given.head):
        print(f"{head}: " + (f"event {places[head]}" if head in places else "NOT FOUND"))
        wrong += [] if head in places else ["The log was rewritten since somebody kept a head."]
    print("\n".join(wrong) or f"{len(events)} events, none removed or changed. Head {told['head']}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
