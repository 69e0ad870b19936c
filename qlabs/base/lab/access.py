"""You get a lab or a row only by naming a permission: the middleware does, for the route, before the view runs."""

from dataclasses import dataclass

import rules
from django.contrib.auth.views import redirect_to_login
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _

from qlabs.base.core.errors import Refused
from qlabs.base.people.models import Invitation

from . import queries
from .models import Funding, Membership
from .rules import sees_lab

_kinds = {}


class SignInFirst(Exception):
    """The stranger may be allowed once signed in; the middleware sends them to the sign-in page."""


@dataclass(frozen=True)
class Kind:
    """How rows of one kind are found: their model, the path to their lab, and what to load with them."""

    model: type
    lab_path: str
    related: tuple


def kind(name, model, *, lab_path="lab", related=()):
    """Let `allow(..., name=pk)` find rows of a model."""
    _kinds[name] = Kind(model, lab_path, tuple(related))


def allow(request, permission, *, lab=None, **row):
    """The lab, or the row of it, that `permission` concerns: or 404, 403, or the sign-in page.

    Whoever may not see the lab is told the same as where there is none, so that nobody can feel for private labs.
    """
    subject = _find(request, lab, row)
    if rules.has_perm(permission, request.user, subject):
        return subject
    if subject is not None and not sees_lab.test(request.user, subject):
        raise _nothing_here()
    if not request.user.is_authenticated:
        raise SignInFirst
    raise Refused(queries.refusal(permission, subject, at=request.at))


def may(request, permission, subject=None):
    """Whether to offer an act on a page that is already open."""
    if subject is not None and not hasattr(subject.lab, "asked_at"):
        _ask_at(subject, request)
    return rules.has_perm(permission, request.user, subject)


def to_sign_in(request):
    is_page = "GET" in request.resolver_match.func.door.methods
    return redirect_to_login(request.get_full_path() if is_page else "/")


def _find(request, slug, row):
    if slug is None and not row:
        return None
    subject = _row(slug, **row) if row else queries.lab_for_access(slug)
    if subject is None:
        raise _nothing_here()
    _ask_at(subject, request)
    return subject


def _row(slug, **row):
    """The row with its lab in one query, or None; the lab's dates in a second."""
    [(name, pk)] = row.items()
    found = _kinds[name]
    if slug is None:
        return found.model.objects.select_related(*found.related).filter(pk=pk).first()
    rows = found.model.objects.select_related(found.lab_path, *found.related)
    match = rows.filter(**{f"{found.lab_path}__slug": slug}, pk=pk).first()
    if match is not None:
        prefetch_related_objects([match.lab], "stage_dates")
    return match


def _nothing_here():
    return Http404(
        _("There is nothing at this address that you can see. If you were invited, sign in first.")
    )


def _ask_at(subject, request):
    lab = getattr(subject, "lab", None)
    if lab is not None:
        lab.asked_at = request.at
        lab.asked_roles = queries.roles(lab, request.user)


kind("membership", Membership, related=("person",))
kind("funding", Funding)
kind("invitation", Invitation)
