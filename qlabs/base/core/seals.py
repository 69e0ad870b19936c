"""Text that only this installation can read again: what lies in the database but must not be read from a copy of it."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(purpose, text):
    """The text, encrypted for one purpose and signed."""
    return _safe(purpose).encrypt(text.encode()).decode()


def unseal(purpose, sealed, *, seconds=None):
    """The text again, or None where it was not sealed here for this purpose, or longer ago than that many seconds."""
    try:
        return _safe(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None


def _safe(purpose):
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(purpose, key)) for key in keys])


def _key(purpose, secret):
    return base64.urlsafe_b64encode(salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest())
