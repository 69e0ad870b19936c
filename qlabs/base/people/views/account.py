import io

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.ui.forms import posted

from .. import actions, queries, second_factor
from ..forms.people import ProfileForm


def profile(request):
    form = ProfileForm(posted(request), initial=queries.profile_of(request.user))
    if form.is_valid():
        actions.save_profile(person=request.user, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    return render(request, "people/profile.jinja", {"form": form})


@never_cache
def security(request):
    ways = queries.ways_to_sign_in(request.user)
    must = second_factor.is_required(request.user) and not second_factor.has_one(request.user)
    return render(request, "people/security.jinja", {"ways": ways, "must_set_up": must})


@never_cache
def totp_qr(request):
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    address = get_adapter().build_totp_url(request.user, secret)
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def sign_out_everywhere(request):
    person = actions.sign_out_everywhere(person=request.user, by=request.user, at=request.at)
    update_session_auth_hash(request, person)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("people:security")
