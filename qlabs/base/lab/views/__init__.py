"""The pages of those who look after a lab: HTTP only."""

from .invitations import cancel_invitation, invitations, invite_list, remind_all_invited, remind_invited
from .labs import archive, new, settings
from .log import log, log_file, log_program
from .money import funding, remove_funding
from .stage import gate, stage, stage_list
from .team import remove, team

__all__ = [
    "archive",
    "cancel_invitation",
    "funding",
    "gate",
    "invitations",
    "invite_list",
    "log",
    "log_file",
    "log_program",
    "new",
    "remind_all_invited",
    "remind_invited",
    "remove",
    "remove_funding",
    "settings",
    "stage",
    "stage_list",
    "team",
]
