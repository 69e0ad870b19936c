from .choosing import discard, hide_comment, shortlist, withdraw
from .proposing import edit, propose
from .reading import comment, index, support, theme

__all__ = [
    "comment",
    "discard",
    "edit",
    "hide_comment",
    "index",
    "propose",
    "shortlist",
    "support",
    "theme",
    "withdraw",
]
