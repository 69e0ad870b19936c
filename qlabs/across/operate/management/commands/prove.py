import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import django
from django.core.management.base import BaseCommand

from qlabs.across.operate.proofs import malformed, programme
from qlabs.across.operate.proofs.findings import Finding
from qlabs.config import env

REQUESTS = 100_000
WORDS = {True: "held", False: "BROKEN", None: "for comparison, or could not run"}


class Command(BaseCommand):
    help = "Try out what we promise of secrecy and reliability, and write one page of figures."

    def add_arguments(self, parser):
        parser.add_argument("--short", action="store_true", help="the form that every change is tested with")
        parser.add_argument("--out", default=str(env.ROOT / "docs" / "proof.md"))

    def handle(self, *args, short, out, **options):
        told = []
        for finding, seconds in _timed(_findings(short=short)):
            self.stdout.write(
                f"{WORDS[finding.holds]:>8}  {finding.database:<10} {finding.proof}  {seconds:.0f} s"
            )
            self.stdout.write(f"          {_facts(finding)}")
            self.stdout.flush()
            told.append(finding)
            Path(out).write_text(_page(told, short=short), encoding="utf-8")
        if any(finding.holds is False for finding in told):
            sys.exit(1)


def _findings(*, short):
    yield from programme.everything(programme.SHORT if short else programme.LONG)
    yield malformed.finding(requests=REQUESTS // 10 if short else REQUESTS)


def _timed(findings):
    start = time.monotonic()
    for finding in findings:
        yield finding, time.monotonic() - start
        start = time.monotonic()


def _facts(finding: Finding):
    return ", ".join(f"{name} {value}" for name, value in finding.figures.items())


def _page(told, *, short):
    rows = "\n".join(
        f"| {finding.proof} | {finding.database} | {WORDS[finding.holds]} | {_facts(finding)} |"
        for finding in told
    )
    return f"""# What we promise, and what was measured

Written by `qlabs prove{" --short" if short else ""}` on {datetime.now(UTC):%d %B %Y}, version {_version()}.
Machine: {os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()},
Django {django.__version__}.

We promise that an acknowledged vote is never lost, doubled or altered, whatever breaks; that a refusal is polite
(409 or 503, never 500); and that after the close nobody can tell who cast which ballot, with the database, its files,
the logs, the sessions, the back-ups or the mail in hand. Whoever controls the server while voting is open can watch:
that is not promised.

An attacker who guesses gets 1 voter right on average, with a standard deviation of 1; the bar is 4, however many
voted. Chance breaks one of the bars in a few runs of a hundred: then all is done again, the page tells what the first
try broke, and the promise is broken if the second breaks the same. A score of 10 or more is no chance and breaks it at
once. "The naive two tables" shows what the same attackers do to a design without our measures.

| promise tried | database | result | figures |
|---|---|---|---|
{rows}
"""


def _version():
    try:
        number = version("qlabs")
    except PackageNotFoundError:
        number = "from a checkout"
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=env.ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return f"{number}, commit {commit}" if commit else number
