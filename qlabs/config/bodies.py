"""What a request brings is read whole before a thread is taken for it: within a size, and within a time.

A slow, stopped or boundless sender therefore costs a connection, never a page. Files lie on disk until their turn
comes, for only so many of them are with the pages at once.
"""

import asyncio
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from django.urls import Resolver404, resolve

from qlabs.base.core.routes import FILE, FORM

PART = 64 * 1024
READ_ON = 4  # times the limit: that a browser shows our answer, it must be let finish


@dataclass(frozen=True)
class Patience:
    """What senders are given, and what all of them together may take.

    seconds: to send a body; every `rate` bytes of it give one more. forms, files: bytes of all such bodies at once, the
    ones in memory, the others on disk. turns: files that are with the pages at once; queue: seconds to wait for a turn.
    """

    seconds: float = 20
    rate: int = 20_000
    forms: int = 128_000_000
    files: int = 500_000_000
    turns: int = 2
    queue: float = 30


class Refused(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The sender hung up."""


class ReadFirst:
    """An application that gets a request only with its whole body; `refuse(status)` is one that answers instead."""

    def __init__(self, application, *, refuse, patience=Patience()):
        self.application, self.refuse, self.patience = application, refuse, patience
        self.turns = asyncio.Semaphore(patience.turns)
        self.held = {FORM: 0, FILE: 0}

    async def __call__(self, scope, receive, send):
        told = dict(scope["headers"])
        length = int(told.get(b"content-length", 0))
        try:
            if b"transfer-encoding" in told:
                raise Refused(411)
            if not length:
                return await self.application(scope, receive, send)
            return await self._with_body(length, scope, receive, send)
        except Refused as problem:
            return await self.refuse(problem.status)(scope, receive, send)
        except Gone:
            return None

    async def _with_body(self, length, scope, receive, send):
        kind = _most(scope["path"])
        if length > READ_ON * kind:
            raise Refused(413)
        with SpooledTemporaryFile(PART if kind == FILE else 0) as body, self._counted(kind) as count:
            await self._read(body, receive, count, kind)
            body.seek(0)
            async with self._turn(kind):
                return await self.application(scope, _again(body, length, receive), send)

    async def _read(self, body, receive, count, kind):
        """Take the body in; what is over the limit is read and dropped."""
        began, arrived, more = asyncio.get_running_loop().time(), 0, True
        while more:
            until = began + self.patience.seconds + arrived / self.patience.rate
            part, more = await _part(receive, until)
            arrived += len(part)
            if arrived <= kind:
                count(len(part))
                body.write(part)
        if arrived > kind:
            raise Refused(413)

    @contextmanager
    def _counted(self, kind):
        """A function that adds to the bytes held of this kind, until the request is done with."""
        mine, most = 0, self.patience.files if kind == FILE else self.patience.forms

        def count(size):
            nonlocal mine
            if self.held[kind] + size > most:
                raise Refused(503)
            mine += size
            self.held[kind] += size

        try:
            yield count
        finally:
            self.held[kind] -= mine

    @asynccontextmanager
    async def _turn(self, kind):
        if kind != FILE:
            yield
            return
        try:
            async with asyncio.timeout(self.patience.queue):
                await self.turns.acquire()
        except TimeoutError:
            raise Refused(503) from None
        try:
            yield
        finally:
            self.turns.release()


def _most(path):
    """The limit that the route declares: FORM or FILE."""
    try:
        return resolve(path).func.door.most
    except (Resolver404, AttributeError):
        return FORM


async def _part(receive, until):
    """The next bytes, and whether more come."""
    try:
        async with asyncio.timeout_at(until):
            message = await receive()
    except TimeoutError:
        raise Refused(408) from None
    if message["type"] == "http.disconnect":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)


def _again(body, length, receive):
    """Hand out a body that was read, as the server would have."""

    async def hand_out():
        if body.tell() == length:
            return await receive()
        part = body.read(PART)
        return {"type": "http.request", "body": part, "more_body": body.tell() < length}

    return hand_out
