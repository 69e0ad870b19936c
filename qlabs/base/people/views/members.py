from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable

from .. import actions, queries
from ..forms.people import EmailChangeForm

CHANGED = gettext_lazy(
    "The address is changed, and both addresses are told. The person signs in with the new one."
)
ASKED = gettext_lazy(
    "The person is on the list of voters of a vote that is open, so they have to confirm first. "
    "Both addresses get an email."
)


def index(request):
    search = printable(request.GET.get("q", "").strip()[:100])
    page = paginate(queries.people(search), request)
    words = {"page": page, "search": search, "members": queries.member_count()}
    return render(request, "people/members.jinja", words)


def doubles(request):
    """Members who may be here twice; an operator who knows closes one of the accounts."""
    return render(request, "people/doubles.jinja", {"groups": queries.doubles_among_members()})


def person(request, pk):
    someone = somebody(pk)
    form = EmailChangeForm(posted(request))
    if form.is_valid():
        change = actions.change_email(person=someone, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, CHANGED if change.is_accepted else ASKED)
        return redirect("people:person", pk)
    shown = {
        "person": someone,
        "form": form,
        "change": queries.open_address_change(someone),
        "joined": queries.way_of_joining(someone),
    }
    return render(request, "people/person.jinja", shown)


def close(request, pk):
    someone = somebody(pk)
    if request.method != "POST":
        return render(request, "people/close.jinja", {"person": someone})
    actions.deactivate(person=someone, by=request.user, at=request.at)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": someone.name})
    return redirect("people:person", pk)


def reopen(request, pk):
    someone = actions.reactivate(person=somebody(pk), by=request.user, at=request.at)
    messages.success(request, _("%(name)s can sign in again.") % {"name": someone.name})
    return redirect("people:person", pk)


def somebody(pk):
    someone = queries.person(pk)
    if someone is None:
        raise Http404(_("Nobody has this number."))
    return someone
