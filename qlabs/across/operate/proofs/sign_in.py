"""Whether the time or the shape of any answer before sign-in tells that an address is known.

For a known and an unknown address in turn the whole way is walked: a code is asked for, its page is opened twice, a
passkey of nobody is tried, and three wrong codes are entered, the last of which ends the try.
"""

import http.client
import math
import random
import statistics
import time
from bisect import bisect_right
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from qlabs.base.people.actions import add_member

from .findings import Finding
from .installation import scratch
from .voters import GUARD

PLACE = "X-Proof-Place"
WARM_UP = 20
LEAST, NO_CHANCE = 0.01, 1e-7
KINDS = ("known", "other")
WRONG = {"code": "WRONG"}
STEPS = {
    "asking": ("account_login", {"login": ""}),
    "code page": ("account_confirm_login_code", None),
    "code page again": ("account_confirm_login_code", None),
    "passkey": ("mfa_login_webauthn", {"credential": "{}"}),
    "wrong code": ("account_confirm_login_code", WRONG),
    "second wrong code": ("account_confirm_login_code", WRONG),
    "third wrong code": ("account_confirm_login_code", WRONG),
    "code page afterwards": ("account_confirm_login_code", None),
}


def finding(*, database, asks, database_url=""):
    """That many known and as many unknown addresses, each from a place of its own."""
    with scratch(database_url=database_url) as place:
        place.environment["QLABS_CLIENT_IP_HEADER"] = PLACE
        place.qlabs("shell", "-c", f"from {__name__} import settle; settle({asks + WARM_UP})")
        place.serve()
        times, unlike = _walked(place.port, asks)
    return _told(database, asks, times, unlike)


def _told(database, asks, times, unlike):
    """The bar of 1 in 100 is shared by the steps; answers of different shape break the promise at once."""
    chances = {step: kolmogorov_smirnov(*kinds.values())[1] for step, kinds in times.items()}
    figures = {"asked for each": asks, "answers unlike": unlike}
    for kind in KINDS:
        all_times = [seconds for kinds in times.values() for seconds in kinds[kind]]
        figures[f"median {kind} ms"] = round(1000 * statistics.median(all_times), 2)
    figures |= {f"KS p {step}": round(chance, 3) for step, chance in chances.items()}
    over = tuple(f"KS p {step}" for step, chance in chances.items() if chance <= LEAST / len(chances))
    sure = bool(unlike) or min(chances.values()) < NO_CHANCE
    proof = "every answer before sign-in is the same for unknown addresses"
    return Finding(proof, database, figures, not over and not unlike, over, sure)


def kolmogorov_smirnov(first, second):
    """The largest distance of two samples' shares, and how often chance alone makes it as large (Stephens 1970)."""
    first, second = sorted(first), sorted(second)
    shares = (
        (bisect_right(first, x) / len(first), bisect_right(second, x) / len(second)) for x in first + second
    )
    distance = max(abs(one - other) for one, other in shares)
    size = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    scaled = distance * (size + 0.12 + 0.11 / size)
    if scaled < 0.3:  # the series converges slowly there, and the chance is 1 to six places
        return distance, 1.0
    return distance, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101))


def settle(people):
    """Run inside the installation: these addresses are known."""
    for number in range(people):
        add_member(name="Known", email=f"known{number:04}@qlabs.example", by=None, at=timezone.now())


class Stranger:
    """A browser that nobody has signed in with, at a place of its own."""

    def __init__(self, connection, email, number):
        self.connection, self.email = connection, email
        place = f"10.{email.startswith(KINDS[0]):d}.{number // 256}.{number % 256}"
        self.headers = {"Content-Type": "application/x-www-form-urlencoded", PLACE: place}
        self.cookies = {"csrftoken": GUARD}

    def take(self, step):
        """(seconds, what else can be seen of the answer) of one step."""
        name, fields = STEPS[step]
        method, body = ("GET", None) if fields is None else ("POST", self._form(fields))
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = time.perf_counter()
        self.connection.request(method, reverse(name), body, self.headers | {"Cookie": cookies})
        answer = self.connection.getresponse()
        size = len(answer.read())
        return time.perf_counter() - start, (answer.status, size, *self._heads(answer))

    def _form(self, fields):
        filled = {name: value or self.email for name, value in fields.items()}
        return urlencode(filled | {"csrfmiddlewaretoken": GUARD})

    def _heads(self, answer):
        """Headers without what differs each time: the date, and the words of cookies but not their lengths."""
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    self.cookies[cookie.key] = cookie.value
                    yield name, cookie.key, len(cookie.value), cookie["max-age"]
            elif name.lower() in ("location", "cache-control", "vary"):
                yield name, value
            else:
                yield (name,)


def _walked(port, asks):
    """({step: {kind: seconds}}, how many answers were unlike), both kinds step by step in random turns."""
    times = {step: {kind: [] for kind in KINDS} for step in STEPS}
    unlike = 0
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for number in range(asks + WARM_UP):
            pair = {kind: Stranger(connection, f"{kind}{number:04}@qlabs.example", number) for kind in KINDS}
            for step, kinds in times.items():
                seen = set()
                for kind in random.SystemRandom().sample(KINDS, 2):
                    seconds, shape = pair[kind].take(step)
                    kinds[kind] += [seconds] if number >= WARM_UP else []
                    seen.add(shape)
                unlike += len(seen) - 1
    return times, unlike
