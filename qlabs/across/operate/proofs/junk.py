"""Values, bodies, files and headers as nobody means them."""

import io
import zipfile
from functools import lru_cache

from openpyxl import Workbook
from PIL import Image

TEXTS = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfffx", "😀" * 50, "𝕏" * 300, "a" + "\u0301" * 500, "\u202eabc", "\ufeff",
    "'; DROP TABLE people_person; --", "<script>alert(1)</script>", "{{ 7*7 }}", "{% include 'x' %}", "%s%n%(a)s",
    "../../../../etc/passwd", "..%2f..%2f", "\r\nSet-Cookie: a=b", "=1+1", "@SUM(A1)", "javascript:alert(1)",
    "http://[::1", "https://" + "a" * 300 + ".example", "a@" + "b" * 250 + ".example", "x@\u212a.example", "a@b@c",
    "0", "-1", "1", "2147483648", "9" * 30, "9" * 400, "1e309", "NaN", "Infinity", "٣", "²", "1_000", "0x1F", "1.5",
    "2017-02-30", "31", "99:99", "25pm", "5pm", "on", "None", "null", "[]", "{}", "lead", "draft", "nation",
    '{"id": 1}', '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}', '{"response": {"userHandle": "é"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "OTk5"}}',
    "choose", "open-lab", "organisation", "a-b_c", "É", "\x7f\x80\x9f", "\t\n\v\f",
)  # fmt: skip
CONTENT_TYPES = (
    "", "text/plain", "application/json", "application/json; charset=utf-16", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=\x01",
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=none-such",
    "application/xml", "image/png", "a/b/c", ";;;", "application/x-www-form-urlencoded; charset=\"",
)  # fmt: skip
NAMES = (
    "page",
    "q",
    "state",
    "order",
    "show",
    "kind",
    "answer",
    "next",
    "sort",
    "format",
    "csrfmiddlewaretoken",
)
HEADERS = {
    "Accept-Language": ("en" * 2000, "\x00", "zz;q=x,,,;", "cy"),
    "Accept": ("application/json", "*/*;q=" + "9" * 200, ""),
    "Accept-Encoding": ("gzip;q=0, *;q=x", "br"),
    "Cookie": (
        "sessionid=" + "a" * 4000, "sessionid=\x00", "sessionid=é", "sessionid==;;=;a", "csrftoken=x; csrftoken=y",
        "messages=junk", "messages=W10:x:y", "known_browser=a:b:c", "django_language=zz", "=;" * 200,
    ),
    "Host": ("evil.example", "a b", "", "testserver:99999999", "[::1"),
    "If-Modified-Since": ("yesterday", "Thu, 99 Foo 0000 99:99:99 GMT"),
    "If-None-Match": ('"', "W/", "*", '"a", b, "c'),
    "Origin": ("null", "http://", "://x"),
    "Range": ("bytes=9-1", "bytes=-", "lines=1"),
    "Referer": ("\x00", "http://[", "//evil.example"),
    "X-CSRFToken": ("x", "a" * 64, "\x00"),
    "X-Forwarded-For": ("1.2.3.4, x, \x00", "::1" * 100),
    "X-Forwarded-Proto": ("https", "gopher"),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Requested-With": ("XMLHttpRequest",),
}  # fmt: skip
FILENAMES = (
    "list.csv", "list.xlsx", "../../x.csv", "a\x00.xlsx", "é" * 300 + ".csv", "", "con", "a.jpg", "a.png", "a.webp",
    "a.svg",
)  # fmt: skip


def value(rng):
    """One junk value: mostly a known trouble-maker, else random characters, seldom very long."""
    dice = rng.random()
    if dice < 0.8:
        return rng.choice(TEXTS)
    if dice < 0.99:
        return "".join(chr(rng.randrange(0x250)) for _ in range(rng.randrange(1, 40)))
    return rng.choice(("A", "é", "9", "<", " ")) * rng.choice((3_000, 100_000))


def query(rng):
    """A query string with page numbers, searches and switches of all kinds."""
    dice = rng.random()
    if dice < 0.05:
        return rng.choice(
            ("&&&===&", "%", "%zz=%e9%ff", "page=1&" * 600, "a" * 5000, "?????", "q=%00", "q=%ed%a0%80")
        )
    pairs = [(rng.choice(NAMES), value(rng)[:2000]) for _ in range(rng.randrange(4))]
    return "&".join(f"{name}={_percent(text)}" for name, text in pairs)


def headers(rng):
    """Now and then one or two headers that make no sense."""
    if rng.random() < 0.6:
        return {}
    return {name: rng.choice(HEADERS[name]) for name in rng.sample(sorted(HEADERS), rng.randrange(1, 3))}


def json_body(rng, dumps):
    """Something like a vote, or like JSON at all."""
    dice = rng.random()
    if dice < 0.15:
        return rng.choice(_NOT_JSON)
    if dice < 0.25:
        return dumps(_thing(rng, 4)).encode("utf-8", "surrogatepass")
    vote = _some(rng, _VOTE)
    if rng.random() < 0.5:
        vote = {"blinded": {str(_name(rng)): _hex(rng, 384) for _ in range(rng.randrange(4))}}
    if rng.random() < 0.4:
        spoilt = rng.choice([*vote, "more"])
        vote[spoilt] = _thing(rng, 2)
    text = dumps(vote)
    return text[: rng.randrange(len(text))].encode() if rng.random() < 0.1 else text.encode()


