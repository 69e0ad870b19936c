"""Which proofs are run, in a long form for releases and a short form for every change."""

from contextlib import contextmanager
from dataclasses import dataclass

from . import anonymity, kills, sign_in
from .findings import Finding, tried_twice
from .postgres import NotHere, cluster


@dataclass(frozen=True)
class Size:
    """How much of each proof is done."""

    secret_voters: int
    watched_voters: int
    killed: tuple
    database_kills: int
    cut: int
    racing: int
    closing: int
    filling: int
    signing_in: int


LONG = Size(447, 447, (5000, 200), 8, 1000, 100, 1000, 1500, 400)
SHORT = Size(447, 45, (120, 4), 2, 60, 25, 150, 300, 60)


def secrecy(database, size):
    """The seven attackers, those who watch while people vote, and what the seven do to the naive design."""
    yield tried_twice(lambda: _on_a_server(anonymity.secrecy, database, voters=size.secret_voters))
    yield tried_twice(lambda: _on_a_server(anonymity.watched, database, voters=size.watched_voters))
    yield _on_a_server(anonymity.naive_design, database, voters=size.secret_voters)


def reliability(database, size):
    """Kills, cuts, races and a full disk."""
    workers = 1 if database == "sqlite" else 2
    voters, times = size.killed
    many = {"workers": workers}
    with _server(database) as (url, _folder):
        yield kills.workers_killed(database=database, voters=voters, kills=times, database_url=url, **many)
    with _server(database) as (url, _folder):
        yield kills.answers_cut(database=database, voters=size.cut, database_url=url)
    with _server(database) as (url, _folder):
        yield kills.voters_race_themselves(database=database, voters=size.racing, database_url=url, **many)
    with _server(database) as (url, _folder):
        yield kills.organiser_closes(database=database, voters=size.closing, database_url=url, **many)
    if database == "postgresql":
        with cluster() as server:
            yield kills.database_killed(server=server, voters=voters, kills=size.database_kills)
    yield _if_here("disk full", database, lambda: kills.disk_full(database=database, voters=size.filling))


def discretion(database, size):
    """Whether the sign-in page tells by its time who is known here."""
    with _server(database) as (url, _folder):
        yield tried_twice(lambda: sign_in.finding(database=database, asks=size.signing_in, database_url=url))


def everything(size):
    """Every finding, one after the other."""
    for database in ("sqlite", "postgresql"):
        for part in (secrecy, reliability, discretion):
            try:
                yield from part(database, size)
            except NotHere as reason:
                yield Finding(part.__name__, database, {"could not run": str(reason)}, None)


def _on_a_server(proof, database, **how):
    """One proof that also reads the files of its database server."""
    with _server(database) as (url, folder):
        return proof(database=database, database_url=url, data_folder=folder, **how)


def _if_here(name, database, proof):
    try:
        return proof()
    except NotHere as reason:
        return Finding(name, database, {"could not run": str(reason)}, None)


@contextmanager
def _server(database):
    """(address, folder of its files) of a database server of our own; ("", None) for SQLite."""
    if database == "sqlite":
        yield "", None
        return
    with cluster() as made:
        yield made.url, made.folder
