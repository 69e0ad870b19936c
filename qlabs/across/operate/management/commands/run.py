import http.client
import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

GRACE = 8
START = 60


class Command(BaseCommand):
    help = "Serve the pages and run the task worker under one parent, until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="more than one needs PostgreSQL")
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="migrate first; outside production load the demo when empty",
        )

    def handle(self, *args, host, port, processes, prepare, **options):
        if processes > 1 and not settings.ON_POSTGRES:
            raise CommandError(
                "SQLite is served by one process. Set DATABASE_URL to a PostgreSQL to use more."
            )
        if prepare:
            self._prepare()
        signal.signal(signal.SIGTERM, _interrupt)
        children = {"server": _start(*_server(host, port, processes)), "worker": _start(*WORKER)}
        try:
            self._greet(children["server"], host, port)
            self._watch_over(children)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            _stop(children.values())

    def _prepare(self):
        self.stdout.write("Preparing the database ...")
        call_command("migrate", verbosity=0)
        if not settings.PRODUCTION:
            call_command("demo", if_empty=True)

    def _greet(self, server, host, port):
        _wait_until_it_answers(server, host, port)
        named = "localhost" if host == "127.0.0.1" else host  # browsers keep passkeys for names only
        self.stdout.write(f"\nQ Labs is at http://{named}:{port}/   (Ctrl-C stops it)\n")
        self.stdout.flush()

    def _watch_over(self, children):
        """Return when the server ends; start the worker again when it dies."""
        while children["server"].poll() is None:
            if children["worker"].poll() is not None:
                self.stderr.write("The task worker stopped; starting it again.")
                time.sleep(1)
                children["worker"] = _start(*WORKER)
            time.sleep(0.5)
        raise CommandError("The server stopped by itself; its last words are above.")


WORKER = (sys.executable, "-m", "qlabs", "work")


def _server(host, port, processes):
    yield from (sys.executable, "-m", "qlabs.config.serve")
    yield from ("--host", host, "--port", str(port), "--processes", str(processes))


def _interrupt(signum, frame):
    raise KeyboardInterrupt


def _start(*command):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "qlabs.config.settings"}
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own words


def _wait_until_it_answers(server, host, port):
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0]})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise CommandError(f"The server did not start on {host}:{port}. Is the port taken? Set PORT to another.")


def _stop(children):
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
