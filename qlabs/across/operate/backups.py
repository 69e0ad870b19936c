"""One archive of everything, from either database into either: rows as JSON lines, pictures, and a hash of each table.

Ballots of a vote that is still open are left out: a copy made while people vote must not help anyone to join a voter
to a ballot. Sessions are left out too: after a restore people sign in again.
"""

import gzip
import hashlib
import io
import json
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from qlabs.choose.ballots import guards
from qlabs.choose.ballots.models import State
from qlabs.choose.ballots.queries import OPEN_BOX_TABLES

LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission"}
MANIFEST = "manifest.json"


class ToTheMicrosecond(DjangoJSONEncoder):
    """Moments as they are stored; Django's own encoder rounds them, which would break the event log's hashes."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class NotEmpty(Exception):
    """The database to restore into already holds rows."""


class Damaged(Exception):
    """The archive is not what its own manifest says."""


@dataclass(frozen=True)
class Table:
    """One table of an archive."""

    name: str
    rows: int
    sha256: str


def models():
    """Every model that is kept, those that others point to first."""
    kept = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    named = {model._meta.label_lower: model for model in kept}
    ordered = serializers.sort_dependencies([(config, None) for config in apps.get_app_configs()])
    return [model for model in ordered if model._meta.label_lower in named.keys() - LEFT_OUT]


def tables():
    """(Table, its JSON lines) for each model, from one consistent view of the database."""
    for model in models():
        lines = _lines(model)
        yield Table(model._meta.label_lower, lines.count(b"\n"), hashlib.sha256(lines).hexdigest()), lines


def write(path):
    """Write an archive that only its owner can read; return its tables."""
    path = Path(path)
    path.touch(mode=0o600, exist_ok=False)
    told = []
    with transaction.atomic(), path.open("wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table, lines in tables():
            _add(archive, f"tables/{table.name}.jsonl", lines)
            told.append(table)
        _add_media(archive)
        _add(archive, MANIFEST, json.dumps([vars(table) for table in told], indent=1).encode())
    return told


def restore(path):
    """Fill an empty, migrated database and the media folder from an archive; return its tables."""
    with tarfile.open(path, mode="r:gz") as archive:
        told = [Table(**entry) for entry in json.loads(_member(archive, MANIFEST))]
        with transaction.atomic(), connection.constraint_checks_disabled():
            _refuse_unless_empty()
            with _guards_dismissed():
                for table in told:
                    _load(table, _member(archive, f"tables/{table.name}.jsonl"))
        connection.check_constraints()
        _reset_sequences()
        _restore_media(archive)
    return told


@contextmanager
def _guards_dismissed():
    """Ballots that were open or declared come back as they were, which their guards would refuse."""
    with connection.cursor() as cursor:
        guards.dismiss(connection.vendor, cursor.execute)
        yield
        guards.post(connection.vendor, cursor.execute)


def _lines(model):
    """Sorted as bytes: the databases disagree on the order of text."""
    rows = model._base_manager.order_by("pk")
    if model._meta.db_table in OPEN_BOX_TABLES:
        rows = rows.exclude(ballot__state=State.OPEN)
    text = io.StringIO()
    serializers.serialize(
        "jsonl", rows.iterator(chunk_size=2000), stream=text, cls=ToTheMicrosecond, sort_keys=True
    )
    return b"".join(sorted(text.getvalue().encode().splitlines(keepends=True)))


def _load(table, lines):
    if hashlib.sha256(lines).hexdigest() != table.sha256:
        raise Damaged(f"{table.name} does not match its hash in the manifest.")
    for row in serializers.deserialize("jsonl", lines.decode()):
        row.save()


def _refuse_unless_empty():
    for model in models():
        if model._meta.label_lower.startswith("people.") and model.objects.exists():
            raise NotEmpty(
                f"{model._meta.verbose_name_plural} are here already; restore into a new database."
            )


def _reset_sequences():
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)


def _add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))


def _add_media(archive):
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")) if root.exists() else ():
        if file.is_file():
            _add(archive, f"media/{file.relative_to(root).as_posix()}", file.read_bytes())


def _member(archive, name):
    try:
        return archive.extractfile(name).read()
    except (KeyError, gzip.BadGzipFile, EOFError) as problem:
        raise Damaged(f"{name} is missing or unreadable in the archive.") from problem


def _restore_media(archive):
    root = Path(settings.MEDIA_ROOT).resolve()
    for entry in archive.getmembers():
        if entry.isfile() and entry.name.startswith("media/"):
            target = (root / entry.name.removeprefix("media/")).resolve()
            if not target.is_relative_to(root):
                raise Damaged(f"{entry.name} would leave the media folder.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.extractfile(entry).read())
