from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qlabs.base.core.errors import AccountClosed, Conflict, Gone
from qlabs.base.ui.forms import posted
from qlabs.base.ui.shell import link

from .. import actions, joining, queries
from ..forms.people import JoinForm


@never_cache
def join(request, token):
    """The page behind a personal link: looking at it changes nothing, the button accepts once and signs in."""
    invitation = _invitation(token)
    if not queries.is_open(invitation, at=request.at):
        return _spent(request, invitation)
    form = JoinForm(posted(request), asks=queries.may_join_community_too(invitation))
    if not form.is_valid():
        shown = {
            "invitation": invitation,
            "token": token,
            "form": form,
            "role": joining.role_words(invitation.role),
        }
        return render(request, "people/join.jinja", shown)
    try:
        invitation = actions.accept_invitation(invitation=invitation, at=request.at, **form.cleaned_data)
    except Conflict:
        return _spent(request, invitation)
    return _sign_in(request, invitation)


@never_cache
def no_thanks(request, token):
    """A no by personal link, without signing in: the button keeps it; later the same page lets it be taken back."""
    invitation = _invitation(token)
    is_open = queries.is_open(invitation, at=request.at)
    if not queries.may_say_no(invitation, at=request.at):
        return _spent(request, invitation)
    if request.method == "POST":
        _answer(request, invitation)
        return redirect("people:no_thanks", token)
    shown = {"invitation": invitation, "token": token, "is_open": is_open}
    return render(request, "people/no_thanks.jinja", shown)


def join_community(request):
    actions.join_community(person=request.user, at=request.at)
    messages.success(request, _("You are a member of the community now."))
    return redirect("people:profile")


def _answer(request, invitation):
    if invitation.declined_at is None:
        actions.decline_invitation(invitation=invitation, at=request.at)
    elif request.POST.get("again"):
        actions.take_back_no(invitation=invitation, at=request.at)
        messages.success(request, _("They may invite you again."))


def _invitation(token):
    if queries.is_of_closed_account(token):
        raise AccountClosed
    invitation = queries.invitation_of(token)
    if invitation is None and queries.was_replaced(token):
        raise Gone(_("A newer link took its place. The newest email has the link to use."))
    if invitation is None:
        raise Http404(
            _(
                "This link is not complete, or the invitation was withdrawn. Copy the whole address from the email, "
                "or sign in by code."
            )
        )
    return invitation


def _sign_in(request, invitation):
    address = _next_page(invitation)
    if request.user == invitation.person:
        answer = redirect(address)
    else:
        login = Login(user=invitation.person, redirect_url=address, email=invitation.person.email)
        answer = perform_login(request, login)
    if said := _accepted(invitation):  # after signing in, which forgets what was to be said to somebody else
        messages.success(request, said)
    return answer


def _accepted(invitation):
    """That it worked, in words."""
    facts = {"name": settings.INSTALLATION_NAME}
    if invitation.lab:
        facts = {"lab": invitation.lab.title, "role": joining.role_words(invitation.role)}
        return _("You have accepted the invitation to “%(lab)s”. Your role: %(role)s.") % facts
    if invitation.purpose == invitation.Purpose.OPERATOR:
        return ""
    if invitation.person.joined_invitation_id == invitation.pk:
        return _("You have joined the %(name)s community.") % facts
    return _("You are a member of the %(name)s community. Please check your profile.") % facts


def _next_page(invitation):
    lab_home = link("hub:lab", invitation.lab.slug) if invitation.lab else ""
    return lab_home or reverse("people:profile")


def _spent(request, invitation):
    """Whoever opens her own old link while signed in goes on; anybody else reads what to do."""
    if invitation.accepted_at and request.user == invitation.person:
        messages.info(request, _("You have accepted this invitation already."))
        return redirect(link("hub:home") or reverse("people:profile"))
    return render(request, "people/spent.jinja", {"invitation": invitation}, status=410)
