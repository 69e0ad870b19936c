"""How often a sign-in code may be asked for.

Each address may be asked for a few times from one place. Across all places there is a ceiling too, so that a code
cannot be guessed from many machines; a browser that has signed in as that person before is not held to it, so that
nobody can lock a person out by asking in their name.
"""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core import signing

COOKIE = "known_browser"
KEEP = 60 * 60 * 24 * 400
SALT = "qlabs.people.known-browser"


def may_ask_for_code(request, email):
    """Whether to send a code now; counts the asking."""
    here = f"{get_adapter().get_client_ip(request)}|{email}"
    if not ratelimit.consume(request, action="code_from_one_place", key=here):
        return False
    return is_known_browser(request, email) or bool(
        ratelimit.consume(request, action="code_from_everywhere", key=email)
    )


def is_known_browser(request, email):
    """Whether this browser has signed in with this address before."""
    try:
        emails = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP)
    except signing.BadSignature:
        return False
    return _digest(email) in emails


def remember_browser(request, response, email):
    """Let this browser ask for codes for this address past the ceiling."""
    response.set_cookie(
        COOKIE,
        signing.dumps([_digest(email)], salt=SALT),
        max_age=KEEP,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path=settings.SESSION_COOKIE_PATH,
    )


def _digest(email):
    return signing.Signer(salt=SALT).signature(email.lower())
