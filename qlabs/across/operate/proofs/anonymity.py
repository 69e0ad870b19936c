"""Everybody votes, one after another; then each attacker tries to tell who cast which ballot."""

import random
import sqlite3
from pathlib import Path

import psycopg

from . import attackers
from .attackers import BOX, ROLL, Spoils
from .findings import Finding
from .installation import scratch

VOTERS = 447


def secrecy(*, database, voters=VOTERS, database_url="", data_folder=None):
    """The seven attackers while voting is open (those who can) and after the close: the number each got right."""
    with scratch(database_url=database_url) as place:
        told, truth, order = _half_voted(place, voters)
        folders = (data_folder,) if data_folder else (place.home,)
        early = _spoils(place, told, truth, folders)
        while_open = _scores(attackers.ALSO_WHILE_OPEN, early, truth)
        truth |= _vote(place, told, order[voters // 2 :])
        place.qlabs("work", "--once")
        _close(place, told)
        late = _spoils(place, told, truth, folders)
        figures = {"voters": voters}
        figures |= {f"{name}, open": score for name, score in while_open.items()}
        figures |= {
            f"{name}, closed": score for name, score in _scores(attackers.ATTACKERS, late, truth).items()
        }
        over = tuple(name for name, score in figures.items() if name != "voters" and score > attackers.MOST)
        sure = any(figures[name] >= attackers.NO_CHANCE for name in over)
        return Finding("nobody joins a voter to a ballot", database, figures, not over, over, sure)


def naive_design(*, database, voters=VOTERS, database_url="", data_folder=None):
    """The same attackers against two tables without any key between them: what the design has to be better than."""
    with scratch(database_url=database_url) as place:
        order = random.SystemRandom().sample(range(1, voters + 1), voters)
        truth = {entry: f"{random.SystemRandom().getrandbits(256):064x}" for entry in order}
        marks = {entry: f"{random.SystemRandom().getrandbits(256):064x}" for entry in order}
        connection = _naive(place, database_url, order, marks, truth)
        folders = (data_folder,) if data_folder else (place.home,)
        spoils = Spoils(place, folders, marks, tuple(sorted(truth.values())))
        scores = _scores((attackers.dump, attackers.live_sql, attackers.files), spoils, truth)
        connection.close()
        return Finding("the naive two tables", database, {"voters": voters, **scores}, None)


def _half_voted(place, voters):
    """Half have voted, a back-up was made, the day's letters went out."""
    told = place.scene("open", voters=voters, breakdowns=["nation"])
    order = [voter["entry"] for voter in told["voters"]]
    random.SystemRandom().shuffle(order)
    truth = _vote(place, told, order[: voters // 2])
    place.qlabs("backup", str(place.home / "midway.tar.gz"))
    place.scene("tell", ballot=told["ballot"])
    place.qlabs("work", "--once")
    return told, truth, order


def _vote(place, told, order):
    return {int(entry): key for entry, key in place.scene("vote", told=told, order=order).items()}


def _close(place, told):
    place.scene("close", ballot=told["ballot"])


def _spoils(place, told, truth, folders):
    marks = {entry: mark for entry, mark in place.scene("marks", ballot=told["ballot"]) if mark}
    return Spoils(place, folders, marks, tuple(sorted(truth.values())))


def _scores(tried, spoils, truth):
    return {
        attacker.__name__.replace("_", " "): attackers.best(attacker, spoils, truth) for attacker in tried
    }


def _naive(place, database_url, order, marks, truth):
    """Who has voted in one transaction, the ballot in the next, as many platforms do it; left running as it stands."""
    if database_url:
        connection = psycopg.connect(database_url, autocommit=True)
        _naive_votes(connection, order, marks, truth, mark="%s")
    else:
        connection = sqlite3.connect(Path(place.home) / "qlabs.sqlite3", isolation_level=None)
        _naive_votes(connection, order, marks, truth, mark="?")
    return connection


def _naive_votes(connection, order, marks, truth, *, mark):
    for table, columns in (
        (ROLL, "id integer, blinded_hash text"),
        (BOX, "digest text PRIMARY KEY, public_key text"),
    ):
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_unused")
        connection.execute(f"CREATE TABLE {table} ({columns})")
    for entry in order:
        connection.execute(f"INSERT INTO {ROLL} VALUES ({mark}, {mark})", (entry, marks[entry]))
        connection.execute(f"INSERT INTO {BOX} VALUES ({mark}, {mark})", (truth[entry][::-1], truth[entry]))
