"""Every write of this app. All take `by` (a person, or None for the system) and `at`."""

from .addresses import answer_email_change, change_email, renew_links, withdraw_email_change
from .imports import confirm_import, forget_import, keep_import, match_columns
from .invitations import (
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    invite_guest,
    invite_list,
    invite_member,
    invite_operator,
    remind,
    remind_everyone,
    take_back_no,
)
from .members import (
    add_member,
    deactivate,
    join_community,
    organisation_named,
    reactivate,
    save_profile,
    sign_out_everywhere,
)

__all__ = [
    "accept_invitation",
    "add_member",
    "answer_email_change",
    "cancel_invitation",
    "change_email",
    "confirm_import",
    "deactivate",
    "decline_invitation",
    "forget_import",
    "invite_guest",
    "invite_list",
    "invite_member",
    "invite_operator",
    "join_community",
    "keep_import",
    "match_columns",
    "organisation_named",
    "reactivate",
    "remind",
    "remind_everyone",
    "renew_links",
    "save_profile",
    "sign_out_everywhere",
    "take_back_no",
    "withdraw_email_change",
]
