"""A small HTTP/1.1 client that keeps its connection, so that the clients cost little beside the server."""

import asyncio

LIMIT = 2**20
PATIENCE = 120


class Broken(Exception):
    """The server hung up before it answered."""


class Connection:
    """One keep-alive connection; opened when first used, and again after the server closed it."""

    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def get(self, path, headers=""):
        """A page can be asked for again, as browsers do when a kept connection turns out to be closed."""
        try:
            return await self._ask(f"GET {path} HTTP/1.1\r\n{headers}".encode())
        except Broken:
            return await self._ask(f"GET {path} HTTP/1.1\r\n{headers}".encode())

    async def post(self, path, body, headers=""):
        head = f"POST {path} HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n"
        return await self._ask(head.encode(), body)

    def close(self):
        if self.writer:
            self.writer.close()
            self.reader = self.writer = None

    async def _ask(self, head, body=b""):
        """(status, head as text, body)."""
        async with asyncio.timeout(PATIENCE):
            if self.writer is None or self.reader.at_eof():
                self.close()
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LIMIT)
            try:
                self.writer.write(head + f"Host: 127.0.0.1:{self.port}\r\n\r\n".encode() + body)
                return await self._answer()
            except (OSError, asyncio.IncompleteReadError) as problem:
                self.close()
                raise Broken(str(problem)) from problem

    async def _answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = await self.reader.readexactly(int(lines.get("content-length", 0)))
        if lines.get("connection") == "close":
            self.close()
        return int(head.split(" ", 2)[1]), head, body
