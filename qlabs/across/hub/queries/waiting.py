"""Waiting for me: what every app says waits for one person, most urgent first."""

from datetime import UTC, datetime

from qlabs.choose.ballots import queries as ballots
from qlabs.choose.stations import queries as stations
from qlabs.choose.themes import queries as themes

SOURCES = (ballots, stations, themes)
NEVER = datetime.max.replace(tzinfo=UTC)


def waiting_for(person, *, at, lab=None):
    """Waiting items of a person, in one lab or in all, the soonest due first."""
    if not person.is_authenticated:
        return []
    items = [item for source in SOURCES for item in source.waiting(person, at, lab)]
    return sorted(items, key=lambda item: (item.due or NEVER, item.minutes))
