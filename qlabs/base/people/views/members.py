from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import paginate
from qlabs.base.ui.words import printable

from .. import actions, queries
from ..forms.people import EmailChangeForm


def index(request):
    search = printable(request.GET.get("q", "").strip()[:100])
    page = paginate(queries.people(search), request)
    words = {"page": page, "search": search, "members": queries.member_count()}
    return render(request, "people/members.jinja", words)


def person(request, pk):
    someone = _person(pk)
    form = EmailChangeForm(posted(request))
    if form.is_valid():
        actions.change_email(person=someone, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(
            request, _("The address is changed. The person signs in with the new one from now on.")
        )
        return redirect("people:person", pk)
    return render(request, "people/person.jinja", {"person": someone, "form": form})


def close(request, pk):
    someone = actions.deactivate(person=_person(pk), by=request.user, at=request.at)
    messages.success(request, _("The account of %(name)s is closed.") % {"name": someone.name})
    return redirect("people:person", pk)


def reopen(request, pk):
    someone = actions.reactivate(person=_person(pk), by=request.user, at=request.at)
    messages.success(request, _("%(name)s can sign in again.") % {"name": someone.name})
    return redirect("people:person", pk)


def _person(pk):
    someone = queries.person(pk)
    if someone is None:
        raise Http404(_("Nobody has this number."))
    return someone
