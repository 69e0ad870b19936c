"""An archive is checked whole before anything of it is written; whatever is wrong with it is one sentence."""

import gzip
import hashlib
import io
import json
import os
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from qlabs.across.operate import archives, backups, restoring
from qlabs.base.core import events
from qlabs.base.core.models import Chain, Event
from qlabs.base.core.verification import verify
from qlabs.base.lab.models import Lab
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
PICTURE = b"\x89PNG picture"
PEOPLE = "tables/people.person.jsonl"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def parts():
    """{member: bytes} of an installation with a person, a lab and a picture; the database is empty again."""
    person = PersonFactory(name="Ann Reed")
    events.record(LabFactory(slug="asthma"), by=person, what="lab.created", at=AT)
    found = {table.member: lines for table, lines in backups.tables()}
    for model in (Event, Chain, Lab, Person):
        model.objects.all().delete()
    return found | {"media/story/a.png": PICTURE}


def manifest_of(parts, **changes):
    """The manifest that fits these parts, with some facts changed: {member: {name: value}}."""
    tables, files = [], []
    for member, content in parts.items():
        facts = {"sha256": hashlib.sha256(content).hexdigest()}
        if member.startswith("tables/"):
            facts |= {"name": member[7:-6], "rows": content.count(b"\n")}
            tables.append(facts | changes.get(member, {}))
        else:
            facts |= {"name": member.removeprefix("media/"), "bytes": len(content)}
            files.append(facts | changes.get(member, {}))
    return json.dumps({"format": archives.FORMAT, "tables": tables, "files": files}).encode()


def packed(path, parts, *, manifest=None, seal=None, more=()):
    """An archive on disk of these parts; `more` are further (TarInfo, bytes)."""
    manifest = manifest_of(parts) if manifest is None else manifest
    seal = archives.seal(manifest).encode() if seal is None else seal
    named = [*parts.items(), (archives.MANIFEST, manifest), (archives.SEAL, seal)]
    with tarfile.open(path, "w:gz") as archive:
        for info, content in [*((tarfile.TarInfo(name), content) for name, content in named), *more]:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def refusal(path, **options):
    """The sentence with which an archive is refused, once it is sure that nothing of it was written."""
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(path), **options)
    assert not Person.objects.exists()
    assert not Event.objects.exists()
    root = restoring.settings.MEDIA_ROOT
    assert [file for file in Path(root).parent.rglob("*") if file.is_file() and file != Path(path)] == []
    return str(caught.value)


def test_a_whole_archive_comes_back(tmp_path, parts, media):
    manifest, stopped = restoring.restore(packed(tmp_path / "a", parts), at=AT)
    assert (manifest.is_ours, stopped) == (True, [])
    assert Person.objects.get().name == "Ann Reed"
    assert (media / "story" / "a.png").read_bytes() == PICTURE
    assert (media / "story" / "a.png").stat().st_mode & 0o077 == 0
    assert verify() == []
    restored = Event.objects.get(what="operate.restored")
    assert restored.facts["signed"] is True
    assert len(restored.facts["manifest_sha256"]) == 64


def test_an_archive_of_another_key_is_refused(tmp_path, parts, settings):
    path = packed(tmp_path / "a", parts)
    settings.SECRET_KEY = "another"
    assert refusal(path).startswith(
        "The archive is not signed with this installation's secret key. Set QLABS_"
    )


def test_a_former_key_still_counts(tmp_path, parts, settings):
    path = packed(tmp_path / "a", parts)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert restoring.restore(path, at=AT)[0].is_ours


def test_an_unsigned_archive_comes_back_when_asked_for_with_a_warning(tmp_path, parts, capsys):
    path = packed(tmp_path / "a", parts, seal=b"0" * 64)
    call_command("restore", str(path), unsigned=True)
    assert "WARNING: nobody vouches for this archive." in capsys.readouterr().err
    assert Event.objects.get(what="operate.restored").facts["signed"] is False


def test_a_manifest_changed_after_signing_is_refused(tmp_path, parts):
    seal = archives.seal(manifest_of(parts)).encode()
    forged = parts | {PEOPLE: parts[PEOPLE].replace(b"Ann Reed", b"Eve Hill")}
    assert "is not signed" in refusal(packed(tmp_path / "a", forged, seal=seal))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda all_: all_ | {PEOPLE: all_[PEOPLE].replace(b"Ann", b"Eve")}, "does not match its hash"),
        (lambda all_: all_ | {"media/story/a.png": b"other"}, "media/story/a.png does not match its hash"),
        (lambda all_: {name: all_[name] for name in all_ if name != PEOPLE}, f"{PEOPLE} is missing from"),
        (lambda all_: {name: all_[name] for name in all_ if "media" not in name}, "a.png is missing from"),
        (lambda all_: all_ | {"media/b.png": b"x"}, "media/b.png is in the archive, but not in its manifest"),
        (lambda all_: all_ | {"notes.txt": b"x"}, "notes.txt is in the archive, but not in its manifest"),
    ],
)
def test_what_differs_from_the_manifest_is_refused_even_unsigned(tmp_path, parts, spoil, said):
    path = packed(tmp_path / "a", spoil(parts), manifest=manifest_of(parts))
    assert said in refusal(path, unsigned=True)


