"""The labs' heads, kept in the installation's chain: soon after what outsiders rest on, and all of them once a day."""

from django.db import transaction
from django.db.models import F, Q

from . import events
from .models import Chain
from .tasks import watch

WHAT = "core.heads_anchored"


@watch
def anchor_what_matters(*, at):
    """Anchor the labs whose stage, vote or first event is newer than their last anchor."""
    if Chain.objects.filter(anchor_due=True).exists():
        with transaction.atomic():
            _anchor(Q(anchor_due=True), at=at)


def done_on(day):
    """Whether all labs have been anchored on that day."""
    return Chain.objects.filter(lab=None, anchored_on__gte=day).exists()


@transaction.atomic
def anchor_daily(*, day, at):
    """Anchor every lab whose chain has moved; whether this was the first time on that day."""
    chain = events.lock(None)
    if chain.anchored_on is not None and chain.anchored_on >= day:
        return False
    _anchor(Q(number__gt=F("anchored")), at=at)
    Chain.objects.filter(pk=chain.pk).update(anchored_on=day)
    return True


def _anchor(which, *, at):
    """Waiting for the installation's chain first, and then for nobody: a lab that is writing now is taken next time."""
    events.lock(None)
    moved = Chain.objects.select_for_update(skip_locked=True).filter(which, lab__isnull=False).order_by("lab")
    heads = {chain.pk: [chain.lab_id, chain.number, chain.hash] for chain in moved}
    if heads:
        events.record(None, by=None, what=WHAT, at=at, heads=list(heads.values()))
        Chain.objects.filter(pk__in=heads).update(anchor_due=False, anchored=F("number"))
