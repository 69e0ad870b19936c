from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.lab import queries
from qlabs.base.lab.models import Lab, Membership, Role


@transaction.atomic
def add_to_team(*, lab, person, role, by, at, asked_by=None):
    """Give a person a role in the lab; a role she has already stays one.

    asked_by: who invited her, if it is she who takes the role up. A lead whom no lead chose is marked as appointed.
    """
    is_lead_chosen = Role.LEAD in queries.roles(lab, asked_by or by)
    membership, is_new = Membership.objects.get_or_create(lab=lab, person=person, role=role)
    if is_new:
        facts = {"added": str(role), "person": person.pk}
        if role == Role.LEAD and not is_lead_chosen:
            facts["appointed_by"] = (asked_by or by).pk
        events.record(lab, by=by, what="lab.team_changed", on=membership, at=at, **facts)
    return membership


@transaction.atomic
def remove_from_team(*, membership, by, at):
    """Take a role away; a lab always keeps one lead."""
    lab = Lab.objects.select_for_update().get(pk=membership.lab_id)
    leads = Membership.objects.filter(lab=lab, role=Role.LEAD)
    if membership.role == Role.LEAD and leads.count() == 1:
        raise Conflict(_("A lab needs a lead. Make somebody else the lead first."))
    facts = {"removed": membership.role, "person": membership.person_id}
    events.record(lab, by=by, what="lab.team_changed", on=membership, at=at, **facts)
    membership.delete()
