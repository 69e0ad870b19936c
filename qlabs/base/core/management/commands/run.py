import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand

GRACE = 8


class Command(BaseCommand):
    help = "Serve the pages and run the task worker under one parent, until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="more than one needs PostgreSQL")

    def handle(self, *args, host, port, processes, **options):
        if processes > 1 and not settings.ON_POSTGRES:
            self.stderr.write("SQLite is served by one process; set DATABASE_URL to use more.")
            processes = 1
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        children = {
            "server": _start(*_server(host, port, processes)),
            "worker": _start(sys.executable, "-m", "qlabs", "work"),
        }
        try:
            self._watch_over(children)
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            _stop(children.values())

    def _watch_over(self, children):
        """Return when the server ends; start the worker again when it dies."""
        while children["server"].poll() is None:
            if children["worker"].poll() is not None:
                self.stderr.write("The task worker stopped; starting it again.")
                time.sleep(1)
                children["worker"] = _start(sys.executable, "-m", "qlabs", "work")
            time.sleep(0.5)
        sys.exit(children["server"].returncode)


def _server(host, port, processes):
    yield from (sys.executable, "-m", "uvicorn", "qlabs.config.server:application")
    yield from ("--host", host, "--port", str(port), "--workers", str(processes))
    yield from ("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3")
    yield from ("--no-server-header", "--no-proxy-headers")


def _start(*command):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "qlabs.config.settings"}
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own words


def _stop(children):
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
