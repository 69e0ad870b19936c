"""The raw limits: what this disk and this database could do for anybody."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg

CREDENTIAL = "0f" * 384
ROW = "INSERT INTO bench_raw VALUES ({0}, {0})"


def sqlite_commits(folder, *, seconds):
    """Rows inserted and committed in one second: WAL, synchronous=FULL, one connection."""
    with closing(sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS bench_raw (number integer, credential text)")
        return _per_second(lambda number: connection.execute(ROW.format("?"), (number, CREDENTIAL)), seconds)


def postgres_commits(url, *, seconds):
    """The same through psycopg, one connection."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_raw (number integer, credential text)")
        found = _per_second(
            lambda number: connection.execute(ROW.format("%s"), (number, CREDENTIAL)), seconds
        )
        connection.execute("DROP TABLE bench_raw")
    return found


def _per_second(write, seconds):
    began, number = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        write(number)
        number += 1
    return number / (time.perf_counter() - began)
