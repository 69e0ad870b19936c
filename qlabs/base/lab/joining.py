"""What accepting an invitation to a lab does: the guest gets the role that the lab's lead chose."""

from qlabs.base.people import joining
from qlabs.base.people.models import Invitation

from . import actions


def join_lab(invitation, *, at):
    """Give the invited person the role of the invitation."""
    actions.add_to_team(
        lab=invitation.lab, person=invitation.person, role=invitation.role, by=invitation.person, at=at
    )


joining.on_accept(Invitation.Purpose.LAB, join_lab)
