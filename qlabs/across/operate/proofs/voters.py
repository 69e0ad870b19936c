"""Voters who speak to a server over HTTP as their browsers do, and keep what was acknowledged."""

import http.client
import json
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labengines.voting import credentials, voter
from labengines.voting.credentials import PublicKey

PATIENCE = 300  # seconds; a busy machine takes long to start a killed server again
PAUSE = 0.15
BODY = 16384
GUARD = "proof" * 6 + "ab"
HEADERS = {"Content-Type": "application/json", "Cookie": f"csrftoken={GUARD}", "X-CSRFToken": GUARD}
FINAL = {200, 400, 403, 404, 409, 422}


class GaveUp(Exception):
    """No final answer within the voter's patience."""


@dataclass
class Tally:
    """What the voters saw: how often each status came, and how often a connection broke."""

    statuses: dict = field(default_factory=dict)
    broken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status):
        with self.lock:
            if status is None:
                self.broken += 1
            else:
                self.statuses[status] = self.statuses.get(status, 0) + 1


class Voter:
    """One voter with her own seed.

    ask: (path, body) -> (status, JSON). `acknowledged` is (voting key, counter, choice) once the box said yes.
    """

    def __init__(self, told, place, *, ask, seed=None):
        self.told, self.place, self.ask = told, place, ask
        self.seed = seed or secrets.token_bytes(16)
        self.parts = {scope: self._part(scope) for scope in place["scopes"]}
        self.held, self.counter, self.acknowledged, self.refused = {}, 0, None, ""

    @property
    def key(self):
        return self.parts["choice"][1].hex()

    @property
    def receipt(self):
        return voter.receipt(self.parts["choice"][1])

    def _part(self, scope):
        name = {"ballot": self.told["code"], "scope": scope}
        public = PublicKey(int(self.told["keys"][scope], 16), 65537)
        secret = Ed25519PrivateKey.from_private_bytes(voter.voting_seed(self.seed, **name))
        key = secret.public_key().public_bytes_raw()
        return secret, key, public, *voter.blind(self.seed, **name, public=public, key=key)

    def sign(self):
        """Have the keys signed; True unless the server refused for good."""
        blinded = {scope: part[3].hex() for scope, part in self.parts.items()}
        status, answer = self.ask(self.place["sign"], {"blinded": blinded})
        if status != 200:
            self.refused = answer.get("error", str(status))
            return False
        for scope, (_secret, key, public, _blinded, inverse) in self.parts.items():
            self.held[scope] = credentials.finalize(
                public, key, bytes.fromhex(answer["signed"][scope]), inverse
            )
        return True

    def cast(self, choice, reason=""):
        """Cast the choice in every scope; True when the box took it."""
        self.counter += 1
        status, answer = self.ask(self.told["box"], self.vote(choice, reason))
        if status != 200:
            self.refused = answer.get("error", str(status))
            return False
        self.acknowledged = (self.key, self.counter, choice)
        return True

    def vote(self, choice, reason=""):
        """What the box is sent: a line for each scope in random order, and padding as a browser adds it."""
        text = {"text": reason} if "reason" in self.parts else {}
        lines = [self._line(scope, choice, reason) for scope in self.parts]
        secrets.SystemRandom().shuffle(lines)
        vote = {"counter": self.counter, "choice": choice, **text, "lines": lines, "padding": ""}
        return vote | {"padding": "0" * (BODY - len(json.dumps(vote)))}

    def _line(self, scope, choice, reason):
        secret, key, *_rest = self.parts[scope]
        where = {"ballot": self.told["code"], "scope": scope}
        text = reason if scope == "reason" else None
        signature = secret.sign(voter.ballot_message(**where, choice=choice, text=text))
        counted = secret.sign(voter.counter_message(**where, counter=self.counter, signature=signature))
        return {
            "scope": scope, "key": key.hex(), "credential": self.held[scope].hex(),
            "signature": signature.hex(), "counter_signature": counted.hex(),
        }  # fmt: skip


class Patient:
    """Asks a server until there is a final answer, and notes every answer on the way."""

    def __init__(self, port, tally):
        self.port, self.tally = port, tally

    def __call__(self, path, body):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, answer = post(self.port, path, body)
            self.tally.note(status)
            if status in FINAL:
                return status, answer
            time.sleep(PAUSE)
        raise GaveUp(path.split("/")[1])


def post(port, path, body):
    """(status, JSON or {}), or (None, {}) where the connection broke."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, json.dumps(body), HEADERS)
        response = connection.getresponse()
        text = response.read()
    except (OSError, http.client.HTTPException):
        return None, {}
    finally:
        connection.close()
    try:
        return response.status, json.loads(text)
    except ValueError:
        return response.status, {}


def vote_all(told, places, *, port, tally, clients=50, changes=0.2, pace=None):
    """Let each voter sign and cast, some change their choice; the Voters, in the order of `places`."""
    random, ask = secrets.SystemRandom(), Patient(port, tally)

    def one(place):
        if pace:
            pace()
        person = Voter(told, place, ask=ask)
        if person.sign() and person.cast(random.choice(told["options"])) and random.random() < changes:
            person.cast(random.choice(told["options"]))
        return person

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(one, places))
