"""The email that tells a voter that a card with her code was printed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from qlabs.base.core.mail import absolute, reaches, send
from qlabs.base.people.models import Person
from qlabs.choose.ballots.models import RollEntry


@task()
def tell_of_cards(pks, asked_by, printed_by=None):
    """Whoever holds the card can vote, so its owner hears at once who had it printed. In member order."""
    who = dict.fromkeys([asked_by, printed_by or asked_by])
    names = [_name(Person.objects.get(pk=pk)) for pk in who]
    rows = RollEntry.objects.filter(pk__in=pks).select_related("person", "ballot__lab").order_by("pk")
    for entry in rows:
        if reaches(entry.person):
            _tell(entry, names)


def _tell(entry, names):
    ballot = entry.ballot
    subject = _("A card with your voting code was printed: %(question)s") % {"question": ballot.question}
    context = {
        "person": entry.person,
        "ballot": ballot,
        "lab": ballot.lab,
        "asked_by": names[0],
        "printed_by": names[-1],
        "security": absolute(reverse("people:security")),
        "contact": settings.CONTACT_EMAIL,
    }
    send(to=entry.person, subject=subject, template="stations/mail/card", context=context)


def _name(person):
    return person.name or person.email
