"""What people cannot know of labs: what accepting an invitation to one does, and what its roles are called."""

from qlabs.base.people import joining, second_factor
from qlabs.base.people.models import Invitation

from . import actions
from .models import Role
from .rules import leads_a_lab


def join_lab(invitation, *, at):
    """Give the invited person the role of the invitation."""
    actions.add_to_team(
        lab=invitation.lab,
        person=invitation.person,
        role=invitation.role,
        by=invitation.person,
        at=at,
        asked_by=invitation.invited_by,
    )


joining.on_accept(Invitation.Purpose.LAB, join_lab)
joining.name_roles(Role.choices)
second_factor.required_for(leads_a_lab)
