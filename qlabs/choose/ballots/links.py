"""Personal links to the vote: nothing is stored, and a link opens one ballot for one person.

A token is the voter's random number on the roll and 128 bits of HMAC-SHA256 over purpose, ballot, that number and the
person's link number. When the link number rises, every link sent before is an old one.
"""

import base64
import binascii

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

ID_BYTES = 8
MARK_BYTES = 16
MOST_LOOKED_BACK = 100
PURPOSE = "qlabs.ballots.personal-link"
BROWSER = "qlabs.ballots.browser"


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


def _mark(code, entry, number, secret):
    return _hmac(PURPOSE, f"{code}\n{entry.voter_id}\n{number}", secret)[:MARK_BYTES]


def _hmac(purpose, text, secret):
    return salted_hmac(purpose, text, secret=secret, algorithm="sha256").digest()
