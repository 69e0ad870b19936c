"""Personal links to the vote: nothing is stored, and a link opens one ballot for one person.

A token is the voter's random number on the roll and 128 bits of HMAC-SHA256 over purpose, ballot, that number and the
person's link number. When the link number rises, every link sent before is an old one.
"""

import base64
import binascii
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from labengines.voting.voter import ALPHABET

ID_BYTES = 8
MARK_BYTES = 16
MOST_LOOKED_BACK = 100
PURPOSE = "qlabs.ballots.personal-link"
BROWSER = "qlabs.ballots.browser"
STATION = "qlabs.ballots.station"
STATION_CODE = re.compile(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}")


def token(entry, ballot):
    """The secret part of this voter's link; `ballot` is entry.ballot."""
    mark = _mark(ballot.code, entry, entry.person.link_number, settings.SECRET_KEY)
    return base64.urlsafe_b64encode(bytes.fromhex(entry.voter_id) + mark).decode()


def with_check_code(link, ballot):
    """The link as it stands in an email: behind the # no browser sends it, so a server cannot answer by it."""
    return f"{link}#keys={ballot.check_code}" if ballot.check_code else link


def voter_id(token):
    """The number on the roll that a token claims, or "" if it cannot be one."""
    try:
        plain = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return ""
    return plain[:ID_BYTES].hex() if len(plain) == ID_BYTES + MARK_BYTES else ""


def is_genuine(token, entry, ballot):
    """Whether we made this token for this entry and it is the newest, with the secret key of now or an older one."""
    return _is_numbered(token, entry, ballot, entry.person.link_number)


def is_old(token, entry, ballot):
    """Whether we made this token for this entry and it was replaced since."""
    newest = entry.person.link_number
    numbers = range(newest - 1, max(-1, newest - 1 - MOST_LOOKED_BACK), -1)
    return any(_is_numbered(token, entry, ballot, number) for number in numbers)


def _is_numbered(token, entry, ballot, number):
    mark = base64.b64decode(token, altchars=b"-_", validate=True)[ID_BYTES:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    good = [constant_time_compare(mark, _mark(ballot.code, entry, number, secret)) for secret in secrets]
    return any(good)


def tag(entry, ballot):
    """Under what name a browser keeps this voter's vote: it tells neither who nor which, and is nobody else's."""
    text = f"{ballot.code}\n{entry.voter_id}"
    return _hmac(BROWSER, text, settings.SECRET_KEY)[:MARK_BYTES].hex()


def station_code(entry, ballot):
    """What she types at a voting station: 20 bits of her number on the roll, to find it, and 60 bits of HMAC."""
    return _station_code(ballot.code, entry, settings.SECRET_KEY)


def is_station_code(code):
    """Whether this could be such a code, in groups of four."""
    return STATION_CODE.fullmatch(code) is not None


def voter_id_start(code):
    """How the number on the roll begins that a code was made for."""
    number = 0
    for sign in code[:4]:
        number = number << 5 | ALPHABET.index(sign)
    return f"{number:05x}"


def is_code_of(code, entry, ballot):
    """Whether we made this code for this entry and its links of now, with the secret key of now or an older one."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any([constant_time_compare(code, _station_code(ballot.code, entry, secret)) for secret in secrets])


def crockford(digest, signs):
    """The first bits of a digest as letters and numbers that people can type."""
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - 5 * signs)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(signs - 1, -1, -1))


def _station_code(code, entry, secret):
    start = crockford(bytes.fromhex(entry.voter_id), 4)
    text = f"{code}\n{entry.voter_id}\n{entry.person.link_number}"
    signs = start + crockford(_hmac(STATION, text, secret), 12)
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))


def _mark(code, entry, number, secret):
    return _hmac(PURPOSE, f"{code}\n{entry.voter_id}\n{number}", secret)[:MARK_BYTES]


def _hmac(purpose, text, secret):
    return salted_hmac(purpose, text, secret=secret, algorithm="sha256").digest()
