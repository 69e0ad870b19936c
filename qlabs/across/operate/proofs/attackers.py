"""Seven attackers who try to tell which voter cast which ballot. Each returns pairs of (roll entry, voting key).

Whoever reads rows and files tries the same with reasons: pairs of (roll entry, text).

Whoever sees two lists in the order in which things happened pairs the first with the first. An attacker who finds
nothing to go by guesses. A random pairing gets one right on average, whatever the number of voters, with a standard
deviation of one.
"""

import json
import random
import re
import sqlite3
import tarfile
from bisect import bisect
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROLL, BOX, REASONS = "ballots_rollentry", "ballots_countedvote", "ballots_reason"
CHANCE, SIGMA = 1, 1
MOST = CHANCE + 3 * SIGMA
NO_CHANCE = 10  # right by chance once in ten million guesses


@dataclass(frozen=True)
class Spoils:
    """What an attacker has: the installation, its database's files, the published keys, the roll's marks.

    marks: {roll entry: [what tells its row]}, the mark beside its flag first. keys: the voting keys of the published
    file, or the reasons; `box` and `key` say in which table and column they lie.
    """

    place: object
    folders: tuple
    marks: dict
    keys: tuple
    box: str = BOX
    key: str = "public_key"


def right(pairs, truth):
    """How many pairs name the ballot that the voter really cast."""
    return sum(truth.get(entry) == key for entry, key in pairs)


def pair_up(entries, keys):
    """First with first, as far as both go."""
    return list(zip(entries, keys, strict=False))


def guess(spoils):
    """What remains when there is nothing to go by."""
    keys = list(spoils.keys)
    random.SystemRandom().shuffle(keys)
    return pair_up(spoils.marks, keys)


def dump(spoils):
    """A dump of the database: rows in the order in which the database gives them."""
    text = _dump_text(spoils.place)
    return _by_place(spoils, text.encode())


def live_sql(spoils):
    """Live SQL with the database's hidden columns: the best of all their orders."""
    tried = [
        pair_up(entries, keys)
        for entries in _orders(spoils.place, ROLL, "id")
        for keys in _orders(spoils.place, spoils.box, spoils.key)
    ]
    return tried or [guess(spoils)]


def files(spoils):
    """The database's files byte by byte, and its logs of writes: which key stands next to which voter's mark?"""
    paths = [path for folder in spoils.folders for path in _files(folder)]
    logs = b"".join(_bytes(path) for path in paths if _is_write_log(path))
    tables = b"".join(_bytes(path) for path in paths if not _is_write_log(path))
    return [attack(spoils, content) for content in (logs, tables) for attack in (_by_place, _by_neighbour)]


def web_logs(spoils):
    """What the server and the worker wrote."""
    return _by_place(spoils, b"".join(path.read_bytes() for path in Path(spoils.place.home).glob("*.log")))


def sessions(spoils):
    """Sessions in the order of their making, against the box in its own order."""
    people = _column(spoils.place, "SELECT session_data FROM django_session ORDER BY expire_date")
    entries = _entries_of_sessions(spoils.place, people)
    return pair_up(entries, _column(spoils.place, f"SELECT public_key FROM {BOX}")) or guess(spoils)


def backup(spoils):
    """A back-up made while voting was open, against the published list."""
    text = b""
    for path in Path(spoils.place.home).glob("*.tar.gz"):
        with tarfile.open(path) as archive:
            text += b"".join(archive.extractfile(member).read() for member in archive if member.isfile())
    return _by_place(spoils, text)


