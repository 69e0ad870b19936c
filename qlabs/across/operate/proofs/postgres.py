"""A PostgreSQL cluster of our own in a folder, so that it can be killed and read file by file."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .installation import free_port

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/usr/pgsql")


class NotHere(Exception):
    """No PostgreSQL server program on this machine, or nobody to run it as."""


class Cluster:
    """`url` reaches its database "qlabs"; `folder` holds its files."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.programs = programs()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/qlabs"

    def create(self):
        self._run("initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "qlabs")

    def start(self):
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        )
        self._run("pg_ctl", "-D", self.folder, "-w", "-o", options, "-l", self.folder / "log", "start")

    def kill(self):
        """Stop at once, as if the machine had died; the next start recovers from the log."""
        self._run("pg_ctl", "-D", self.folder, "-m", "immediate", "-w", "stop")

    def stop(self):
        self._run("pg_ctl", "-D", self.folder, "-m", "fast", "-w", "stop", check=False)

    def _run(self, program, *words, check=True):
        command = [*_as_owner(), str(self.programs / program), *map(str, words)]
        with (self.folder.parent / "programs.log").open("ab") as log:
            subprocess.run(  # noqa: S603 - our own words
                command, check=check, stdout=log, stderr=log, cwd=self.folder.parent
            )


@contextmanager
def cluster(*, home=None):
    """A running cluster, stopped and removed afterwards. Raises NotHere."""
    programs()
    folder = Path(home) if home else Path(tempfile.mkdtemp(prefix="qlabs-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    made = Cluster(folder / "data")
    try:
        made.create()
        yield made
    finally:
        made.stop()
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


def programs():
    found = sorted(path for place in PLACES for path in Path(place).glob("*/bin/initdb"))
    if not found:
        raise NotHere("PostgreSQL's server programs are not on this machine.")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        raise NotHere("PostgreSQL does not run as root, and there is no runuser.")
    return found[-1].parent


def _as_owner():
    """PostgreSQL refuses to run as root: its own account does it then."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
