"""One archive of everything, from either database: rows as JSON lines, pictures, and a signed manifest of their hashes.

Ballot boxes that have not been counted are left out: a copy made while people vote must not help anyone to join a voter
to a ballot. Sessions are left out too: after a restore people sign in again.
"""

import hashlib
import io
import tarfile
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from qlabs.choose.ballots.queries import OPEN_BOX_TABLES

from .archives import MANIFEST, SEAL, File, Manifest, Table, private, seal

LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission"}


class ToTheMicrosecond(DjangoJSONEncoder):
    """Moments as they are stored; Django's own encoder rounds them, which would break the event log's hashes."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


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
        yield Table(model._meta.label_lower, lines.count(b"\n"), _sha256(lines)), lines


def write(path):
    """Write an archive that only its owner can read; return its Manifest. Nothing is left of one that fails."""
    path = Path(path)
    with open(path, "xb", opener=private) as raw:
        try:
            with tarfile.open(fileobj=raw, mode="w:gz") as archive:
                return _fill(archive)
        except BaseException:
            path.unlink()
            raise


@transaction.atomic
def _fill(archive):
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    manifest = Manifest([], [])
    for table, lines in tables():
        _add(archive, table.member, lines)
        manifest.tables.append(table)
    for file, found in _files():
        _add(archive, file.member, found)
        manifest.files.append(file)
    _add(archive, MANIFEST, manifest.as_bytes())
    _add(archive, SEAL, seal(manifest.as_bytes()).encode())
    return manifest


def _lines(model):
    """Sorted as bytes: the databases disagree on the order of text."""
    rows = model._base_manager.order_by("pk")
    if model._meta.db_table in OPEN_BOX_TABLES:
        rows = rows.none()
    text = io.StringIO()
    serializers.serialize(
        "jsonl", rows.iterator(chunk_size=2000), stream=text, cls=ToTheMicrosecond, sort_keys=True
    )
    return b"".join(sorted(text.getvalue().encode().splitlines(keepends=True)))


def _files():
    """(File, its bytes) for everything in the media folder."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file():
            found = path.read_bytes()
            yield File(path.relative_to(root).as_posix(), len(found), _sha256(found)), found


def _add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))


def _sha256(content):
    return hashlib.sha256(content).hexdigest()