@pytest.mark.parametrize(
    ("member", "facts", "said"),
    [
        (PEOPLE, {"rows": 2}, f"{PEOPLE} holds 1 rows, not the 2 of the manifest."),
        (PEOPLE, {"name": "people.nobody"}, "people.nobody is no table of this version"),
        ("media/story/a.png", {"bytes": 7}, "is 12 bytes long, not the 7"),
        ("media/story/a.png", {"size": 7}, "manifest.json cannot be read"),
    ],
)
def test_a_wrong_manifest_is_refused(tmp_path, parts, member, facts, said):
    manifest = manifest_of(parts, **{member: facts})
    assert said in refusal(packed(tmp_path / "a", parts, manifest=manifest))


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": "x", "tables": [], "files": []}']
)
def test_what_is_no_manifest_is_refused(tmp_path, parts, manifest):
    assert "manifest.json" in refusal(packed(tmp_path / "a", parts, manifest=manifest))


def test_a_missing_table_is_refused(tmp_path, parts):
    fewer = {name: content for name, content in parts.items() if name != PEOPLE}
    assert refusal(packed(tmp_path / "a", fewer)).startswith("The table people.person is missing.")


@pytest.mark.parametrize(
    "name", ["media/../evil", "/media/evil", "media//evil", "media/a/../../../evil", "media/..\\evil"]
)
def test_a_file_that_would_leave_its_folder_is_refused(tmp_path, parts, name):
    path = packed(tmp_path / "a", parts | {name: b"x"})
    assert "would be written outside the media folder" in refusal(path)


def test_a_member_that_is_there_twice_is_refused(tmp_path, parts):
    again = (tarfile.TarInfo(PEOPLE), parts[PEOPLE])
    assert refusal(packed(tmp_path / "a", parts, more=[again])) == f"{PEOPLE} is in the archive twice."


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_folder_is_refused(tmp_path, parts, kind):
    info = tarfile.TarInfo("media/link")
    info.type, info.linkname = kind, "/etc/passwd"
    assert refusal(packed(tmp_path / "a", parts, more=[(info, b"")])) == "media/link is not a plain file."


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_an_archive_cut_short_is_refused(tmp_path, parts, share):
    path = packed(tmp_path / "a", parts)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert refusal(path) == "The archive is cut short, or is no archive."


def test_an_archive_cut_short_and_packed_again_is_refused(tmp_path, parts):
    path = packed(tmp_path / "a", parts)
    inside = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(inside[: inside.index(b"manifest.json")] + bytes(1024)))
    assert refusal(path) == "manifest.json is missing from the archive."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            b'{"model": "people.person", "pk": 1, "fields": {"name": []}}\n',
            "holds a row that cannot be stored",
        ),
        (b'{"model": "people.nobody", "pk": 1, "fields": {}}\n', "holds a row that cannot be stored"),
        (b"{\n", "holds a row that cannot be stored"),
        (b"\xff\n", "holds a row that cannot be stored"),
        (b'{"model": "core.chain", "pk": 9, "fields": {}}\n', "holds a row of another table"),
    ],
)
def test_rows_that_cannot_be_are_refused(tmp_path, parts, row, said):
    assert said in refusal(packed(tmp_path / "a", parts | {PEOPLE: row}))


def test_a_row_that_points_nowhere_is_refused(tmp_path, parts):
    assert "points to a row that is not in it" in refusal(packed(tmp_path / "a", parts | {PEOPLE: b""}))


def test_a_row_that_is_there_twice_is_refused(tmp_path, parts):
    twice = parts | {PEOPLE: parts[PEOPLE] * 2}
    assert "holds a row twice" in refusal(packed(tmp_path / "a", twice))


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"not an archive")
    assert refusal(tmp_path / "a") == "The archive is cut short, or is no archive."


def test_files_that_are_there_already_are_left_alone(tmp_path, parts, media):
    path = packed(tmp_path / "a", parts)
    media.mkdir()
    (media / "mine.png").write_bytes(b"mine")
    with pytest.raises(restoring.NotEmpty):
        restoring.restore(path, at=AT)
    assert [file.name for file in media.iterdir()] == ["mine.png"]


@pytest.mark.django_db(transaction=True)
def test_a_back_up_is_for_its_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        backups.write(tmp_path / "a.tar.gz")
    finally:
        os.umask(before)
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o777 == 0o600
