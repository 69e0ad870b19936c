"""The append-only log of who did what: one hash chain for each lab and one for the installation.

Each event's hash is SHA-256 over the hash before it in its chain and the event's own content, so that removing,
changing or moving one row is found by `qlabs verify-log`. Rewriting all of a chain is found by whoever kept a later
head of it; see docs/adr (chains, heads and witnesses).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from .models import Chain, Event

GENESIS = "0" * 64

_anchored_soon = set()


@dataclass(frozen=True)
class Head:
    """The newest event of a chain: whoever keeps it can tell later whether anything up to it was rewritten."""

    number: int
    hash: str


def record(lab, *, by, what, on=None, at=None, **facts):
    """Append one event; call it inside the action's transaction. `facts` hold no personal data.

    lab: the lab whose chain it goes into; None is the installation's chain. One transaction writes into one chain,
    or into the installation's first, so that two never wait for each other.
    """
    with transaction.atomic():
        chain = lock(lab)
        event = Event(
            chain=chain,
            number=chain.number + 1,
            at=at or timezone.now(),
            lab=lab,
            by=by,
            what=what,
            on_kind=on._meta.label_lower if on is not None else "",
            on_id=str(on.pk) if on is not None else "",
            facts=facts,
            previous=chain.hash,
        )
        event.hash = digest(event)
        event.save(force_insert=True)
        due = chain.anchor_due or (lab is not None and (event.number == 1 or what in _anchored_soon))
        Chain.objects.filter(pk=chain.pk).update(number=event.number, hash=event.hash, anchor_due=due)
    return event


def anchor_soon(*kinds):
    """Have the installation's chain hold a lab's head within the minute after such an event, not only daily."""
    _anchored_soon.update(kinds)


def content(event):
    """What an event's hash covers, as it is handed out. A lab's place in it keeps chains apart."""
    return [
        event.previous,
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.lab_id,
        event.by_id,
        event.what,
        event.on_kind,
        event.on_id,
        event.facts,
    ]


def digest(event):
    """SHA-256 over the event before and this one's content, as hexadecimal."""
    text = json.dumps(content(event), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def head(lab):
    """The Head of a lab's chain, or of the installation's."""
    chain = Chain.objects.filter(lab=lab).first()
    return Head(chain.number, chain.hash) if chain else Head(0, GENESIS)


def lock(lab):
    """The chain, begun if need be, and nobody else appends to it before the transaction ends."""
    chain = Chain.objects.select_for_update().filter(lab=lab).first()
    if chain is None:
        Chain.objects.bulk_create([Chain(lab=lab)], ignore_conflicts=True)
        chain = Chain.objects.select_for_update().get(lab=lab)
    return chain
