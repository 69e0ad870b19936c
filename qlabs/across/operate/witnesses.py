"""Each morning the newest hashes of the log go to people elsewhere: docs/adr (chains, heads and witnesses)."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from qlabs.base.core import anchors, events, tasks
from qlabs.base.core.mail import send
from qlabs.base.core.models import Chain, Event
from qlabs.base.ui.words import LONDON, day

FIRST_HOUR = 8


@tasks.watch
def tell_daily(*, at):
    """In the morning, anchor what moved since yesterday and write to the witnesses."""
    local = timezone.localtime(at, LONDON)
    if local.hour >= FIRST_HOUR and not anchors.done_on(local.date()):
        _morning(day=local.date(), at=at)


@transaction.atomic
def _morning(*, day, at):
    if anchors.anchor_daily(day=day, at=at) and settings.WITNESSES:
        event = events.record(None, by=None, what="core.heads_sent", at=at, witnesses=len(settings.WITNESSES))
        for place in range(len(settings.WITNESSES)):
            tasks.later(write_to, place, event.number)


@task()
def write_to(place, number):
    """The installation's head as it stood at this entry, and the newest of each public lab, to one witness."""
    if place >= len(settings.WITNESSES):
        return
    event = Event.objects.get(chain__lab=None, number=number)
    context = {
        "head": event,
        "witnesses": len(settings.WITNESSES),
        "labs": Chain.objects.filter(lab__is_public=True).select_related("lab").order_by("lab__title"),
    }
    subject = _("The log of %(name)s on %(day)s: please keep this email")
    names = {"name": settings.INSTALLATION_NAME, "day": day(event.at)}
    send(
        to=settings.WITNESSES[place], subject=subject % names, template="operate/mail/heads", context=context
    )
