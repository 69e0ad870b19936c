from .device import confirm, finish, receipt, sign, start, still_there, vote
from .lead import cards, close, index, print_cards

__all__ = [
    "cards",
    "close",
    "confirm",
    "finish",
    "index",
    "print_cards",
    "receipt",
    "sign",
    "start",
    "still_there",
    "vote",
]
