from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Refused
from qlabs.base.lab import actions, forms, queries
from qlabs.base.lab.models import Role
from qlabs.base.people import actions as people
from qlabs.base.ui.forms import posted


def team(request):
    lab = request.subject
    form = forms.AddToTeam(posted(request), find=queries.person_by_email)
    if form.is_valid():
        messages.success(request, _add(request, lab, form))
        return redirect("lab:team", lab.slug)
    rows = queries.people_in(lab)
    context = {
        "lab": lab,
        "form": form,
        "rows": rows,
        "invited": queries.invited(lab),
        "appointed": queries.appointments(lab),
    }
    return render(request, "lab/team.jinja", context)


def remove(request):
    membership = request.subject
    actions.remove_from_team(membership=membership, by=request.user, at=request.at)
    messages.success(request, _("%(name)s no longer has this role.") % {"name": membership.person.name})
    return redirect("lab:team", membership.lab.slug)


def _add(request, lab, form):
    """Add somebody who is here, invite somebody who is not; the sentence that says which."""
    role, name = form.cleaned_data["role"], form.cleaned_data["name"]
    if role == Role.LEAD and form.person == request.user:
        raise Refused(_("You cannot make yourself the lead. Ask the lab’s lead or another operator."))
    if form.person:
        actions.add_to_team(lab=lab, person=form.person, role=role, by=request.user, at=request.at)
        return _("%(name)s is in the lab now.") % {"name": form.person.name}
    email = form.cleaned_data["email"]
    people.invite_guest(lab=lab, email=email, name=name, role=role, by=request.user, at=request.at)
    return _("We sent %(name)s a personal link to join the lab.") % {"name": name}
