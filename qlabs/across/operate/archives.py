"""What an archive holds and whether it is whole: all of it is checked before anything of it is used.

Its manifest names every table and every file with its hash, and is signed with a key that follows from the
installation's secret key, so that whoever holds the archive alone can change nothing in it unnoticed.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

FORMAT = "qlabs-backup-2"
MANIFEST, SEAL = "manifest.json", "manifest.seal"
CHUNK = 2**20
UNREADABLE = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError)
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Damaged(Exception):
    """The archive is not what it should be."""


@dataclass(frozen=True)
class Table:
    """The rows of one table as JSON lines."""

    name: str
    rows: int
    sha256: str

    @property
    def member(self):
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class File:
    """One picture or other file of the media folder."""

    name: str
    bytes: int
    sha256: str

    @property
    def member(self):
        return f"media/{self.name}"


@dataclass(frozen=True)
class Manifest:
    """All that an archive holds; `is_ours`: signed with a secret key of this installation."""

    tables: list
    files: list
    is_ours: bool = False

    def as_bytes(self):
        facts = {"format": FORMAT, "tables": self.tables, "files": self.files}
        return json.dumps(facts, default=asdict, indent=1).encode()


def private(path, flags):
    """An opener for `open`: a file that only its owner can read, whatever the umask."""
    return os.open(path, flags, 0o600)


def seal(content, secret=None):
    return salted_hmac("qlabs.operate.archives", content, secret=secret, algorithm="sha256").hexdigest()


@contextmanager
def opened(path):
    """The archive, to read from; one that is cut short or no archive is Damaged."""
    try:
        with tarfile.open(path, mode="r:gz") as archive:
            yield archive
    except UNREADABLE as problem:
        raise Damaged("The archive is cut short, or is no archive.") from problem


def checked(archive, *, tables):
    """The Manifest of an archive that holds what its manifest says and all of these tables; else Damaged."""
    members = archive.getmembers()
    while archive.fileobj.read(CHUNK):
        pass  # to the end, where the sum over all of it stands
    _refuse_odd(members)
    manifest = _manifest(archive)
    parts = {part.member: part for part in (*manifest.tables, *manifest.files)}
    _refuse_other_tables({table.name for table in manifest.tables}, set(tables))
    _refuse_other_members({member.name for member in members} - {MANIFEST, SEAL}, set(parts))
    for member in members:
        if member.name in parts:
            _check_content(archive, member, parts[member.name])
    return manifest


def content(archive, name):
    """The bytes of one member."""
    try:
        return archive.extractfile(name).read()
    except KeyError as problem:
        raise Damaged(f"{name} is missing from the archive.") from problem


def _refuse_odd(members):
    """Each name once, each a plain file, and none that leads out of its folder."""
    seen = set()
    for member in members:
        path = PurePosixPath(member.name)
        if member.name in seen:
            raise Damaged(f"{member.name} is in the archive twice.")
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise Damaged(f"{member.name} is not a plain file.")
        if ".." in path.parts or path.as_posix() != member.name or path.is_absolute() or "\\" in member.name:
            raise Damaged(f"{member.name} would be written outside the media folder.")
        seen.add(member.name)


def _manifest(archive):
    found = content(archive, MANIFEST)
    try:
        facts = json.loads(found)
        tables = [Table(**entry) for entry in facts["tables"]]
        files = [File(**entry) for entry in facts["files"]]
        is_known = facts["format"] == FORMAT
    except MALFORMED as problem:
        raise Damaged(
            f"{MANIFEST} cannot be read: it was damaged, or written by another version of Q Labs."
        ) from problem
    if not is_known:
        raise Damaged(f"{MANIFEST} was written by another version of Q Labs. Restore with that version.")
    return Manifest(tables, files, is_ours=_is_ours(archive, found))


def _is_ours(archive, found):
    """Signed with the secret key, or with a former one that still counts."""
    given = content(archive, SEAL) if SEAL in archive.getnames() else b""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(seal(found, secret), given) for secret in secrets)


def _refuse_other_tables(named, known):
    for name in sorted(named - known):
        raise Damaged(
            f"{name} is no table of this version of Q Labs. Restore with the version that wrote it."
        )
    for name in sorted(known - named):
        raise Damaged(f"The table {name} is missing. Restore with the version that wrote the archive.")


def _refuse_other_members(found, named):
    for name in sorted(found - named):
        raise Damaged(f"{name} is in the archive, but not in its manifest.")
    for name in sorted(named - found):
        raise Damaged(f"{name} is missing from the archive.")


def _check_content(archive, member, part):
    """The hash, and the rows of a table or the length of a file, read piece by piece."""
    mark, lines, reader = hashlib.sha256(), 0, archive.extractfile(member)
    while piece := reader.read(CHUNK):
        mark.update(piece)
        lines += piece.count(b"\n")
    if mark.hexdigest() != part.sha256:
        raise Damaged(f"{part.member} does not match its hash in the manifest.")
    if isinstance(part, Table) and lines != part.rows:
        raise Damaged(f"{part.member} holds {lines} rows, not the {part.rows} of the manifest.")
    if isinstance(part, File) and member.size != part.bytes:
        raise Damaged(f"{part.member} is {member.size} bytes long, not the {part.bytes} of the manifest.")
