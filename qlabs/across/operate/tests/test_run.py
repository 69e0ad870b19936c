"""`qlabs run` in a process of its own: what it says before it starts, and what it leaves behind when it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from qlabs.base.core import lifeline

NOT_OURS = ("QLABS_", "DATABASE_", "DJANGO_")
PATIENCE = 60


def environment(home, **more):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    return plain | {"QLABS_VAR": str(home)} | more


def qlabs(home, *words, **more):
    return subprocess.run(
        [sys.executable, "-m", "qlabs", *words],
        env=environment(home, **more), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as bound:
        return bound.getsockname()[1]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    home = tmp_path_factory.mktemp("var")
    assert qlabs(home, "migrate", "-v0").returncode == 0
    return home


@pytest.fixture
def running(migrated):
    """A server that answers, and its children."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "qlabs", "run", "--port", str(port)],
        env=environment(migrated), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        while "Q Labs is at" not in (line := parent.stdout.readline()):
            assert line
        yield parent, children_of(parent.pid)
        parent.kill()


def children_of(pid):
    """All that it started, and what those started."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    near = [int(child) for child in told.split()]
    return near + [far for child in near for far in children_of(child)]


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(done):
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize(
    "signals",
    [
        [signal.SIGHUP],
        [signal.SIGTERM],
        [signal.SIGINT, signal.SIGINT],
        [signal.SIGTERM, signal.SIGHUP],
        [signal.SIGKILL],
    ],
    ids=lambda signals: "-".join(one.name for one in signals),
)
def test_however_it_is_stopped_no_child_is_left_and_nothing_is_traced(running, signals):
    parent, children = running
    assert len(children) >= 2
    for one in signals:
        parent.send_signal(one)
        time.sleep(0.1)
    _said, complained = parent.communicate(timeout=PATIENCE)
    wait_for(lambda: not any(map(is_alive, children)))
    assert "Traceback" not in complained


@pytest.fixture
def several(migrated):
    """A server of two processes that answers, what it started, and the line that keeps it running."""
    theirs, ours = os.pipe()
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "qlabs.config.serve", "--port", str(port), "--processes", "2"],
        env=environment(migrated, **{lifeline.NAME: str(theirs)}),
        pass_fds=(theirs,),
    ) as server:
        os.close(theirs)
        wait_for(lambda: answers(port))
        yield server, children_of(server.pid), ours
        server.kill()


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_several_processes_answer_and_end_with_whoever_started_them(several):
    server, workers, line = several
    assert len(workers) >= 2
    os.close(line)
    server.wait(PATIENCE)
    wait_for(lambda: not any(map(is_alive, workers)))


@pytest.mark.parametrize("port", ["0", "70000", "-1", "eighty", "²"])
def test_an_impossible_port_is_said_before_anything_else(tmp_path, port):
    done = qlabs(tmp_path, "run", "--prepare", f"--port={port}")
    assert done.stderr == f"CommandError: {port} is no port. Set PORT to a number from 1 to 65535.\n"
    assert (done.returncode, done.stdout) == (1, "")


def test_an_address_of_another_machine_is_said(tmp_path):
    done = qlabs(tmp_path, "run", "--host", "192.0.2.1", "--port", str(free_port()))
    assert "HOST is 192.0.2.1, which is no address of this machine." in done.stderr


def test_a_taken_port_is_said_before_anything_else_and_its_holder_is_not_taken_for_ours(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = qlabs(tmp_path, "run", "--prepare", "--port", str(port))
    assert f"Port {port} on 127.0.0.1 is in use by another program" in done.stderr
    assert (done.returncode, done.stdout, (tmp_path / "qlabs.sqlite3").exists()) == (1, "", False)


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--port", "{port}"), ("work",), ("restore", "x.tar.gz"), ("backup", "x.tar.gz"), ("verify-log",),
        ("add-operator", "ada@example.org", "Ada"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_database_without_its_tables_or_out_of_reach_is_told_in_a_sentence(tmp_path, words):
    words = [word.format(port=free_port()) for word in words]
    unmigrated = qlabs(tmp_path, *words)
    assert "Run `python -m qlabs migrate` first." in unmigrated.stderr
    unreachable = qlabs(tmp_path, *words, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert "The database cannot be reached:" in unreachable.stderr
    for done in (unmigrated, unreachable):
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") <= 2


def test_a_database_of_a_newer_version_is_told_in_a_sentence(migrated, tmp_path):
    import shutil
    import sqlite3

    shutil.copy(migrated / "qlabs.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "qlabs.sqlite3", isolation_level=None)) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('lab', '9999_later', '2030-01-01')"
        )
    assert "of a newer version of Q Labs" in qlabs(tmp_path, "work", "--once").stderr


def test_its_health_is_told_to_whoever_asks_by_number(client, db):
    assert client.get("/healthz", headers={"host": "10.1.2.3"}).status_code == 200
    assert client.get("/", headers={"host": "10.1.2.3"}).status_code == 400
