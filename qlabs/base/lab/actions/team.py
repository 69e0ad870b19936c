from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict
from qlabs.base.lab.models import Lab, Membership, Role


@transaction.atomic
def add_to_team(*, lab, person, role, by, at):
    """Give a person a role in the lab; a role she has already stays one."""
    membership, is_new = Membership.objects.get_or_create(lab=lab, person=person, role=role)
    if is_new:
        events.record(
            lab, by=by, what="lab.team_changed", on=membership, at=at, added=str(role), person=person.pk
        )
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
