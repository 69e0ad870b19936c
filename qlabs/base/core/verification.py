"""Whether the log is whole: each chain by itself, and labs' chains against what the installation's holds of them."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import F

from .anchors import WHAT
from .events import GENESIS, digest
from .models import Chain, Event


@dataclass(frozen=True)
class Fault:
    """One broken place in the log; `chain` is a lab's address, or empty for the installation's own."""

    chain: str
    number: int
    problem: str


def chains(lab=None):
    """Every chain, the installation's first; or one lab's."""
    rows = Chain.objects.select_related("lab").order_by(F("lab").asc(nulls_first=True))
    return list(rows.filter(lab=lab) if lab else rows)


def verify(lab=None):
    """Every fault in all chains or in one lab's; an empty list means that nothing was removed or changed.

    It cannot find a log that was rewritten whole, the installation's chain and all: for that see `place_of`.
    """
    kept, found = _kept_hashes(lab), chains(lab)
    faults = [fault for chain in found for fault in _faults_in(chain, kept.pop(chain.lab_id, {}))]
    for lab_pk, hashes in kept.items():
        faults += [_gone(_slug(lab_pk), number) for number in sorted(hashes)]
    return faults


def place_of(head, lab=None):
    """The event with this hash, in any chain or one lab's; None: the log was rewritten since somebody kept the head."""
    events = Event.objects.select_related("chain__lab").filter(hash=head.strip().lower())
    return (events.filter(chain__lab=lab) if lab else events).first()


def _kept_hashes(lab):
    """{lab: {number: hash}} as the installation's chain holds them."""
    kept = {}
    for facts in Event.objects.filter(what=WHAT, lab=None).values_list("facts", flat=True).iterator():
        for lab_pk, number, found in facts["heads"]:
            if lab is None or lab.pk == lab_pk:
                kept.setdefault(lab_pk, {})[number] = found
    return kept


def _faults_in(chain, kept):
    """The faults of one chain, oldest first. kept: {number: hash} of what must be in it."""
    slug, number, previous = chain.lab.slug if chain.lab else "", 0, GENESIS
    for event in Event.objects.filter(chain=chain).order_by("number").iterator():
        problems = _problems(event, number=number, previous=previous, lab_pk=chain.lab_id)
        yield from (Fault(slug, place, problem) for place, problem in problems)
        if kept.pop(event.number, event.hash) != event.hash:
            yield Fault(slug, event.number, "is not what the installation's log kept of it")
        number, previous = event.number, event.hash
    if (chain.number, chain.hash) != (number, previous):
        yield Fault(slug, number + 1, "events are missing at the end")
    yield from (_gone(slug, missing) for missing in sorted(kept))


def _problems(event, *, number, previous, lab_pk):
    if event.number != number + 1:
        yield number + 1, "event is missing"
    elif event.previous != previous:
        yield event.number, "does not follow the event before it"
    if lab_pk is not None and event.lab_id != lab_pk:
        yield event.number, "belongs to another chain"
    if event.hash != digest(event):
        yield event.number, "was changed"


def _gone(slug, number):
    return Fault(slug, number, "is missing, though the installation's log kept its hash")


def _slug(lab_pk):
    row = apps.get_model("lab.Lab").objects.filter(pk=lab_pk).first()
    return row.slug if row else f"lab {lab_pk}"
