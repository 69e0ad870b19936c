"""The keys of a ballot, those that sign blindly and the one of its box: sealed at rest, gone after the close.

Sealed means encrypted with a key that follows from the installation's secret key, so that a copy of the database
alone can sign nothing.
"""

import base64
import hashlib
import hmac
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

from labengines.voting.credentials import PrivateKey, PublicKey

LASTING, PASSING = 3072, 2048  # bits; see docs/adr/0006
AT_ONCE = 2
NONCE, SECRET = 12, 32


def make(sizes):
    """A fresh private key of each size in bits; about a tenth of a second each."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(_fresh, sizes))


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


class BoxKey:
    """Seals the votes of one ballot while it is open: made at the opening, destroyed at the close."""

    def __init__(self, secret):
        self._marks = hmac.digest(secret, b"marks", "sha256")
        self._cipher = ChaCha20Poly1305(hmac.digest(secret, b"votes", "sha256"))

    def mark(self, *parts):
        """A name for these parts that only the holder of the key can tell: 64 hex signs."""
        return hmac.digest(self._marks, "|".join(map(str, parts)).encode(), "sha256").hex()

    def seal(self, plain):
        """Bytes encrypted; no time is kept in it, and their number is what they were and 28 more."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def unseal(self, sealed):
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)


def sealed_box_key():
    """A fresh secret for one box, encrypted at rest."""
    return seal(os.urandom(SECRET).hex())


def box_key(sealed):
    """The BoxKey that was sealed, or None once it is destroyed."""
    return BoxKey(bytes.fromhex(unseal(sealed))) if sealed else None


def _fresh(bits):
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=bits).private_numbers()
    return PrivateKey.of_primes(numbers.p, numbers.q)


def _box():
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret):
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"qlabs.ballots.keys\n{secret}".encode()).digest()))
