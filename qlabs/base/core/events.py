"""The append-only, hash-chained log of who did what.

Each event's hash is SHA-256 over the hash before it and the event's own content, so that removing, changing or
moving one row is found by `qlabs verify-log`.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from .models import ChainHead, Event

GENESIS = "0" * 64


@dataclass(frozen=True)
class Fault:
    """One broken place in the log."""

    position: int
    problem: str


def record(lab, *, by, what, on=None, at=None, **facts):
    """Append one event; call it inside the action's transaction. `facts` hold no personal data."""
    with transaction.atomic():
        head = _locked_head()
        event = Event(
            position=head.position + 1,
            at=at or timezone.now(),
            lab=lab,
            by=by,
            what=what,
            on_kind=on._meta.label_lower if on is not None else "",
            on_id=str(on.pk) if on is not None else "",
            facts=facts,
            previous=head.hash,
        )
        event.hash = digest(event)
        event.save(force_insert=True)
        ChainHead.objects.filter(pk=1).update(position=event.position, hash=event.hash)
    return event


def digest(event):
    """SHA-256 over the event before and this one's content, as hexadecimal."""
    content = [
        event.previous,
        event.position,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.lab_id,
        event.by_id,
        event.what,
        event.on_kind,
        event.on_id,
        event.facts,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify():
    """Every fault in the log, oldest first; an empty list means that nothing was removed or changed."""
    faults, position, previous = [], 0, GENESIS
    for event in Event.objects.order_by("position").iterator():
        faults += _faults_at(event, position=position, previous=previous)
        position, previous = event.position, event.hash
    head = ChainHead.objects.filter(pk=1).first()
    if ((head.position, head.hash) if head else (0, GENESIS)) != (position, previous):
        faults.append(Fault(position + 1, "events are missing at the end"))
    return faults


def _faults_at(event, *, position, previous):
    if event.position != position + 1:
        yield Fault(position + 1, "event is missing")
    elif event.previous != previous:
        yield Fault(event.position, "does not follow the event before it")
    if event.hash != digest(event):
        yield Fault(event.position, "was changed")


def _locked_head():
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(pk=1, hash=GENESIS)], ignore_conflicts=True)
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head
