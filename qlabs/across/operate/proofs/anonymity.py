"""Everybody votes, one after another; then each attacker tries to tell who cast which ballot, or wrote which reason."""

import json
import random
import sqlite3
import string
from dataclasses import replace
from pathlib import Path

import psycopg

from . import attackers, watchers
from .attackers import BOX, REASONS, ROLL, Spoils
from .findings import Finding
from .installation import scratch
from .looking import WriteLog

VOTERS = 447
DICE = random.SystemRandom()
LETTERS = string.ascii_lowercase + " "
SHORT_REASON, LONG_REASON = (3, 60), (300, 1900)


def secrecy(*, database, voters=VOTERS, database_url="", data_folder=None):
    """The seven attackers while voting is open (those who can) and after the close: the number each got right."""
    with scratch(database_url=database_url) as place:
        told, truth, order, said = _half_voted(place, voters)
        folders = (data_folder,) if data_folder else (place.home,)
        marks = _marks(place, told)
        early = Spoils(place, folders, marks, tuple(sorted(truth.values())))
        while_open = _scores(attackers.ALSO_WHILE_OPEN, early, truth)
        truth |= _vote(place, told, order[voters // 2 :], said)
        marks = _marks(place, told)  # somebody noted them before the close, which empties them
        place.qlabs("work", "--once")
        _close(place, told)
        late = Spoils(place, folders, marks, tuple(sorted(truth.values())))
        texts = {entry: votes[-1][1] for entry, votes in said.items() if votes[-1][1]}
        written = replace(late, keys=tuple(sorted(texts.values())), box=REASONS, key="text")
        figures = {"voters": voters}
        figures |= {f"{name}, open": score for name, score in while_open.items()}
        figures |= {f"{name}, closed": n for name, n in _scores(attackers.ATTACKERS, late, truth).items()}
        figures |= {
            f"{name}, reasons": n for name, n in _scores(attackers.AT_REASONS, written, texts).items()
        }
        over = tuple(name for name, score in figures.items() if name != "voters" and score > attackers.MOST)
        sure = any(figures[name] >= attackers.NO_CHANCE for name in over)
        return Finding("nobody joins a voter to a ballot", database, figures, not over, over, sure)


def watched(*, database, voters=VOTERS, database_url="", data_folder=None):
    """Somebody looks into the database after every request, and reads its log of writes: blanks, reasons, changes."""
    with scratch(database_url=database_url) as place:
        told = place.scene("open", voters=voters, breakdowns=["nation", "perspective"], reason_prompt="Why?")
        place.qlabs("work", "--once")
        order = _order(told)
        said = everything_said(order, told["options"])
        log = WriteLog(url=database_url, folder=data_folder) if database_url else None
        looking = {"told": told, "watch": True, "url": database_url}
        voted = place.scene("vote", order=order, said=said, **looking)
        logged = log.sights() if log else []
        later = DICE.sample(order, voters // 4)
        changes = {entry: [one_vote(told["options"])] for entry in later}
        changed = place.scene("vote", order=later, said=changes, kept=voted["kept"], **looking)
        published = json.loads(place.scene("close", ballot=told["ballot"])["file"])["votes"]
        keys = {int(entry): key for entry, key in voted["keys"].items()}
        truth = watchers.Truth(said, keys)
        seen = watchers.by_voter(voted["sights"])
        scored = watchers.scores(seen, truth, published)
        scored["who changed later"] = watchers.changes_joined(seen, changed["sights"])
        if log:
            from_log = watchers.scores(watchers.by_voter(logged), truth, published)
            scored |= {f"{name}, from the log": score for name, score in from_log.items()}
        return _finding_of(scored, database, voters)


def _finding_of(scored, database, voters):
    figures = {f"{name} (at most {score.bar})": score.right for name, score in scored.items()}
    over = tuple(f"{name} (at most {score.bar})" for name, score in scored.items() if score.is_over)
    sure = any(score.is_sure for score in scored.values())
    return Finding(
        "who watches the database learns no more",
        database,
        {"voters": voters, **figures},
        not over,
        over,
        sure,
    )


def everything_said(order, options):
    """{entry: every vote of hers}: a third gives no reason, a third a short one; a quarter chooses nothing.

    One in five changes her vote once, one in ten three times, six people each a number of times that nobody else does;
    what they said before is as mixed.
    """
    people = len(order)
    ends = [*[None] * (people // 3), *[SHORT_REASON] * (people // 3)]
    ends += [LONG_REASON] * (people - len(ends))
    choices = [""] * (people // 4)
    choices += DICE.choices(options, k=people - len(choices))
    changes = [1] * (people // 5) + [3] * (people // 10) + [*range(4, 10)]
    changes = (changes + [0] * people)[:people]
    for column in (ends, choices, changes):
        DICE.shuffle(column)
    return {
        entry: [*(one_vote(options) for _ in range(many)), [choice, _reason(length)]]
        for entry, length, choice, many in zip(order, ends, choices, changes, strict=True)
    }


def one_vote(options):
    """[choice, reason], as it falls."""
    return [DICE.choice(["", *options]), _reason(DICE.choice([None, SHORT_REASON, LONG_REASON]))]


def _reason(length):
    return "".join(DICE.choices(LETTERS, k=DICE.randint(*length))).strip() or "so" if length else ""


def _order(told):
    order = [voter["entry"] for voter in told["voters"]]
    DICE.shuffle(order)
    return order


def naive_design(*, database, voters=VOTERS, database_url="", data_folder=None):
    """The same attackers against two tables without any key between them: what the design has to be better than."""
    with scratch(database_url=database_url) as place:
        order = random.SystemRandom().sample(range(1, voters + 1), voters)
        truth = {entry: f"{random.SystemRandom().getrandbits(256):064x}" for entry in order}
        marks = {entry: f"{random.SystemRandom().getrandbits(256):064x}" for entry in order}
        connection = _naive(place, database_url, order, marks, truth)
        folders = (data_folder,) if data_folder else (place.home,)
        spoils = Spoils(
            place, folders, {entry: [mark] for entry, mark in marks.items()}, tuple(sorted(truth.values()))
        )
        scores = _scores((attackers.dump, attackers.live_sql, attackers.files), spoils, truth)
        connection.close()
        return Finding("the naive two tables", database, {"voters": voters, **scores}, None)


def _half_voted(place, voters):
    """Half have voted, a back-up was made, the day's letters went out."""
    told = place.scene("open", voters=voters, breakdowns=["nation"], reason_prompt="Why?")
    order = _order(told)
    said = everything_said(order, told["options"])
    truth = _vote(place, told, order[: voters // 2], said)
    place.qlabs("backup", str(place.home / "midway.tar.gz"))
    place.scene("tell", ballot=told["ballot"])
    place.qlabs("work", "--once")
    return told, truth, order, said


def _vote(place, told, order, said):
    voted = place.scene("vote", told=told, order=order, said=said)
    return {int(entry): key for entry, key in voted["keys"].items()}


def _close(place, told):
    place.scene("close", ballot=told["ballot"])


def _marks(place, told):
    return {entry: marks for entry, *marks in place.scene("marks", ballot=told["ballot"]) if marks[0]}


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
        (ROLL, "id integer, request_hash text"),
        (BOX, "digest text PRIMARY KEY, public_key text"),
    ):
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_unused")
        connection.execute(f"CREATE TABLE {table} ({columns})")
    for entry in order:
        connection.execute(f"INSERT INTO {ROLL} VALUES ({mark}, {mark})", (entry, marks[entry]))
        connection.execute(f"INSERT INTO {BOX} VALUES ({mark}, {mark})", (truth[entry][::-1], truth[entry]))
