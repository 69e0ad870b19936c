"""Another address: the operator who asks for it, and the person who answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions, letters, queries
from .members import somebody


@never_cache
def answer(request, token):
    """The page behind the link to both addresses: looking changes nothing, one of two buttons answers."""
    found = queries.address_change_of(token)
    if found is None:
        raise Http404(_("This link is not complete. Copy the whole address from the email."))
    change, side = found
    if request.method == "POST" and not change.answered_at:
        change = actions.answer_email_change(change=change, accept="yes" in request.POST, at=request.at)
    return render(
        request,
        "people/answer_address.jinja",
        {"change": change, "side": side, "until": letters.answer_by(change)},
    )


def withdraw(request, pk):
    person = somebody(pk)
    actions.withdraw_email_change(person=person, by=request.user, at=request.at)
    messages.success(request, _("The address stays as it is. Both addresses are told."))
    return redirect("people:person", pk)


def renew(request, pk):
    person = somebody(pk)
    actions.renew_links(person=person, by=request.user, at=request.at)
    messages.success(request, _("The links sent to %(name)s before no longer work.") % {"name": person.name})
    return redirect("people:person", pk)


def renew_mine(request):
    actions.renew_links(person=request.user, by=request.user, at=request.at)
    messages.success(
        request,
        _("Links that we sent you before no longer work. New ones are on their way where you need them."),
    )
    return redirect("people:security")
