"""Starts a crowd and measures what the server spends on it."""

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from .machine import cpu_ms
from .table import percentiles


@dataclass(frozen=True)
class Answers:
    """What one act of a crowd met. `cpu` is the milliseconds of each tree of processes that was watched."""

    seconds: float
    times: dict
    statuses: dict
    cpu: tuple

    def count(self, kind):
        return len(self.times.get(kind, ()))

    def rate(self, kind):
        return self.count(kind) / self.seconds

    def cpu_each(self, kind, *, tree=0):
        return self.cpu[tree] / max(self.count(kind), 1) if tree < len(self.cpu) else None

    def percentiles(self, kind):
        return percentiles(self.times.get(kind, []))

    @property
    def refused(self):
        """How many answers were neither yes nor the page asked for."""
        return sum(count for status, count in self.statuses.items() if status not in ("200", "302"))


@contextmanager
def crowd(kind, *, watched, **job):
    """A function that lets the crowd do one act and gives its Answers; the crowd is ready when this begins."""
    command = [sys.executable, "-m", "benchmarks.crowd"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write(json.dumps({"kind": kind, **job}) + "\n")
        process.stdin.flush()
        process.stdout.readline()

        def act(name):
            before = [cpu_ms(pid) for pid in watched]
            process.stdin.write(f"{name}\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            spent = [cpu_ms(pid) - ms for pid, ms in zip(watched, before, strict=True)]
            return Answers(**told, cpu=tuple(spent))

        yield act
        process.stdin.close()
