"""The real server with senders and readers who are slow, stop, or have no end: the others' pages come all the same."""

import hashlib
import os
import select
import socket
import threading
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from django.conf import settings

from qlabs.across.operate.proofs.installation import free_port
from qlabs.config import server
from qlabs.config.protocol import Prompt

FORM, FILE = "/account/login/", "/labs/asthma/story/write/"
MANY = settings.SERVER_THREADS + 3
LONG = 60  # seconds that a test waits before it gives up; nothing is measured


class Quick(Prompt):
    head_seconds = 1
    fetch_seconds = 3


class Pages:
    """A WSGI application that echoes; one that takes a file waits until it is let go."""

    def __init__(self):
        self.go = threading.Event()
        self.go.set()

    def __call__(self, environ, start_response):
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ["PATH_INFO"] == FILE:
            self.go.wait(LONG)
        said = hashlib.sha256(content).hexdigest().encode()
        parts = [said] if environ["PATH_INFO"] != "/large" else [bytes(100_000)] * 100
        start_response("200 OK", [("Content-Length", str(sum(map(len, parts))))])
        return iter(parts)


@contextmanager
def serving(**patience):
    pages, port = Pages(), free_port()
    config = uvicorn.Config(
        server.ready(pages, **patience), http=Quick, port=port, lifespan="off", log_level="critical"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        pass
    try:
        yield pages, port
    finally:
        pages.go.set()
        running.should_exit = running.force_exit = True
        thread.join()


def ask(port, *, path="/", body=b"", sent=None, head=""):
    """A connection that has sent a request, or the first bytes of one."""
    line = socket.create_connection(("127.0.0.1", port), timeout=LONG)
    method = "POST" if body else "GET"
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    line.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{length}{head}\r\n".encode())
    line.sendall(body if sent is None else body[:sent])
    return line


def answer(line):
    """(status, text) of what comes."""
    with line, line.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        length = 0
        while (told := stream.readline().strip().lower()) != b"":
            if told.startswith(b"content-length:"):
                length = int(told.split(b":")[1])
        return status, stream.read(length).decode()


def page(port):
    return answer(ask(port))[0]


@pytest.mark.parametrize(("path", "size"), [(FORM, 1), (FORM, 400_000), (FILE, 3_000_000)])
def test_a_body_arrives_as_it_was_sent(path, size):
    body = os.urandom(size)
    with serving() as (_pages, port):
        assert answer(ask(port, path=path, body=body)) == (200, hashlib.sha256(body).hexdigest())


def test_senders_who_stop_hold_no_page_and_are_told():
    with serving(seconds=2) as (_pages, port), ExitStack() as opened:
        slow = [opened.enter_context(ask(port, path=FORM, body=b"x" * 999, sent=9)) for _ in range(MANY)]
        assert page(port) == 200
        told = [answer(line) for line in slow]
    assert {status for status, _text in told} == {408}
    assert "Check your connection, go back and send it again." in told[0][1]


def test_a_sender_who_goes_on_sending_is_given_time():
    with serving(seconds=1, rate=10) as (_pages, port):
        line = ask(port, path=FORM, body=b"x" * 400, sent=399)
        assert page(port) == 200
        threading.Event().wait(1.5)
        line.sendall(b"x")
        assert answer(line)[0] == 200


@pytest.mark.parametrize(("path", "size"), [(FORM, 500_001), (FORM, 2_000_001), (FILE, 25_000_001)])
def test_a_body_over_its_limit_never_reaches_a_page(path, size):
    with serving() as (_pages, port):
        sent = None if size != 2_000_001 else 0
        status, text = answer(ask(port, path=path, body=bytes(size), sent=sent))
    assert (status, "Make the file or the text smaller" in text) == (413, True)


def test_a_body_of_unknown_length_is_refused():
    with serving() as (_pages, port):
        head = "Transfer-Encoding: chunked\r\n"
        line = ask(port, path=FORM, head=head)
        assert answer(line)[0] == 411


def test_files_take_half_of_the_threads_and_the_others_wait_without_one():
    with serving() as (pages, port):
        pages.go.clear()
        files = [ask(port, path=FILE, body=b"x" * 100_000) for _ in range(MANY)]
        assert page(port) == 200
        pages.go.set()
        assert [answer(line)[0] for line in files] == [200] * MANY


def test_a_file_that_waits_too_long_for_its_turn_is_told_to_come_again():
    with serving(queue=0) as (pages, port), ExitStack() as opened:
        pages.go.clear()
        for _ in range(MANY):
            opened.enter_context(ask(port, path=FILE, body=b"x" * 100))
        assert answer(ask(port, path=FILE, body=b"x" * 100))[0] == 503


def test_where_there_is_no_room_the_body_that_has_been_on_its_way_the_longest_gives_way():
    """Whoever stops in the middle of many bodies keeps nobody else's vote out."""
    with serving(forms=1000, seconds=LONG) as (_pages, port), ExitStack() as held:
        stopped = [held.enter_context(ask(port, path=FORM, body=bytes(400), sent=399)) for _ in range(2)]
        for line in stopped:
            while not select.select([line], [], [], 0)[0]:
                assert answer(ask(port, path=FORM, body=b"x" * 800))[0] == 200
        assert [answer(line)[0] for line in stopped] == [503, 503]


def test_one_body_that_is_more_than_all_may_take_is_refused():
    with serving(forms=1000, seconds=LONG) as (_pages, port):
        assert answer(ask(port, path=FORM, body=bytes(1001)))[0] == 503


def test_a_reader_who_does_not_fetch_the_answer_holds_no_page():
    with serving() as (_pages, port), ExitStack() as opened:
        slow = [opened.enter_context(ask(port, path="/large")) for _ in range(MANY)]
        assert page(port) == 200
        assert slow[0].recv(15) == b"HTTP/1.1 200 OK"


def test_heads_that_never_end_stop_nobody_and_are_hung_up_on():
    with serving() as (_pages, port), ExitStack() as opened:
        slow = [opened.enter_context(socket.create_connection(("127.0.0.1", port), LONG)) for _ in range(200)]
        for line in slow[1:]:
            line.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert page(port) == 200
        assert {line.recv(9) for line in slow} == {b""}


def test_a_kept_connection_gets_no_longer_for_its_second_head():
    with serving() as (_pages, port), ask(port) as line:
        assert line.recv(15) == b"HTTP/1.1 200 OK"
        line.sendall(b"GET / HTTP")
        while line.recv(999):
            pass


def test_a_head_without_an_end_is_refused():
    with serving() as (_pages, port):
        line = ask(port, head="X-Much: " + "x" * 70_000)
        assert answer(line) == (400, "The head of this request is too long.")
