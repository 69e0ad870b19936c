"""What people cannot know of votes: that an address hangs on an open one, and that renewed links must reach voters."""

from qlabs.base.people import addresses

from . import letters
from .models import RollEntry, State


def is_on_an_open_roll(person):
    return _open_entries(person).exists()


def send_new_links(person):
    """Invite again, with the link of now, to every open vote that the person may vote in."""
    entries = _open_entries(person)
    entries.update(invited=False)
    letters.invite_again(entries)


def _open_entries(person):
    return RollEntry.objects.filter(person=person, ballot__state=State.OPEN)


addresses.held_when(is_on_an_open_roll)
addresses.on_renewed(send_new_links)
