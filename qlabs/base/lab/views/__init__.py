"""The pages of those who look after a lab: HTTP only."""

from .labs import archive, new, settings
from .log import log, log_file, log_program
from .money import funding, remove_funding
from .stage import gate, stage, stage_list
from .team import remove, team

__all__ = [
    "archive",
    "funding",
    "gate",
    "log",
    "log_file",
    "log_program",
    "new",
    "remove",
    "remove_funding",
    "settings",
    "stage",
    "stage_list",
    "team",
]
