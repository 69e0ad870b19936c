"""Every write to labs: one action, one transaction, one event."""

from .gate import pass_gate
from .labs import archive_lab, create_lab, restore_lab, set_challenge, set_theme, update_lab
from .money import record_funding, remove_funding
from .stage import set_stage_dates, tell_closing, tell_opening
from .team import add_to_team, remove_from_team

__all__ = [
    "add_to_team",
    "archive_lab",
    "create_lab",
    "pass_gate",
    "record_funding",
    "remove_from_team",
    "remove_funding",
    "restore_lab",
    "set_challenge",
    "set_stage_dates",
    "set_theme",
    "tell_closing",
    "tell_opening",
    "update_lab",
]
