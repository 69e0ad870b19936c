from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qlabs.base.ui.views import csrf_failure as too_old

from .. import kept


def kept_form(request):
    """What was typed when nobody was signed in any more, to look at and to send again."""
    if request.method == "POST":
        kept.forget(request, request.POST.get("name", ""))
        messages.success(request, _("We have removed what you typed."))
        return redirect("people:kept")
    words = {"kept": kept.of(request), "of_others": bool(kept.of_others(request)), "most": kept.MOST_FORMS}
    return render(request, "people/kept.jinja", words)


def csrf_failure(request, reason=""):
    """The form is older than the sign-in of this browser, or it is no form of ours."""
    if not (kept.is_form_of_somebody(request) and kept.may_keep(request) and kept.keep(request)):
        return too_old(request, reason)
    page = reverse("people:kept")
    return redirect(page) if request.user.is_authenticated else redirect_to_login(page)
