"""What people cannot know of votes: that an address hangs on an open one, and that renewed links must reach voters."""

from django.db.models import Max

from qlabs.base.people import addresses

from . import letters
from .models import RollEntry, State


def end_of_open_votes(person):
    """When the last open vote ends that the person may vote in, or None."""
    return _open_entries(person).aggregate(end=Max("ballot__ends_at"))["end"]


def send_new_links(person):
    """Invite again, with the link of now, to every open vote that the person may vote in."""
    entries = _open_entries(person)
    entries.update(invited=False)
    letters.invite_again(entries)


def _open_entries(person):
    return RollEntry.objects.filter(person=person, ballot__state=State.OPEN)


addresses.held_when(end_of_open_votes)
addresses.on_renewed(send_new_links)
