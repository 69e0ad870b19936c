"""Every read of the hub: cards of labs, a lab's home, what waits for a person, the task queue."""

from .band import band_of
from .cards import (
    card,
    cards,
    cards_for_home,
    days_left,
    first_to_close,
    labs_of,
    labs_seen,
    themes_in,
    votes_open,
)
from .look_after import look_after
from .people import Bar, living_numbers, nations, suppressed
from .place import steps, tools, week
from .story import latest
from .tasks import alike, are_stuck, described, queued, task
from .waiting import waiting_for

__all__ = [
    "Bar",
    "alike",
    "are_stuck",
    "band_of",
    "card",
    "cards",
    "cards_for_home",
    "days_left",
    "described",
    "first_to_close",
    "labs_of",
    "labs_seen",
    "latest",
    "living_numbers",
    "look_after",
    "nations",
    "queued",
    "steps",
    "suppressed",
    "task",
    "themes_in",
    "tools",
    "votes_open",
    "waiting_for",
    "week",
]
