"""Personal links: a row's number and an HMAC over its nonce, which the database alone cannot make.

The links of invitations also hold the person's link number: when it rises, those sent before are old.
"""

import base64
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LONGEST_NUMBER = 18
MOST_LOOKED_BACK = 100
SIDES = ("old", "new")


def new_nonce():
    return secrets.token_hex(16)


def token(invitation):
    """What stands in the address of a personal link: `17-mJ3k…`, 192 bits of HMAC-SHA-256 after the number."""
    facts = _invited(invitation, invitation.person.link_number)
    return f"{invitation.pk}-{_seal(facts, settings.SECRET_KEY)}"


def number(text):
    """The number of the invitation a link claims to be of, or None where it cannot be one."""
    digits = text.partition("-")[0]
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    return int(digits)


def is_genuine(text, invitation):
    """Whether a link was made here for this invitation and is its newest, with today's key or an old one."""
    return _matches(text.partition("-")[2], _invited(invitation, invitation.person.link_number))


def is_old(text, invitation):
    """Whether a link was made here for this invitation before the person's links were renewed."""
    newest = invitation.person.link_number
    numbers = range(newest - 1, max(-1, newest - 1 - MOST_LOOKED_BACK), -1)
    return any(_matches(text.partition("-")[2], _invited(invitation, number)) for number in numbers)


def address_token(change, side):
    """The link that answers a change of address from its "old" or its "new" side."""
    return f"{change.pk}-{_seal(_addressed(change, side), settings.SECRET_KEY)}"


def address_side(text, change):
    """The side that a link to answer a change of address was sent to, or None where it is not ours."""
    seal = text.partition("-")[2]
    return next((side for side in SIDES if _matches(seal, _addressed(change, side))), None)


def _invited(invitation, number):
    return f"{invitation.purpose}|{invitation.pk}|{invitation.nonce}|{number}"


def _addressed(change, side):
    return f"address|{change.pk}|{change.nonce}|{side}"


def _matches(seal, facts):
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any([constant_time_compare(seal, _seal(facts, key)) for key in keys])


def _seal(facts, key):
    digest = salted_hmac("qlabs.people.links", facts, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()
