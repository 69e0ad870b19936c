"""What somebody sees who looks into the database after every commit, or reads PostgreSQL's log of writes afterwards.

A sight is {"entry": the voter whose row on the roll changed, or None, "rows": [what each new row of the box shows]}. A
row shows every column: numbers and short words as they are, of anything longer or encrypted its length.
"""

import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg

from .postgres import NotHere, programs

ROLL, BOX = "ballots_rollentry", "ballots_sealedvote"
SHORT = 64
RECORD = re.compile(r"len \(rec/tot\): +\d+/ *(\d+),.*?desc: (INSERT|UPDATE|HOT_UPDATE)")
OFFSET = re.compile(r"(?:old_)?off:? (\d+)")
BLOCK = re.compile(r"blkref #(\d+): rel \d+/\d+/(\d+) blk (\d+)")


class Watcher:
    """Looks after every request. SQLite: at a copy of its files; PostgreSQL: at every column there is."""

    def __init__(self, *, home, url=""):
        self.home, self.url = Path(home), url
        self.roll, self.rows = self._look()

    def sight(self):
        roll, rows = self._look()
        changed = [entry for entry, facts in roll.items() if self.roll.get(entry) != facts]
        new = [row for name, row in rows.items() if name not in self.rows]
        self.roll, self.rows = roll, rows
        return {"entry": changed[0] if len(changed) == 1 else None, "rows": new}

    def _look(self):
        if self.url:
            with psycopg.connect(self.url) as connection:
                return _shown(connection, ROLL, "id"), _shown(connection, BOX, "digest")
        with tempfile.TemporaryDirectory() as folder:
            for file in self.home.glob("qlabs.sqlite3*"):
                shutil.copy(file, folder)
            with closing(sqlite3.connect(Path(folder) / "qlabs.sqlite3")) as connection:
                return _shown(connection, ROLL, "id"), _shown(connection, BOX, "digest")


def _shown(connection, table, name):
    """{name: {column: what it shows}}."""
    columns = [column[0] for column in connection.execute(f"SELECT * FROM {table} LIMIT 0").description]
    long = {"sealed"} & set(columns)
    asked = ", ".join(f"length({column})" if column in long else column for column in columns)
    rows = connection.execute(f"SELECT {name}, {asked} FROM {table}").fetchall()
    return {
        key: {column: _short(value) for column, value in zip(columns, row, strict=True)} for key, *row in rows
    }


def _short(value):
    return len(value) if isinstance(value, (str, bytes)) and len(value) > SHORT else value


class WriteLog:
    """PostgreSQL's log of writes between two moments, as `pg_waldump` tells it. Raises NotHere."""

    def __init__(self, *, url, folder):
        self.url, self.folder = url, Path(folder)
        self.program = _program()
        with psycopg.connect(url) as connection:
            self.places = dict(connection.execute(f"SELECT ctid::text, id FROM {ROLL}").fetchall())
            self.roll, self.box = _files(connection, ROLL), _files(connection, BOX)
            self.start = connection.execute("SELECT pg_current_wal_lsn()").fetchone()[0]

    def sights(self):
        with psycopg.connect(self.url) as connection:
            end = connection.execute("SELECT pg_current_wal_flush_lsn()").fetchone()[0]
        words = [self.program, "-p", self.folder / "pg_wal", "-s", self.start, "-e", end, "-r", "Heap"]
        done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
        return [sight for line in done.stdout.splitlines() if (sight := self._sight(line))]

    def _sight(self, line):
        record, blocks = RECORD.search(line), BLOCK.findall(line)
        if not record or not blocks:
            return None
        size, kind = int(record[1]), record[2]
        files = {file for _number, file, _block in blocks}
        if kind == "INSERT" and files & self.box:
            return {"entry": None, "rows": [{"log": "image" if "FPW" in line else size}]}
        if kind != "INSERT" and files & self.roll:
            return {"entry": self._moved(line, blocks), "rows": []}
        return None

    def _moved(self, line, blocks):
        """The voter whose row was written anew, by where it lay; it is followed to its new place."""
        old, new = OFFSET.findall(line)[0], OFFSET.findall(line)[-1]
        here, there = blocks[0][2], blocks[-1][2]
        entry = self.places.pop(f"({there},{old})", None)
        self.places[f"({here},{new})"] = entry
        return entry


def _files(connection, table):
    """The names of the files that hold a table and what is too long for it."""
    found = connection.execute(
        "SELECT pg_relation_filenode(oid), pg_relation_filenode(nullif(reltoastrelid, 0)) FROM pg_class"
        " WHERE relname = %s AND relkind = 'r'",
        (table,),
    ).fetchone()
    return {str(number) for number in found if number}


def _program():
    program = programs() / "pg_waldump"
    if not program.exists():
        raise NotHere("pg_waldump is not on this machine.")
    return program