def multipart(rng, fields, name):
    """(body, content type) of a form with one file, sound or broken."""
    mark = rng.choice(("mark", "m" * 70, "m" * 300, "é", "a b"))
    line = f"--{mark}\r\n".encode()
    parts = [
        b'%sContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (line, other.encode(), _bytes(text))
        for other, text in fields.items()
    ]
    filename = _bytes(rng.choice(FILENAMES))
    kind = _bytes(rng.choice(("text/csv", "image/jpeg", "x", "\x00", "text/plain; charset=none")))
    more = rng.choice(
        (b"", b"Content-Transfer-Encoding: base64\r\n", b"X: " + b"y" * 5000 + b"\r\n", b":\r\n")
    )
    head = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n' % (
        name.encode(),
        filename,
        kind,
    )
    parts.append(line + head + more + b"\r\n" + file(rng) + b"\r\n")
    body = b"".join(parts) + f"--{mark}--\r\n".encode()
    if rng.random() < 0.15:
        body = rng.choice((body[: rng.randrange(len(body))], body[::-1], b"", line, line * 50))
    return body, f"multipart/form-data; boundary={mark}"


def file(rng):
    """A list of members or a picture: bent, cut, or something else altogether."""
    content = rng.choice(_files())
    dice = rng.random()
    if dice < 0.3:
        return content[: rng.randrange(len(content) + 1)]
    if dice < 0.8 and content:
        bent = bytearray(content)
        for _ in range(rng.randrange(1, 9)):
            bent[rng.randrange(len(bent))] = rng.randrange(256)
        return bytes(bent)
    return content


@lru_cache(1)
def _files():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Name", "Email", "Nation"])
    book.active.append(["=1+1", "a@example.org", 7])
    book.save(out)
    lists = (b"Name,Email\n=1+1,a@example.org\n", "Name;Email\nZoë;é@example.org\n".encode("cp1252"))
    odd = (
        b"", b"\x00" * 999, b"Name,Email\n" + b'"' * 999, b"," * 5000, "Name,Email\n".encode("utf-16"),
        b"Name,Email\n" + b"x" * 200_000, b"Email\n" * 50, b"Name,Email\r\r\n\n\x0b\x0c\x1c,\x85\n",
        b"\xef\xbb\xbfName\tEmail\n\xff\xfe\t\xed\xa0\x80\n", 
        _zip({"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}),
        _zip({}), _zip({"[Content_Types].xml": b"<x"}), _zip({"../../x": b"x"}), b"GIF89a", b"<svg onload='x'/>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\x00\x00\x00\x00\x00\x00\x00",
    )  # fmt: skip
    return (*lists, out.getvalue(), *map(_picture, ("JPEG", "PNG", "WEBP", "GIF", "BMP")), *odd)


def _picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (24, 16), "teal").save(out, kind)
    return out.getvalue()


def _zip(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _bytes(text):
    return text.encode("utf-8", "surrogatepass")


def _percent(text):
    return (
        "".join(f"%{byte:02x}" for byte in _bytes(text)) if not text.isascii() or not text.isalnum() else text
    )


def _hex(rng, size):
    wrong = rng.random()
    if wrong < 0.1:
        return rng.choice(("", "zz", "ABCDEF", "a", "٣٣", "0" * 5000))
    return f"{rng.getrandbits(size * 8):0{size * 2}x}"


def _name(rng):
    return rng.choice((*["choice"] * 40, "reason", "nation:wales", "nation:", "", "x" * 65, "é", "choice\n"))


def _thing(rng, depth):
    """Any JSON value."""
    if depth == 0 or rng.random() < 0.6:
        numbers = (None, True, 0, -1, 1.5, 10**400, float("nan"), float("inf"))
        return rng.choice((*numbers, value(rng)[:500], [], {}))
    if rng.random() < 0.5:
        return [_thing(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {value(rng)[:40]: _thing(rng, depth - 1) for _ in range(rng.randrange(4))}


def _some(rng, parts):
    """Nearly all of these parts."""
    return {name: make(rng) for name, make in parts.items() if rng.random() < 0.98}


_LINE = {
    "scope": _name,
    "key": lambda rng: _hex(rng, 32),
    "credential": lambda rng: _hex(rng, 384),
    "signature": lambda rng: _hex(rng, 64),
    "counter_signature": lambda rng: _hex(rng, 64),
}
_VOTE = {
    "counter": lambda rng: rng.choice((*[1] * 60, 0, -1, 2**31, 2**63, 10**40, 1.0, True, "1", None)),
    "choice": lambda rng: rng.choice((*[""] * 40, "abc", "x" * 99, "é", 7)),
    "text": lambda rng: value(rng)[:3000],
    "lines": lambda rng: [_some(rng, _LINE) for _ in range(rng.randrange(5))],
    "padding": lambda rng: "0" * rng.randrange(99),
}
_NOT_JSON = (
    b"", b"{", b"[" * 50_000, b'{"a":' * 20_000, b"\xff\xfe", "{}".encode("utf-16"), b"\xef\xbb\xbf{}", b"null",
    b"1e999", b'"\\ud800"', b'{"blinded": {"choice": "\\ud800"}}', b"{}" * 2, b"x" * 70_000,
    b'{"scope": "reason", "scope": 1}', b"9" * 5000,
)  # fmt: skip
