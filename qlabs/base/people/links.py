"""Personal links: an invitation's number and an HMAC over its nonce, which the database alone cannot make."""

import base64
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LONGEST_NUMBER = 18


def new_nonce():
    return secrets.token_hex(16)


def token(invitation):
    """What stands in the address of a personal link: `17-mJ3k…`, 192 bits of HMAC-SHA-256 after the number."""
    return f"{invitation.pk}-{_seal(invitation, settings.SECRET_KEY)}"


def number(text):
    """The number of the invitation a link claims to be of, or None where it cannot be one."""
    digits = text.partition("-")[0]
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    return int(digits)


def is_genuine(text, invitation):
    """Whether a link was made here for this invitation, with today's key or an old one."""
    seal = text.partition("-")[2]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any([constant_time_compare(seal, _seal(invitation, key)) for key in keys])


def _seal(invitation, key):
    facts = f"{invitation.purpose}|{invitation.pk}|{invitation.nonce}"
    digest = salted_hmac("qlabs.people.links", facts, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()
