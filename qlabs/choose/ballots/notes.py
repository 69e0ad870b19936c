"""What somebody without scripts has typed, or is shown once, between one page and the next, outside both.

It waits in the cache for some minutes, sealed with a key that only a cookie of her browser holds and padded to one
length: neither the cache nor a copy of it tells anything, and once it is dropped no page of the past brings it back.
"""

import hashlib
import json
import secrets

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache

COOKIE = "vote_note"
SECONDS = 600
LENGTH = 32 * 1024


def write(request, response, *, about, cookie=COOKIE, seconds=SECONDS, **facts):
    """Keep facts for whoever `about` names, in the place of what this browser had before."""
    key = _key(request, cookie) or Fernet.generate_key().decode()
    plain = json.dumps({"about": about, **facts}, ensure_ascii=False).encode(errors="replace")
    cache.set(_handle(key), Fernet(key).encrypt(plain.ljust(LENGTH)).decode(), seconds)
    _set_cookie(response, cookie, key)
    return response


def read(request, about, *, cookie=COOKIE):
    """The facts kept for whoever `about` names, or an empty dict."""
    key = _key(request, cookie)
    sealed = cache.get(_handle(key)) if key else None
    facts = json.loads(Fernet(key).decrypt(sealed)) if sealed else {}
    return facts if facts.get("about") == about else {}


def drop(request, *, cookie=COOKIE):
    """Forget them; the key that stays with the browser opens nothing any more."""
    if key := _key(request, cookie):
        cache.delete(_handle(key))


def forget_others(request, about, *, cookie=COOKIE):
    """Forget what was kept for anybody but whoever `about` names: another voter has come to this browser."""
    if not read(request, about, cookie=cookie):
        drop(request, cookie=cookie)


def _key(request, cookie):
    """The key that a browser holds, or "" where it cannot be one."""
    key = request.COOKIES.get(cookie, "").partition(".")[0]
    try:
        Fernet(key)
    except ValueError:
        return ""
    return key


def _handle(key):
    return f"vote-note-{hashlib.sha256(key.encode()).hexdigest()}"


def _set_cookie(response, cookie, key):
    """It changes each time: a page kept for the back button is thrown away when a cookie has changed since."""
    value = f"{key}.{secrets.token_hex(4)}"
    response.set_cookie(
        cookie, value, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict"
    )
