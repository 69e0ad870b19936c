import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from qlabs.base.core import lifeline
from qlabs.base.core.readiness import refuse_unready

GRACE = 8
START = 60
LONGEST_PAUSE = 60
WORKER = ("-m", "qlabs", "work")
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NO_PORT = "{port} is no port. Set PORT to a number from 1 to 65535."
TAKEN = "Port {port} on {host} is in use by another program. Set PORT to another, or stop that program."


class Command(BaseCommand):
    help = "Serve the pages and run the task worker under one parent, until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
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
        for ending in ENDINGS:
            signal.signal(ending, _interrupt)
        try:
            with _bound(host, port) as bound:
                self._run(bound, host, processes, prepare)
        except KeyboardInterrupt:
            self._say("\nStopped.")

    def _run(self, bound, host, processes, prepare):
        if prepare:
            self._prepare()
        refuse_unready()
        children = Children(bound, processes)
        try:
            self._greet(children, host, bound.getsockname()[1])
            self._watch_over(children)
        finally:
            for ending in ENDINGS:  # whoever presses Ctrl-C twice would else leave a child behind
                signal.signal(ending, signal.SIG_IGN)
            children.stop()

    def _prepare(self):
        self._say("Preparing the database ...")
        call_command("migrate", verbosity=0)
        if not settings.PRODUCTION:
            call_command("demo", if_empty=True)

    def _greet(self, children, host, port):
        _wait_until_it_answers(children.server, host, port)
        named = "localhost" if host == "127.0.0.1" else host  # browsers keep passkeys for names only
        self._say(f"\nQ Labs is at http://{named}:{port}/   (Ctrl-C stops it)\n")

    def _watch_over(self, children):
        """Return when the server ends; start the worker again when it dies, each time a little later."""
        pause = 1
        while children.server.poll() is None:
            if children.worker.poll() is not None:
                self.stderr.write(f"The task worker stopped; starting it again in {pause} s.")
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                children.start_worker()
            time.sleep(0.5)
        raise CommandError("The server stopped by itself; its last words are above.")

    def _say(self, words):
        """A closed terminal hears nothing more, which must not keep the children running."""
        try:
            self.stdout.write(words)
            self.stdout.flush()
        except OSError:
            pass


class Children:
    """The server and the worker; both end when this process does, whatever ends it."""

    def __init__(self, bound, processes):
        self.line, self.kept = lifeline.hold()
        self.server = self._start(
            *("-m", "qlabs.config.serve", "--fd", str(bound.fileno()), "--processes", str(processes)),
            fds=(bound.fileno(),),
        )
        self.start_worker()

    def start_worker(self):
        self.worker = self._start(*WORKER)

    def stop(self):
        for child in (self.server, self.worker):
            if child.poll() is None:
                child.terminate()
        for child in (self.server, self.worker):
            try:
                child.wait(GRACE)
            except subprocess.TimeoutExpired:
                child.kill()

    def _start(self, *words, fds=()):
        ours = {"DJANGO_SETTINGS_MODULE": "qlabs.config.settings", lifeline.NAME: str(self.line)}
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, *words],
            env={**os.environ, **ours},
            pass_fds=(self.line, *fds),
            start_new_session=True,
        )


def _interrupt(signum, frame):
    raise KeyboardInterrupt


def _bound(host, port):
    """A socket that is ours before anything else is done, so that nobody else's answer is taken for our server's."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise CommandError(NO_PORT.format(port=port))
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, proto)
    except (OSError, UnicodeError) as problem:
        raise CommandError(f"HOST is {host}, which is no address of this machine.") from problem
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
    except PermissionError as problem:
        raise CommandError(f"Port {port} is kept for root. Set PORT to a number above 1023.") from problem
    except OSError as problem:
        bound.close()
        taken = problem.errno == errno.EADDRINUSE
        told = TAKEN if taken else "HOST is {host}, which is no address of this machine."
        raise CommandError(told.format(host=host, port=port)) from problem
    return bound


def _wait_until_it_answers(server, host, port):
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise CommandError("The server did not start; its last words are above.")
