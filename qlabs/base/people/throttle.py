"""How often a secret may be asked for or guessed.

Tries are counted by whose secret it is and where they come from, never by the place alone: a hospital may share one
address, and one stranger in it must not lock out the rest. Across all places there is a ceiling for each person, so
that nothing is guessed from many machines. A browser that has signed in as that person before is counted by itself,
so that nobody can lock a person out by trying in their name.
"""

import secrets
from functools import partial

from allauth.core.internal.ratelimit import consume, get_ip
from django.conf import settings
from django.core import signing

from qlabs.base.core.plain import plain_address

COOKIE = "known_browser"
KEEP = 60 * 60 * 24 * 400
MOST_PEOPLE = 8
SALT = "qlabs.people.known-browser"


def may_guess(request, secret, *, whom, browser="", counts=True):
    """Whether one more try at a secret of `whom` may be made now; counts it, unless told only to look.

    secret: its name in ACCOUNT_RATE_LIMITS. whom: an address, or other words that name whose secret it is.
    browser: words that name a device which the caller knows; else a browser that has signed in as them is known.
    """
    browser = browser or known_browser(request, whom)
    ask = partial(_count, request, counts=counts)
    if browser:
        return ask(f"{secret}_from_known_browser", f"{browser}|{whom}")
    here = f"{get_ip(request)}|{whom}"
    return ask(f"{secret}_from_one_place", here) and ask(f"{secret}_from_everywhere", whom)


def may_write_to_stranger(request):
    """Whether this place may have one more email sent to an address that perhaps nobody here has; counts it."""
    return _count(request, "email_to_stranger")


def may_try_code(request, asked_at):
    """Whether the code that this session asked for then may be tried once more, also many times at one moment."""
    return _count(request, "tries_of_one_code", f"{request.session.session_key}|{asked_at}")


def may_make_known(request, secret, *, whom):
    """Whether one more browser in this place may be counted by itself for `whom`; counts it."""
    return _count(request, f"{secret}_newly_known", f"{get_ip(request)}|{whom}")


def known_browser(request, email):
    """What names this browser if it has signed in with this address before, or nothing."""
    kept = _kept(request)
    return kept["browser"] if _digest(email) in kept["people"] else ""


def remember_browser(request, response, email):
    """Count this browser by itself for this address from now on, and for those last used in it."""
    kept = _kept(request)
    people = list(dict.fromkeys([_digest(email), *kept["people"]]))[:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps({"browser": kept["browser"], "people": people}, salt=SALT),
        max_age=KEEP,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path=settings.SESSION_COOKIE_PATH,
    )


def _count(request, action, key=None, *, counts=True):
    used = consume(request, app="allauth.account", action=action, key=key, dry_run=not counts, limit_get=True)
    return bool(used)


def _kept(request):
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEP)
    except signing.BadSignature:
        kept = None
    return kept if isinstance(kept, dict) else {"browser": secrets.token_urlsafe(12), "people": []}


def _digest(email):
    return signing.Signer(salt=SALT).signature(plain_address(email))
