"""What a request brings is read whole before a thread is taken for it: within a size, and within a time.

A slow, stopped or boundless sender therefore costs a connection, never a page. Where there is no room for more, the
body that has been on its way the longest gives way: a stranger who stops in the middle of many keeps nobody else's out.
Files lie on disk until their turn comes, for only so many of them are with the pages at once.
"""

import asyncio
from contextlib import asynccontextmanager
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


class Room:
    """The bytes that all bodies of one kind may take together."""

    def __init__(self, most):
        self.most, self.held, self.arriving = most, 0, []

    def take(self, body, size):
        """Room for so many more bytes of this body. Raises Refused where every other body is whole already."""
        while self.held + size > self.most:
            oldest = self.arriving[0]
            if oldest is body:
                raise Refused(503)
            oldest.give_way()
        self.held += size
        body.taken += size


class Arriving:
    """One body on its way; it leaves its room at the end, or when it has to give way."""

    def __init__(self, room):
        self.room, self.taken, self.gave_way, self.waits = room, 0, False, None

    def __enter__(self):
        self.room.arriving.append(self)
        return self

    def __exit__(self, *problem):
        self.is_whole()
        self.room.held -= self.taken

    def is_whole(self):
        """It gives way to nobody any more."""
        if self in self.room.arriving:
            self.room.arriving.remove(self)

    def give_way(self):
        self.is_whole()
        self.room.held -= self.taken
        self.taken, self.gave_way = 0, True
        if self.waits:
            self.waits.reschedule(asyncio.get_running_loop().time())

    async def part(self, receive, until):
        """The next bytes, and whether more come."""
        try:
            async with asyncio.timeout_at(until) as self.waits:
                message = await receive()
        except TimeoutError:
            raise Refused(503 if self.gave_way else 408) from None
        if self.gave_way:
            raise Refused(503)
        if message["type"] == "http.disconnect":
            raise Gone
        return message.get("body", b""), message.get("more_body", False)


class ReadFirst:
    """An application that gets a request only with its whole body; `refuse(status)` is one that answers instead."""

    def __init__(self, application, *, refuse, patience=Patience()):
        self.application, self.refuse, self.patience = application, refuse, patience
        self.turns = asyncio.Semaphore(patience.turns)
        self.rooms = {FORM: Room(patience.forms), FILE: Room(patience.files)}

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
        with (
            SpooledTemporaryFile(PART if kind == FILE else 0) as body,
            Arriving(self.rooms[kind]) as arriving,
        ):
            await self._read(body, receive, arriving, kind)
            body.seek(0)
            async with self._turn(kind):
                return await self.application(scope, _again(body, length, receive), send)

    async def _read(self, body, receive, arriving, kind):
        """Take the body in; what is over the limit is read and dropped."""
        began, arrived, more = asyncio.get_running_loop().time(), 0, True
        while more:
            until = began + self.patience.seconds + arrived / self.patience.rate
            part, more = await arriving.part(receive, until)
            arrived += len(part)
            if arrived <= kind:
                arriving.room.take(arriving, len(part))
                body.write(part)
        if arrived > kind:
            raise Refused(413)
        arriving.is_whole()

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


def _again(body, length, receive):
    """Hand out a body that was read, as the server would have."""

    async def hand_out():
        if body.tell() == length:
            return await receive()
        part = body.read(PART)
        return {"type": "http.request", "body": part, "more_body": body.tell() < length}

    return hand_out
