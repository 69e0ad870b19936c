"""A scratch installation: its own folder, database and server on loopback, which may be killed at any moment."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

START = 60
PORTS = range(23000, 29000)


class DidNotStart(Exception):
    """The scratch server never answered."""


class Installation:
    """Where it is (`home`), how to reach its database (`environment`), and its server if one runs."""

    def __init__(self, home, *, database_url=""):
        self.home = Path(home)
        self.port = free_port()
        self.log = self.home / "server.log"
        self.server = None
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("QLABS_", "DATABASE_"))
            },
            "DJANGO_SETTINGS_MODULE": "qlabs.config.settings",
            "QLABS_VAR": str(self.home),
            "QLABS_URL": f"http://127.0.0.1:{self.port}",
            **({"DATABASE_URL": database_url} if database_url else {}),
        }

    def qlabs(self, *words):
        """Run one `qlabs` command; its output."""
        return self.run("-m", "qlabs", *words)

    def scene(self, act, **wish):
        """Do one act of the `proof-scene` command inside the installation."""
        return json.loads(self.run("-m", "qlabs", "proof_scene", act, given=json.dumps(wish)))

    def serve(self, *, workers=1):
        """Start the server and wait until it answers."""
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(  # noqa: S603 - our own words
                list(self._server(workers)),
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def kill(self):
        """SIGKILL the server and all that it started, as a power cut would."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def workers(self):
        """Process numbers of the server's own workers (those that it starts again when they die)."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text(
            encoding="ascii"
        )
        return [int(pid) for pid in children.split() if _serves(pid)]

    def stop(self):
        if self.server and self.server.poll() is None:
            self.kill()

    def _server(self, workers):
        yield from (sys.executable, "-m", "qlabs.config.serve")
        yield from ("--host", "127.0.0.1", "--port", str(self.port), "--processes", str(workers))

    def answers(self):
        """Whether the server answers at this moment."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                return False
        return True

    def _wait(self):
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and self.server.poll() is None:
            if self.answers():
                return
            time.sleep(0.05)
        raise DidNotStart(self.log.read_text(encoding="utf-8")[-2000:])

    def run(self, *words, given=""):
        """Run Python inside the installation; its output."""
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr[-3000:]}")
        return done.stdout


@contextmanager
def scratch(*, database_url="", home=None):
    """A migrated scratch installation in a folder of its own, stopped and removed afterwards."""
    folder = Path(home) if home else Path(tempfile.mkdtemp(prefix="qlabs-proof-"))
    installation = Installation(folder, database_url=database_url)
    try:
        installation.qlabs("migrate", "-v0")
        yield installation
    finally:
        installation.stop()
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


def wait_for(file):
    """Return as soon as the file is there."""
    while not file.exists():
        time.sleep(0.005)


def _serves(pid):
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def free_port():
    """Below the range that the kernel gives to clients, so that a restarted server finds its port free.

    Drawn, so that two proofs at once on one machine do not choose the same.
    """
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise DidNotStart("no free port")
