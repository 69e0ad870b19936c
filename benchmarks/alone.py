"""`python -m benchmarks.alone MODULE`: what one contestant costs, in a process where nothing else is loaded.

A contestant is a module whose `act()` does the work once and returns what it found, for comparison with the others.
"""

import importlib
import json
import subprocess
import sys
import time
from statistics import median

from .machine import peak_mb

OURS = ("benchmarks", "labcharts", "labengines")
LONG_ENOUGH = 1.0
FEWEST = 5


def alone(module):
    """Costs of a contestant, or None where a package that it needs is not installed.

    first_ms: processor time of the imports and the first act; cpu_ms: of one later act (the median);
    peak_mb: most memory that the process held; found: what the act returned.
    """
    command = [sys.executable, "-m", "benchmarks.alone", f"benchmarks.{module}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measured(module):
    began = time.process_time()
    try:
        act = importlib.import_module(module).act
    except ModuleNotFoundError as absent:
        if absent.name.partition(".")[0] in OURS:
            raise
        return None
    found = act()
    return {
        "first_ms": (time.process_time() - began) * 1000,
        "cpu_ms": median(repeated(act)),
        "peak_mb": peak_mb(),
        "found": found,
    }


def repeated(act):
    """Processor milliseconds of each of many acts, all threads of the process counted."""
    times = []
    while len(times) < FEWEST or sum(times) < LONG_ENOUGH * 1000:
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    return times


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
