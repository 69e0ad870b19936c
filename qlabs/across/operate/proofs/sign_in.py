"""Whether the time of an answer tells that an address is known: codes are asked for in turn, and the times compared."""

import http.client
import math
import random
import statistics
import time
from bisect import bisect_right
from contextlib import closing
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


def finding(*, database, asks, database_url=""):
    """Codes asked for that many known and as many unknown addresses, each from a place of its own."""
    with scratch(database_url=database_url) as place:
        place.environment["QLABS_CLIENT_IP_HEADER"] = PLACE
        place.qlabs("shell", "-c", f"from {__name__} import settle; settle({asks + WARM_UP})")
        place.serve()
        known, unknown = _timed(place.port, asks)
    distance, chance = kolmogorov_smirnov(known, unknown)
    figures = {
        "asked for each": asks,
        "median known ms": round(1000 * statistics.median(known), 2),
        "median unknown ms": round(1000 * statistics.median(unknown), 2),
        "KS distance": round(distance, 3),
        "KS p": round(chance, 3),
    }
    over = () if chance > LEAST else ("KS p",)
    return Finding(
        "answers take as long for unknown addresses", database, figures, not over, over, chance < NO_CHANCE
    )


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


def _timed(port, asks):
    """Seconds of each answer to known and to unknown addresses, asked one after the other in random turns."""
    times = {"known": [], "other": []}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for number in range(asks + WARM_UP):
            for kind in random.SystemRandom().sample(list(times), 2):
                times[kind].append(_ask(connection, f"{kind}{number:04}@qlabs.example", number))
    return times["known"][WARM_UP:], times["other"][WARM_UP:]


def _ask(connection, email, number):
    body = urlencode({"login": email, "csrfmiddlewaretoken": GUARD})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={GUARD}",
        PLACE: f"10.{email.startswith('known'):d}.{number // 256}.{number % 256}",
    }  # fmt: skip
    start = time.perf_counter()
    connection.request("POST", reverse("account_login"), body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"a code was asked for and {answer.status} answered")
    return time.perf_counter() - start
