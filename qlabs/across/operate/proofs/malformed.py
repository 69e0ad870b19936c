"""Requests that no browser of good will sends: none may break the server.

`requests(...)` makes them from a seed; `run(...)` sends them through a callable and counts the answers. What is real
about them (addresses, field names of forms) is discovered from the urls and from the pages themselves.
"""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, quote_from_bytes

from django.urls import URLPattern, get_resolver

from . import junk, over_http
from .findings import Finding
from .installation import scratch

ALLOWED = {200, 301, 302, 304, 400, 403, 404, 405, 409, 410, 411, 413, 422, 429}
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
ROLES = ("stranger", "stranger", "member", "lead", "operator")
FORM = "application/x-www-form-urlencoded"
_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S)
_FIELD = re.compile(r'<(?:input|textarea|select|button)\b[^>]*?\bname="([^"]+)"')
_ACTION = re.compile(r'<form\b[^>]*?\baction="([^"]+)"')


@dataclass(frozen=True)
class Ask:
    """One request as it goes over the line. query and body are bytes already in the form they are sent in."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: dict = field(default_factory=dict)
    role: str = "stranger"


@dataclass(frozen=True)
class Town:
    """What there is to aim at: routes of all urls, forms {address: field names}, and true values by kind."""

    routes: tuple
    forms: dict
    known: dict


@dataclass(frozen=True)
class Outcome:
    """How often each status was answered, and the requests whose answer was not allowed."""

    statuses: dict
    wrong: tuple


def look_around(get, *, known, pages):
    """A Town. get(path) -> html of a page, as somebody who sees the forms; pages: addresses to read forms from."""
    forms = {}
    for page in pages:
        for text in _FORM.findall(get(page)):
            action = _ACTION.search(text)
            names = set(_FIELD.findall(text))
            forms.setdefault(action.group(1) if action else page, set()).update(names)
    return Town(tuple(routes()), {path: sorted(names) for path, names in sorted(forms.items())}, known)


def routes():
    """The route of every url pattern, as written."""
    return sorted(set(_routes(get_resolver().url_patterns, "/")))


def _routes(rows, before):
    for row in rows:
        here = before + str(row.pattern)
        if isinstance(row, URLPattern):
            yield here
        else:
            yield from _routes(row.url_patterns, here)


def run(count, seed, *, send, town):
    """Send `count` requests made from `seed`; send(ask) -> status. Every request can be made again from the seed."""
    statuses, wrong = Counter(), []
    for ask in requests(count, seed, town=town):
        status = send(ask)
        statuses[status] += 1
        if status not in ALLOWED:
            wrong.append((status, ask))
    return Outcome(dict(sorted(statuses.items())), tuple(wrong))


def finding(*, requests, seed=20170327):
    """Send that many to the server of a scratch installation with the demo."""
    with scratch() as place:
        place.qlabs("demo")
        told = place.qlabs("shell", "-c", f"from {over_http.__name__} import tell; tell()")
        facts = json.loads(told.splitlines()[-1])  # before it the shell says what it imported
        place.serve()
        line = over_http.Line(place.port, facts["sessions"])
        town = look_around(partial(_as_everybody, line), known=facts["known"], pages=_true(facts["known"]))
        outcome = run(requests, seed, send=line.send, town=town)
    figures = {"requests": requests, "forms": len(town.forms)}
    figures |= {f"answered {status}": number for status, number in outcome.statuses.items()}
    return Finding("no malformed request breaks the server", "sqlite", figures, not outcome.wrong)


def _as_everybody(line, path):
    return "".join(line.page(Ask("GET", path, role=role)) for role in ("stranger", *line.sessions))


def _true(known):
    """One address of every url whose parts we know."""
    for route in routes():
        parts = [(part, known.get(part["name"], ())) for part in _PART.finditer(route)]
        if all(values for _part, values in parts):
            yield _PART.sub(lambda part: str(known[part["name"]][0]), route)


def requests(count, seed, *, town):
    """`count` malformed requests; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    makers, weights = zip(*_MIX, strict=True)
    for make in rng.choices(makers, weights, k=count):
        yield make(rng, town)


def address(rng, town, route):
    """A route with its parts filled: true values mostly, junk sometimes."""

    def fill(part):
        kind, name = part["kind"] or "str", part["name"]
        true = town.known.get(name) or town.known.get(kind)
        if true and rng.random() < 0.6:
            return quote(str(rng.choice(true)), safe="")
        return quote_from_bytes(junk.value(rng).encode("utf-8", "surrogatepass")[:300], safe="")

    return _PART.sub(fill, route)


def _any_url(rng, town):
    """Any address with any method and a query of junk."""
    path = address(rng, town, rng.choice(town.routes))
    method = "GET" if rng.random() < 0.5 else rng.choice(METHODS)
    return Ask(method, path, query=junk.query(rng), role=rng.choice(ROLES), headers=junk.headers(rng))


def _no_url(rng, town):
    """An address that is none of ours."""
    path = "/" + quote_from_bytes(junk.value(rng).encode("utf-8", "surrogatepass")[:500])
    return Ask(rng.choice(METHODS), path, query=junk.query(rng))


def _form(rng, town):
    """A real form, filled with junk."""
    path = rng.choice(list(town.forms))
    names = [*town.forms[path], "token", "next", "seed"]
    pairs = [(name, junk.value(rng)) for name in names if rng.random() < 0.8]
    pairs += [(junk.value(rng)[:50], junk.value(rng)) for _more in range(rng.randrange(3))]
    rng.shuffle(pairs)
    body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()
    kind = FORM if rng.random() < 0.9 else rng.choice(junk.CONTENT_TYPES)
    return Ask(
        "POST", path, body=body, content_type=kind, role=rng.choice(ROLES[1:]), headers=junk.headers(rng)
    )


def _upload(rng, town):
    """A form with a file, or with a body that only says that it is one."""
    path = rng.choice([path for path, names in town.forms.items() if {"file", "picture"} & set(names)])
    name = "file" if "file" in town.forms[path] else "picture"
    others = {other: junk.value(rng)[:200] for other in town.forms[path] if rng.random() < 0.4}
    body, kind = junk.multipart(rng, others, name)
    return Ask("POST", path, body=body, content_type=kind, role=rng.choice(("lead", "operator")))


def _json(rng, town):
    """JSON, or nearly, for the ballot box and the signer."""
    route = rng.choice([route for route in town.routes if "box/" in route or route.endswith("/sign/")])
    body = junk.json_body(rng, json.dumps)
    kind = "application/json" if rng.random() < 0.85 else rng.choice(junk.CONTENT_TYPES)
    return Ask("POST", address(rng, town, route), body=body, content_type=kind, role=rng.choice(ROLES))


def _token(rng, town):
    """A personal link with something wrong in it."""
    route = rng.choice([route for route in town.routes if "<str:token>" in route])
    true = rng.choice(town.known["token"])
    place = rng.randrange(len(true))
    token = rng.choice(
        (true[:place], true + "A", true[:place] + rng.choice("_-=.~é") + true[place + 1 :], true[::-1])
    )
    return Ask(rng.choice(("GET", "POST")), _PART.sub(quote(token, safe=""), route))


def _quoted(text):
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


_MIX = ((_json, 34), (_token, 14), (_any_url, 20), (_no_url, 10), (_form, 14), (_upload, 8))