def mail_log(spoils):
    """Letters in the order in which they left, against the box in its own order."""
    letters = sorted(Path(spoils.place.home, "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    addresses = re.findall(r"^To: (\S+)", "".join(path.read_text(encoding="utf-8") for path in letters), re.M)
    known = dict(
        _rows(spoils.place, f"SELECT p.email, r.id FROM {ROLL} r JOIN people_person p ON p.id = r.person_id")
    )
    entries = list(dict.fromkeys(known[address] for address in reversed(addresses) if address in known))[::-1]
    return pair_up(entries, _column(spoils.place, f"SELECT public_key FROM {BOX}")) or guess(spoils)


ATTACKERS = (dump, live_sql, files, web_logs, sessions, backup, mail_log)
AT_REASONS = (dump, live_sql, files)
ALSO_WHILE_OPEN = (dump, web_logs, sessions, backup, mail_log)


def best(attacker, spoils, truth):
    """The attacker's best score."""
    tried = attacker(spoils)
    tried = tried if tried and isinstance(tried[0], list) else [tried]
    return max(right(pairs, truth) for pairs in tried)


def _by_place(spoils, content):
    """Pair voters and keys by the order in which their marks first stand in some bytes; else guess."""
    entries, keys = _places(spoils, content)
    return pair_up(entries.values(), keys.values()) if entries and keys else guess(spoils)


def _by_neighbour(spoils, content):
    """Pair each voter with the key that first stands behind her mark; else guess."""
    entries, keys = _places(spoils, content)
    if not (entries and keys):
        return guess(spoils)
    places = list(keys)
    return [(entry, keys[places[bisect(places, place) % len(places)]]) for place, entry in entries.items()]


def _places(spoils, content):
    """({place: roll entry}, {place: voting key}) as far as they are seen, in order of place."""
    entries = {_first(content, marks): entry for entry, marks in spoils.marks.items()}
    keys = {content.find(key.encode()): key for key in spoils.keys}
    return tuple(
        dict(sorted((place, name) for place, name in seen.items() if place >= 0)) for seen in (entries, keys)
    )


def _first(content, marks):
    """Where a row first stands in some bytes, by the best of its marks that is there; -1 if it is not."""
    places = (content.find(mark.encode()) for mark in marks)
    return next((place for place in places if place >= 0), -1)


def _url(place):
    return place.environment.get("DATABASE_URL", "")


def _dump_text(place):
    if not _url(place):
        with closing(sqlite3.connect(place.home / "qlabs.sqlite3")) as connection:
            return "\n".join(connection.iterdump())
    tables = _column(place, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    rows = [row for table in tables for row in _rows(place, f'SELECT * FROM "{table}"')]
    return "\n".join(json.dumps(row, default=str) for row in rows)


def _rows(place, statement):
    if _url(place):
        with psycopg.connect(_url(place)) as connection:
            return connection.execute(statement).fetchall()
    with closing(sqlite3.connect(place.home / "qlabs.sqlite3")) as connection:
        return connection.execute(statement).fetchall()


def _column(place, statement):
    return [value for (value,) in _rows(place, statement)]


def _columns(place):
    """Columns that may tell an order; a table may lack some."""
    return (
        ("ctid", "xmin::text::bigint", "xmax::text::bigint")
        if _url(place)
        else ("rowid", "request_hash", "digest", "key")
    )


def _orders(place, table, name):
    for column in _columns(place):
        try:
            yield _column(place, f"SELECT {name} FROM {table} ORDER BY {column}")
        except sqlite3.OperationalError:
            continue


def _files(folder):
    """Oldest first."""
    return sorted((path for path in Path(folder).rglob("*") if path.is_file()), key=_changed)


def _changed(path):
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _bytes(path):
    """What a file holds; a running database takes some of its files away meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _is_write_log(path):
    return path.name.endswith("-wal") or path.parent.name == "pg_wal"


def _entries_of_sessions(place, data):
    """The roll entries of sessions: the person's number is read as an operator with the secret key would."""
    script = (
        "import json,sys;from qlabs.base.core.sessions import SessionStore;"
        "print(json.dumps([SessionStore().decode(text).get('_auth_user_id') for text in json.load(sys.stdin)]))"
    )
    told = place.run("-m", "qlabs", "shell", "-v0", "-c", script, given=json.dumps(data))
    known = dict(_rows(place, f"SELECT person_id, id FROM {ROLL}"))
    return [
        known[int(person)] for person in json.loads(told.splitlines()[-1]) if person and int(person) in known
    ]
