"""The link of a station: nothing of it is stored. `5-7k3mq2w9x4tz` is its number and 60 bits of HMAC over its nonce."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from qlabs.choose.ballots.links import crockford

PURPOSE = "qlabs.stations.link"
SIGNS = 12
LONGEST_NUMBER = 18


def token(station):
    return f"{station.pk}-{_seal(station, settings.SECRET_KEY)}"


def number(token):
    """The number of the station that a link claims to be of, or None where it cannot be one."""
    digits = token.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None


def is_genuine(token, station):
    """Whether we made this link, with the secret key of now or an older one."""
    seal = token.partition("-")[2].lower()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any([constant_time_compare(seal, _seal(station, key)) for key in keys])


def _seal(station, key):
    digest = salted_hmac(PURPOSE, f"{station.pk}\n{station.nonce}", secret=key, algorithm="sha256").digest()
    return crockford(digest, SIGNS).lower()
