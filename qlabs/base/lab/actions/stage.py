from django.db import transaction
from django.utils import timezone

from qlabs.base.core import events
from qlabs.base.lab.models import StageDates
from qlabs.base.ui.words import LONDON


@transaction.atomic
def set_stage_dates(*, lab, dates, by, at):
    """Give stages their opening and closing moments; their tools follow from then on.

    dates: {stage key: (opens_at, closes_at)}, and third when its proposals close if that is before; any may be None.
    Stages not named stay as they are.
    """
    known = {row.stage: row for row in StageDates.objects.select_for_update().filter(lab=lab)}
    before, after = {}, {}
    for stage, moments in dates.items():
        row = known.get(stage) or StageDates(lab=lab, stage=stage)
        wanted = (*moments, None)[:3]
        if (row.opens_at, row.closes_at, row.proposals_close_at) == wanted:
            continue
        before[stage] = _plain(row)
        _move(row, wanted, at)
        after[stage] = _plain(row)
    if after:
        events.record(lab, by=by, what="lab.stages_dated", on=lab, at=at, before=before, after=after)


def tell_opening(*, dates, at):
    """Record once that a stage opened, at the moment it did; nothing where that is told already."""
    _tell(dates, field="opening_told_at", what="lab.stage_opened", moment=dates.opens_at, at=at)


def tell_closing(*, dates, at):
    """Record once that a stage closed, at the moment it did."""
    _tell(dates, field="closing_told_at", what="lab.stage_closed", moment=dates.closes_at, at=at)


@transaction.atomic
def _tell(dates, *, field, what, moment, at):
    if StageDates.objects.filter(pk=dates.pk, **{field: None}).update(**{field: at}):
        events.record(dates.lab, by=None, what=what, on=dates, at=moment, stage=dates.stage)


def _move(row, wanted, at):
    """A moment moved into the future is to be told again when it comes."""
    row.opens_at, row.closes_at, row.proposals_close_at = wanted
    if row.opens_at is None or row.opens_at > at:
        row.opening_told_at = None
    if row.closes_at is None or row.closes_at > at:
        row.closing_told_at = None
    row.save()


def _plain(row):
    moments = (row.opens_at, row.closes_at, *([row.proposals_close_at] if row.proposals_close_at else []))
    return [moment and timezone.localtime(moment, LONDON).isoformat(timespec="minutes") for moment in moments]
