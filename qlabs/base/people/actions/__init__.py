"""Every write of this app. All take `by` (a person, or None for the system) and `at`."""

from .addresses import answer_email_change, change_email, renew_links, withdraw_email_change
from .imports import confirm_import, forget_import, keep_import
from .invitations import (
    accept_invitation,
    invite_guest,
    invite_member,
    invite_operator,
    remind,
    remind_everyone,
)
from .members import (
    add_member,
    deactivate,
    organisation_named,
    reactivate,
    save_profile,
    sign_out_everywhere,
)

__all__ = [
    "accept_invitation",
    "add_member",
    "answer_email_change",
    "change_email",
    "confirm_import",
    "deactivate",
    "forget_import",
    "invite_guest",
    "invite_member",
    "invite_operator",
    "keep_import",
    "organisation_named",
    "reactivate",
    "remind",
    "remind_everyone",
    "renew_links",
    "save_profile",
    "sign_out_everywhere",
    "withdraw_email_change",
]
