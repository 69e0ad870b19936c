"""What is backed up comes back equal, into either database, and a back-up made while people vote holds no ballot."""

import json
import tarfile
from contextlib import contextmanager

import pytest
from django.conf import settings

from qlabs.across.operate.proofs.installation import scratch
from qlabs.across.operate.proofs.postgres import NotHere, cluster

pytestmark = pytest.mark.slow


@contextmanager
def other_installation():
    """An empty installation on the database that these tests run on."""
    if not settings.ON_POSTGRES:
        with scratch() as place:
            yield place
        return
    try:
        with cluster() as server, scratch(database_url=server.url) as place:
            yield place
    except NotHere as reason:
        pytest.skip(str(reason))


def manifest(path):
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile("manifest.json"))


def table(path, name):
    with tarfile.open(path) as archive:
        return archive.extractfile(f"tables/{name}.jsonl").read().decode().splitlines()


def let_vote(place, told, many):
    """The first of the voters vote, without a choice."""
    order = [voter["entry"] for voter in told["voters"][:many]]
    place.scene("vote", told=told, order=order, said={entry: [["", ""]] for entry in order})


def with_the_key_of(place, other):
    """An installation that was given another's secret key, as a new machine is."""
    place.environment["QLABS_SECRET_KEY"] = (other.home / "secret-key").read_text()
    return place


def without_the_restoring(path):
    """The manifest's tables without the log, which has one event more."""
    return [table for table in manifest(path)["tables"] if table["name"] not in ("core.chain", "core.event")]


def test_a_back_up_leaves_open_ballots_out_and_restores_equal_hashes():
    with scratch() as first, other_installation() as second:
        told = first.scene("open", voters=7, breakdowns=["nation"])
        let_vote(first, told, 5)
        picture = first.home / "media" / "story" / "a.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"\x89PNG picture")

        first.qlabs("backup", str(first.home / "open.tar.gz"))
        assert table(first.home / "open.tar.gz", "ballots.sealedvote") == []
        assert len(table(first.home / "open.tar.gz", "ballots.rollentry")) == 7

        declared = first.scene("close", ballot=told["ballot"])
        first.qlabs("backup", str(first.home / "closed.tar.gz"))
        with pytest.raises(RuntimeError, match="not signed with this installation's secret key"):
            second.qlabs("restore", str(first.home / "closed.tar.gz"))
        with_the_key_of(second, first).qlabs("restore", str(first.home / "closed.tar.gz"))
        second.qlabs("verify-log")
        second.qlabs("backup", str(second.home / "again.tar.gz"))
        closed, again = first.home / "closed.tar.gz", second.home / "again.tar.gz"
        assert without_the_restoring(again) == without_the_restoring(closed)
        assert manifest(again)["files"] == manifest(closed)["files"] != []
        assert len(table(second.home / "again.tar.gz", "ballots.countedvote")) == declared["signed"] == 5
        assert (second.home / "media" / "story" / "a.png").read_bytes() == b"\x89PNG picture"

        with pytest.raises(RuntimeError, match="restore into a new database"):
            second.qlabs("restore", str(first.home / "closed.tar.gz"))
        second.scene("open", voters=6)


@pytest.mark.parametrize("voted", [0, 4])
def test_a_vote_restored_while_it_was_open_is_stopped_however_many_had_voted(voted):
    with scratch() as first, other_installation() as second:
        told = first.scene("open", voters=6)
        let_vote(first, told, voted)
        first.qlabs("backup", str(first.home / "open.tar.gz"))
        said = with_the_key_of(second, first).qlabs("restore", str(first.home / "open.tar.gz"))
        assert "Stopped, because back-ups hold no open box: Which theme?" in said
        second.qlabs("verify-log")
        second.qlabs("backup", str(second.home / "stopped.tar.gz"))
        [ballot] = map(json.loads, table(second.home / "stopped.tar.gz", "ballots.ballot"))
        assert ballot["fields"]["state"] == "stopped"


def test_a_damaged_archive_changes_nothing(tmp_path):
    with scratch() as place:
        broken = tmp_path / "broken.tar.gz"
        broken.write_bytes(b"not an archive")
        with pytest.raises(RuntimeError, match="CommandError"):
            place.qlabs("restore", str(broken))
        place.scene("open", voters=6)
        place.qlabs("backup", str(tmp_path / "whole.tar.gz"))
        with pytest.raises(RuntimeError, match="name a new file"):
            place.qlabs("backup", str(tmp_path / "whole.tar.gz"))
