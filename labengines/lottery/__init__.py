"""A panel drawn by lot that fits its quotas, with chances as equal as can be, and seats for a meeting."""

from labengines.lottery.addresses import address_key
from labengines.lottery.fairest import geometric_mean, gini, leximin, maximin, nash
from labengines.lottery.feasible import feasible
from labengines.lottery.listing import chances, commit, draw, read_list
from labengines.lottery.replacing import replace
from labengines.lottery.seating import reseat, seat
from labengines.lottery.types import Person, Quota, Wishes

__all__ = [
    "Person",
    "Quota",
    "Wishes",
    "address_key",
    "chances",
    "commit",
    "draw",
    "feasible",
    "geometric_mean",
    "gini",
    "leximin",
    "maximin",
    "nash",
    "read_list",
    "replace",
    "reseat",
    "seat",
]
