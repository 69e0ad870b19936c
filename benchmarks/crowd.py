"""The people at the other end, in a process of their own so that what they cost is not counted.

A job comes as one line of JSON; all cryptography that needs no answer is done before "ready" is said. Then each
line "go NAME" runs one act and answers with its latencies in milliseconds by kind, its statuses and its seconds.
"""

import asyncio
import json
import math
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import uvloop

from benchmarks.wire import Broken, Connection
from qlabs.across.operate.proofs.voters import GUARD, Voter

JSON = "Content-Type: application/json\r\n"
SIGN = f"{JSON}Cookie: csrftoken={GUARD}\r\nX-CSRFToken: {GUARD}\r\n"
HIDDEN = re.compile(rb'name="(csrfmiddlewaretoken|token)" value="([^"]+)"')
GUARDED = re.compile(r"csrftoken=(\w+)")
GOOD = {200, 302}


class Figures:
    """What came back."""

    def __init__(self):
        self.times, self.statuses = {}, Counter()

    async def timed(self, kind, asking):
        """The answer's body, or None where the server refused or hung up."""
        began = time.perf_counter()
        try:
            status, head, body = await asking
        except (Broken, TimeoutError):
            status, head, body = "broken", "", b""
        self.note(kind, began)
        self.statuses[str(status)] += 1
        return (head, body) if status in GOOD else None

    def note(self, kind, began):
        self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)


class Voting:
    """Voters with everything ready: `whole` votes one after another per connection, or `sign`, then `cast`."""

    def __init__(self, *, port, connections, told, voters):
        self.port, self.connections, self.told = port, connections, told
        self.ready = [_Ballot(told, place) for place in voters]

    async def whole(self, figures):
        await self._each(figures, self._vote)

    async def sign(self, figures):
        await self._each(figures, self._sign)

    async def cast(self, figures):
        await self._each(figures, self._cast)

    async def _each(self, figures, act):
        waiting = iter(self.ready)

        async def one():
            line = Connection(self.port)
            for ballot in waiting:
                await act(line, figures, ballot)
            line.close()

        await asyncio.gather(*(one() for _ in range(self.connections)))

    async def _vote(self, line, figures, ballot):
        began = time.perf_counter()
        await self._sign(line, figures, ballot)
        await self._cast(line, figures, ballot)
        figures.note("vote", began)

    async def _sign(self, line, figures, ballot):
        answer = await figures.timed("sign", line.post(ballot.sign, ballot.request, SIGN))
        if answer:
            ballot.take(json.loads(answer[1])["signed"])

    async def _cast(self, line, figures, ballot):
        await figures.timed("cast", line.post(self.told["box"], json.dumps(ballot.vote).encode(), JSON))


class _Ballot:
    """One voter's part, all but taking the blinding off the signatures."""

    def __init__(self, told, place):
        voter = Voter(told, place, ask=None)
        voter.counter = 1
        voter.held = dict.fromkeys(voter.parts, b"")
        self.sign, choice = place["sign"], random.choice(told["options"])
        blinded = {scope: part[3].hex() for scope, part in voter.parts.items()}
        self.request = json.dumps({"blinded": blinded}).encode()
        self.vote = voter.vote(choice)
        self._parts = {scope: (part[2], part[4]) for scope, part in voter.parts.items()}

    def take(self, signed):
        for line in self.vote["lines"]:
            public, inverse = self._parts[line["scope"]]
            plain = int(signed[line["scope"]], 16) * inverse % public.n
            line["credential"] = f"{plain:0{2 * public.size}x}"


class Asking:
    """One path, asked for again and again by each connection for so many seconds."""

    def __init__(self, *, port, connections, path, seconds):
        self.port, self.connections, self.path, self.seconds = port, connections, path, seconds

    async def ask(self, figures):
        until = time.perf_counter() + self.seconds

        async def one():
            line = Connection(self.port)
            while time.perf_counter() < until:
                await figures.timed("request", line.get(self.path))
            line.close()

        await asyncio.gather(*(one() for _ in range(self.connections)))


