"""The email that tells a voter that a card with her code was printed."""

from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import task

from qlabs.base.core.mail import reaches, send
from qlabs.base.people.models import Person
from qlabs.choose.ballots.models import RollEntry


@task()
def tell_of_cards(pks, by_pk):
    """Whoever holds the card can vote, so its owner hears who printed it. In member order."""
    by = Person.objects.get(pk=by_pk)
    rows = RollEntry.objects.filter(pk__in=pks).select_related("person", "ballot__lab").order_by("pk")
    for entry in rows:
        if reaches(entry.person):
            _tell(entry, by)


def _tell(entry, by):
    ballot = entry.ballot
    subject = _("A card with your voting code was printed: %(question)s") % {"question": ballot.question}
    context = {
        "person": entry.person,
        "ballot": ballot,
        "lab": ballot.lab,
        "by": by.name or by.email,
        "contact": settings.CONTACT_EMAIL,
    }
    send(to=entry.person, subject=subject, template="stations/mail/card", context=context)
