from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Conflict, Refused
from qlabs.base.lab import actions, forms, queries
from qlabs.base.lab.models import Role
from qlabs.base.people import actions as people
from qlabs.base.people import queries as people_queries
from qlabs.base.ui.forms import posted


def team(request):
    lab = request.subject
    form = forms.InviteToLab(posted(request))
    if form.is_valid() and _invited(request, lab, form):
        return redirect("lab:team", lab.slug)
    context = {
        "lab": lab,
        "form": form,
        "rows": queries.people_in(lab),
        "invited": [people_queries.pending(one, at=request.at) for one in queries.invited(lab)],
        "roles": queries.ROLE_WORDS,
        "appointed": queries.appointments(lab),
    }
    return render(request, "lab/team.jinja", context)


def remove(request):
    membership = request.subject
    actions.remove_from_team(membership=membership, by=request.user, at=request.at)
    messages.success(request, _("%(name)s no longer has this role.") % {"name": membership.person.name})
    return redirect("lab:team", membership.lab.slug)


def _invited(request, lab, form):
    """Invite, or say beside the address why not; the words are the same for people we know and people we do not."""
    facts = form.cleaned_data
    if facts["role"] == Role.LEAD and facts["email"] == request.user.email:
        raise Refused(_("You cannot make yourself the lead. Ask the lab’s lead or another operator."))
    try:
        people.invite_guest(lab=lab, by=request.user, at=request.at, **facts)
    except Conflict as conflict:
        form.add_error("email", str(conflict))
        return False
    messages.success(
        request, _("We sent %(name)s a personal link to join the lab.") % {"name": facts["name"]}
    )
    return True