class LastMinute:
    """Readers who open a page every few seconds, and proposals that come ever closer together until the deadline."""

    def __init__(self, *, port, readers, pause, seconds, scene):
        self.port, self.readers, self.pause, self.seconds, self.scene = port, readers, pause, seconds, scene

    async def run(self, figures):
        until = time.perf_counter() + self.seconds
        proposals = zip(self.scene["titles"], self.scene["sessions"], strict=True)
        await asyncio.gather(
            *(self._read(figures, until) for _ in range(self.readers)),
            *(self._propose(figures, title, session) for title, session in proposals),
        )

    async def _read(self, figures, until):
        line = Connection(self.port)
        waiting = random.uniform(0, self.pause)
        while time.perf_counter() + waiting < until:
            await asyncio.sleep(waiting)
            await figures.timed("page", line.get(random.choice(self.scene["pages"])))
            waiting = random.uniform(0.5, 1.5) * self.pause
        line.close()

    async def _propose(self, figures, title, session):
        await asyncio.sleep(self.seconds * math.sqrt(random.random()))
        line, cookies = Connection(self.port), f"sessionid={session}"
        form = await figures.timed("form", line.get(self.scene["propose"], f"Cookie: {cookies}\r\n"))
        if form:
            sent = urlencode(
                [*HIDDEN.findall(form[1]), ("title", title), ("summary", "In plain words."), ("propose", "")]
            )
            head = f"Cookie: {cookies}; csrftoken={GUARDED.search(form[0])[1]}\r\n"
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            await figures.timed("proposal", line.post(self.scene["propose"], sent.encode(), head))
        line.close()


class Uploads:
    """Readers who open a page every second or so, and senders of files who begin again when they are answered."""

    def __init__(self, *, port, readers, pause, seconds, scene, files):
        self.port, self.readers, self.pause, self.seconds = port, readers, pause, seconds
        self.scene, self.files = scene, [Path(name) for name in files]

    async def run(self, figures):
        until = time.perf_counter() + self.seconds
        await asyncio.gather(
            *(self._read(figures, until) for _ in range(self.readers)),
            *(self._send(figures, until, file) for file in self.files),
        )

    async def _read(self, figures, until):
        line = Connection(self.port)
        while time.perf_counter() < until:
            await figures.timed("page", line.get(random.choice(self.scene["pages"])))
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.pause)
        line.close()

    async def _send(self, figures, until, file):
        path, field, session = self.scene[file.suffix[1:]]
        head = f"Cookie: sessionid={session}; csrftoken={GUARD}\r\nX-CSRFToken: {GUARD}\r\n"
        head += "Content-Type: multipart/form-data; boundary=part\r\n"
        named = f'--part\r\nContent-Disposition: form-data; name="{field}"; filename="{file.name}"\r\n\r\n'
        named = f'--part\r\nContent-Disposition: form-data; name="source"\r\n\r\nHarm\r\n{named}'
        body = named.encode() + file.read_bytes() + b"\r\n--part--\r\n"
        while time.perf_counter() < until:
            line = Connection(self.port)
            await figures.timed("file", line.post(path, body, head))
            line.close()


KINDS = {"uploads": Uploads, "voting": Voting, "asking": Asking, "last minute": LastMinute}


def main():
    job = json.loads(sys.stdin.readline())
    crowd = KINDS[job.pop("kind")](**job)
    print("ready", flush=True)
    for line in sys.stdin:
        act, figures, began = getattr(crowd, line.strip()), Figures(), time.perf_counter()
        uvloop.run(act(figures))
        seconds = time.perf_counter() - began
        print(
            json.dumps({"seconds": seconds, "times": figures.times, "statuses": figures.statuses}), flush=True
        )


if __name__ == "__main__":
    main()
