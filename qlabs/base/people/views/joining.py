from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.core.errors import Conflict, Gone
from qlabs.base.ui.shell import link

from .. import actions, queries


@never_cache
def join(request, token):
    """The page behind a personal link: looking at it changes nothing, the button takes it up once and signs in."""
    invitation = queries.invitation_of(token)
    if invitation is None and queries.was_replaced(token):
        raise Gone(_("A newer link took its place. The newest email has the link to use."))
    if invitation is None:
        raise Http404(
            _("This link is not complete. Copy the whole address from the mail, or sign in by code.")
        )
    if not queries.is_open(invitation, at=request.at):
        return _spent(request, invitation)
    if request.method != "POST":
        return render(request, "people/join.jinja", {"invitation": invitation})
    try:
        invitation = actions.accept_invitation(invitation=invitation, at=request.at)
    except Conflict:
        return _spent(request, invitation)
    return _sign_in(request, invitation)


def _sign_in(request, invitation):
    address = _next_page(invitation)
    if request.user == invitation.person:
        return redirect(address)
    return perform_login(
        request, Login(user=invitation.person, redirect_url=address, email=invitation.person.email)
    )


def _next_page(invitation):
    lab_home = link("hub:lab", invitation.lab.slug) if invitation.lab else ""
    return lab_home or reverse("people:profile")


def _spent(request, invitation):
    return render(request, "people/spent.jinja", {"invitation": invitation}, status=410)
