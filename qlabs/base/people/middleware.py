import time
from functools import cache

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import kept
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


def keeps_forms(get_response):
    """A form that was sent when nobody was signed in any more leads to the sign-in page, and then back to its words."""

    def middleware(request):
        response = get_response(request)
        if (
            request.method == "POST"
            and response.status_code in (302, 404)
            and kept.is_form_of_somebody(request)
        ):
            return _kept(request, response)
        kept.forget_old(request)
        return response

    return middleware


def _kept(request, response):
    if request.user.is_authenticated:
        if kept.forget(request, request.POST.get(kept.AGAIN, "")) and kept.of(request):
            page = format_html(
                '<a href="{}">{}</a>', reverse("people:kept"), _("See what else we kept for you")
            )
            messages.info(request, page)
        return response
    if not (response.status_code == 404 or response.url.startswith(reverse("account_login"))):
        return response
    if not kept.may_keep(request):
        messages.warning(request, _("You were signed out, so nothing was sent. Sign in, then choose again."))
        return response
    return redirect_to_login(reverse("people:kept")) if kept.keep(request) else response


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
