"""`python -m benchmarks.counting.once CONTESTANT RULE SIZE DISTINCT`: what one count costs in a process of its own."""

import importlib
import json
import os
import subprocess
import sys
import time
from statistics import median

from ..machine import peak_mb

SHORT = 0.2
ABSENT = "not installed"


def once(contestant, *asked, limit):
    """{"cpu_s", "peak_mb", "winners"} of a rule, a size and so many different ballots, or why there is none.

    cpu_s: processor time of one count (the median of five where it is short). peak_mb: most memory that the
    process held, with Python and the ballots. limit: seconds after which it is stopped, or None.
    A package that does not go together with ours may be in another Python, which PEERS_PYTHON names.
    """
    for python in filter(None, (sys.executable, os.environ.get("PEERS_PYTHON"))):
        command = [python, "-m", "benchmarks.counting.once", contestant, *map(str, asked)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return f"over {limit} s"
        found = json.loads(done.stdout.splitlines()[-1])
        if found:
            return found
    return ABSENT


def measured(contestant, rule, size, distinct):
    """What `once` returns; None where the contestant's package is not installed."""
    try:
        module = importlib.import_module(f"benchmarks.counting.{contestant}")
    except ModuleNotFoundError as absent:
        if contestant != f"by_{absent.name}":
            raise
        return None
    count = module.prepared(rule, size, distinct)
    times, winners = [], ()
    while not times or (times[0] < SHORT and len(times) < 5):
        began = time.process_time()
        winners = count()
        times.append(time.process_time() - began)
    return {"cpu_s": median(times), "peak_mb": peak_mb(), "winners": sorted(winners)}


if __name__ == "__main__":
    print(json.dumps(measured(*sys.argv[1:3], *map(int, sys.argv[3:]))))
