from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.core.errors import Conflict
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable

from .. import actions, queries
from ..forms.people import InviteForm


def index(request):
    search = printable(request.GET.get("q", "").strip()[:100])
    page = paginate(queries.open_invitations(search), request)
    words = {
        "page": page,
        "pending": [queries.pending(invitation, at=request.at) for invitation in page.object_list],
        "search": search,
        "due": queries.may_be_reminded(at=request.at).count(),
    }
    return render(request, "people/invitations.jinja", words)


def invite(request):
    """One person to the community."""
    form = InviteForm(posted(request))
    if form.is_valid() and _invited(request, form):
        return redirect("people:invitations")
    return render(request, "people/invite.jinja", {"form": form})


def _invited(request, form):
    """Invite, or say beside the address why not."""
    try:
        invitation = actions.invite_member(by=request.user, at=request.at, **form.cleaned_data)
    except Conflict as conflict:
        form.add_error("email", str(conflict))
        return False
    messages.success(request, _("We sent %(name)s a personal link.") % {"name": invitation.name})
    return True


def remind(request, pk):
    invitation = queries.open_invitations().filter(pk=pk).first()
    if invitation is None:
        raise Http404(_("This invitation is not waiting any more."))
    actions.remind(invitation=invitation, by=request.user, at=request.at)
    messages.success(request, _("A reminder goes to %(name)s now.") % {"name": invitation.name})
    return redirect("people:invitations")


def remind_everyone(request):
    number = actions.remind_everyone(by=request.user, at=request.at)
    said = ngettext("A reminder goes to %(number)s person.", "Reminders go to %(number)s people.", number)
    messages.success(request, said % {"number": number})
    return redirect("people:invitations")
