"""The databases to measure on: SQLite in the installation's folder, PostgreSQL in a cluster of our own."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from qlabs.across.operate.proofs import postgres

from . import raw

NAME = "qlabs_bench"


@dataclass(frozen=True)
class Database:
    """How the server reaches it, how many processes serve, and which tree of processes is the database's own."""

    name: str
    url: str = ""
    processes: int = 1
    pid: int | None = None

    def bare_commits(self, folder, *, seconds):
        """Single-row transactions in a second, through the driver alone."""
        if self.url:
            return raw.postgres_commits(self.url, seconds=seconds)
        return raw.sqlite_commits(folder, seconds=seconds)


@contextmanager
def sqlite():
    yield Database("SQLite")


@contextmanager
def postgresql():
    """A cluster that is ours, else a new database where QLABS_TEST_POSTGRES says. Raises postgres.NotHere."""
    given = os.environ.get("QLABS_TEST_POSTGRES", "")
    try:
        with postgres.cluster() as made:
            pid = int(Path(made.folder, "postmaster.pid").read_text(encoding="ascii").split()[0])
            yield Database("PostgreSQL", made.url, _cores(), pid)
    except postgres.NotHere:
        if not given:
            raise
        with _database_at(given) as url:
            yield Database("PostgreSQL", url, _cores())


@contextmanager
def _database_at(given):
    """A database of that name made for the moment: what was called so before is gone."""
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            yield _as_url(make_conninfo(given, dbname=NAME))
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _as_url(info):
    parts = conninfo_to_dict(info)
    word = f":{parts['password']}" if "password" in parts else ""
    return (
        f"postgresql://{parts.get('user', '')}{word}@{parts.get('host', '')}:{parts.get('port', 5432)}/{NAME}"
    )


def _cores():
    return os.cpu_count() or 1
