from .device import confirm, finish, receipt, sign, start, still_there, vote
from .lead import cards, close, index

__all__ = [
    "cards",
    "close",
    "confirm",
    "finish",
    "index",
    "receipt",
    "sign",
    "start",
    "still_there",
    "vote",
]
