from django.utils.translation import gettext as _

from qlabs.base.ui.words import when

from . import stages
from .models import Lab, Membership, StageDates


def lab_for_access(slug):
    """One lab with its stage dates, or None."""
    return Lab.objects.prefetch_related("stage_dates").filter(slug=slug).first()


def roles(lab, person):
    """The set of a person's roles in a lab."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset(Membership.objects.filter(lab=lab, person_id=person.pk).values_list("role", flat=True))


def refusal(permission, subject, *, at):
    """Why an act is refused, in a sentence that says what to do."""
    lab = getattr(subject, "lab", None)
    stage = stages.BY_KEY.get(stages.OF_APP.get(permission.split(".")[0]))
    if lab is None or stage is None or stages.is_open_in(lab, stage.key, at=at):
        return _("You cannot do this with the roles you have. Ask the lab team if you think you should.")
    return _closed_sentence(lab, stage, at=at)


def _closed_sentence(lab, stage, *, at):
    dates = stages.dates_of(lab).get(stage.key)
    if dates and dates.opens_at and at < dates.opens_at:
        return _("“%(stage)s” opens on %(when)s.") % {"stage": stage.name, "when": when(dates.opens_at)}
    if dates and dates.closes_at and at >= dates.closes_at:
        sentence = _("“%(stage)s” closed on %(when)s.") % {"stage": stage.name, "when": when(dates.closes_at)}
        return f"{sentence} {_next_sentence(lab, stage)}"
    return _("“%(stage)s” is not open in this lab.") % {"stage": stage.name}


def _next_sentence(lab, stage):
    keys = [known.key for known in stages.STAGES]
    following = keys[keys.index(stage.key) + 1 :]
    if not following:
        return _("It was the last stage.")
    return _("Next comes “%(stage)s”.") % {"stage": stages.BY_KEY[following[0]].name}


def untold_openings(at):
    """Stages that have opened by now without the log saying so."""
    rows = StageDates.objects.filter(opening_told_at=None, opens_at__lte=at, lab__archived_at=None)
    return list(rows.select_related("lab"))


def untold_closings(at):
    """Stages that have closed by now without the log saying so."""
    rows = StageDates.objects.filter(closing_told_at=None, closes_at__lte=at, lab__archived_at=None)
    return list(rows.select_related("lab"))
