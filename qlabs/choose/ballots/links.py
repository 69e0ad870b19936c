"""Personal links to the vote: nothing is stored, and a link opens one ballot for one person.

A token is the voter's random number on the roll and 128 bits of HMAC-SHA256 over purpose, ballot and number.
"""

import base64
import binascii

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

ID_BYTES = 8
MARK_BYTES = 16
PURPOSE = "qlabs.ballots.personal-link"


def token(entry, ballot):
    """The secret part of this voter's link; `ballot` is entry.ballot."""
    mark = _mark(ballot.code, entry.voter_id, settings.SECRET_KEY)
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
    """Whether we made this token for this entry, with the secret key of now or an older one."""
    mark = base64.b64decode(token, altchars=b"-_", validate=True)[ID_BYTES:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    good = [constant_time_compare(mark, _mark(ballot.code, entry.voter_id, secret)) for secret in secrets]
    return any(good)


def _mark(code, voter_id, secret):
    text = f"{code}\n{voter_id}"
    return salted_hmac(PURPOSE, text, secret=secret, algorithm="sha256").digest()[:MARK_BYTES]
