import time
from functools import cache

from django.conf import settings
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from . import second_factor as factors

BEFORE_SIGN_IN = ("account_login", "account_confirm_login_code", "mfa_login_webauthn")
OPEN = {"account_login", "account_logout", "people:security", "people:totp_qr", "people:sign_out_everywhere"}


BEAT = 0.05  # seconds; most answers before sign-in take less


def even_answers(get_response):
    """Answers to whoever is signing in leave on the beat: a tenth of a millisecond would tell who is known here."""

    def middleware(request):
        arrived = time.monotonic()
        response = get_response(request)
        if request.path_info in _before_sign_in():
            time.sleep((arrived - time.monotonic()) % BEAT)
        return response

    return middleware


@cache
def _before_sign_in():
    return {reverse(name) for name in BEFORE_SIGN_IN}


def second_factor(get_response):
    """Send whoever needs a second factor and has none to set one up before anything else."""

    def middleware(request):
        if _must_set_up(request):
            return redirect("people:security")
        return get_response(request)

    return middleware


def _must_set_up(request):
    if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    if _is_open(request.path_info) or not request.user.is_authenticated:
        return False
    return factors.is_required(request.user) and not factors.has_one(request.user)


def _is_open(path):
    try:
        name = resolve(path).view_name
    except Resolver404:
        return True
    return name in OPEN or name.startswith("mfa_")
