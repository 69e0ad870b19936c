"""Who is invited to a lab, and asking many at once. Only this lab's invitations, as their inviters wrote them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.lab import forms, queries
from qlabs.base.people import actions as people
from qlabs.base.people import queries as people_queries
from qlabs.base.people import transfer
from qlabs.base.ui.forms import posted
from qlabs.base.ui.paging import asked, paginate

MOST_AT_ONCE, MOST_FAULTS = 300, 10


def invitations(request):
    lab = request.subject
    search = asked(request, "q")
    page = paginate(people_queries.open_invitations(search, lab=lab), request)
    shown = {
        "lab": lab,
        "page": page,
        "pending": [people_queries.pending(one, at=request.at) for one in page.object_list],
        "search": search,
        "due": people_queries.may_be_reminded(at=request.at, lab=lab).count(),
        "declined": people_queries.declines(lab),
        "roles": queries.ROLE_WORDS,
    }
    return render(request, "lab/invitations.jinja", shown)


def invite_list(request):
    lab = request.subject
    form = forms.InviteList(posted(request), request.FILES or None, read=_read)
    if form.is_valid():
        role = form.cleaned_data["role"]
        number = people.invite_list(lab=lab, rows=form.rows, role=role, by=request.user, at=request.at)
        said = ngettext("We sent %(number)s invitation.", "We sent %(number)s invitations.", number)
        messages.success(request, said % {"number": number})
        return redirect("lab:invitations", lab.slug)
    return render(request, "lab/invite_list.jinja", {"lab": lab, "form": form})


def remind_invited(request):
    invitation = request.subject
    people.remind(invitation=invitation, by=request.user, at=request.at)
    messages.success(request, _("A reminder goes to %(name)s now.") % {"name": invitation.name})
    return redirect("lab:invitations", invitation.lab.slug)


def remind_all_invited(request):
    lab = request.subject
    number = people.remind_everyone(lab=lab, by=request.user, at=request.at)
    said = ngettext("A reminder goes to %(number)s person.", "Reminders go to %(number)s people.", number)
    messages.success(request, said % {"number": number})
    return redirect("lab:invitations", lab.slug)


def cancel_invitation(request):
    invitation = request.subject
    people.cancel_invitation(invitation=invitation, by=request.user, at=request.at)
    messages.success(request, _("The invitation of %(name)s is cancelled.") % {"name": invitation.name})
    return redirect("lab:invitations", invitation.lab.slug)


def _read(given):
    """(rows, sentences that say what is wrong) of pasted lines or a file."""
    try:
        is_text = isinstance(given, str)
        sheet = transfer.sheet_of_lines(given) if is_text else transfer.read_sheet(given.name, given.read())
        read = transfer.read_guests(sheet)
    except transfer.Unreadable as problem:
        return [], [problem.sentence]
    if len(read.rows) > MOST_AT_ONCE:
        return [], [_("Invite at most %(most)s people at once.") % {"most": MOST_AT_ONCE}]
    faults = [
        _("Line %(row)s: %(reason)s") % {"row": one["row"], "reason": _reasons(one, read.headings)}
        for one in read.refused[:MOST_FAULTS]
    ]
    return read.rows, faults


def _reasons(one, headings):
    """What is wrong with a row, column by column."""
    return "; ".join(f"{headings[int(column)]} {reason}" for column, reason in one["reasons"].items())
