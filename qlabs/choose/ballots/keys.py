"""The RSA keys that sign blindly: made at the opening, sealed at rest, gone after the close.

Sealed means encrypted with a key that follows from the installation's secret key, so that a copy of the database
alone can sign nothing.
"""

import base64
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from labengines.voting.credentials import PrivateKey, PublicKey

BITS = 3072
AT_ONCE = 2


def make(count):
    """That many fresh private keys; about a tenth of a second each."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _number: _fresh(), range(count)))


def seal(text):
    """Text encrypted at rest."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed):
    return _box().decrypt(sealed.encode()).decode()


def seal_private(key):
    return seal(json.dumps({name: f"{number:x}" for name, number in asdict(key).items()}))


def unseal_private(sealed):
    numbers = json.loads(unseal(sealed))
    return PrivateKey(**{name: int(number, 16) for name, number in numbers.items()})


def public(row):
    """The public half of a SigningKey row."""
    return PublicKey(int(row.n, 16), row.e)


def _fresh():
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=BITS).private_numbers()
    return PrivateKey.of_primes(numbers.p, numbers.q)


def _box():
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret):
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"qlabs.ballots.keys\n{secret}".encode()).digest()))
