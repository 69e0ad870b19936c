"""The stages of a lab in order, and which of them are open at a moment."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qlabs.base.ui.words import LONDON


@dataclass(frozen=True)
class Stage:
    """One stage: `key` is its folder, `apps` its tools, `weeks` its usual length.

    takes_proposals: whether its community proposes something, until a moment of its own.
    """

    key: str
    name: str
    apps: tuple
    does: str
    leaves: str
    weeks: int
    takes_proposals: bool = False


STAGES = (
    Stage(
        "choose",
        _("Choose a theme"),
        ("themes", "ballots"),
        _("Themes are proposed and the community votes in secret."),
        _("The theme, the reasons given and the turnout"),
        4,
        takes_proposals=True,
    ),
    Stage(
        "frame",
        _("Frame the challenge"),
        ("draws", "workshops"),
        _("A diverse group finds areas within the theme and one challenge is chosen."),
        _("Areas and the challenge question"),
        6,
    ),
    Stage(
        "understand",
        _("Understand it"),
        ("evidence", "research", "opinions", "insights"),
        _("Research evidence is combined with people’s own experience."),
        _("Evidence cards and insights"),
        14,
    ),
    Stage(
        "generate",
        _("Generate ideas"),
        ("ideas",),
        _("Ideas are built on what was learnt, merged and chosen."),
        _("Shortlisted ideas"),
        4,
    ),
    Stage(
        "improve",
        _("Test and improve"),
        ("aims", "sites", "measures", "cycles", "feedback"),
        _("Sites test ideas in small cycles and measure what happens."),
        _("Adopt, adapt or abandon, with data"),
        18,
    ),
    Stage(
        "share",
        _("Share learning"),
        ("learning", "updates"),
        _("What was learnt, failures included, is shared."),
        _("Reports and the lab's archive"),
        10,
    ),
)
BY_KEY = {stage.key: stage for stage in STAGES}
OF_APP = {app: stage.key for stage in STAGES for app in stage.apps}
STAGE_CHOICES = [(stage.key, stage.name) for stage in STAGES]


def is_open(dates, at):
    """Whether a StageDates row (or None: the stage has no dates) is open at a moment."""
    if dates is None or dates.opens_at is None:
        return False
    return dates.opens_at <= at and (dates.closes_at is None or at < dates.closes_at)


def dates_of(lab):
    """The lab's StageDates by stage key."""
    return {dates.stage: dates for dates in lab.stage_dates.all()}


def is_open_in(lab, stage, *, at):
    """Whether a stage of a lab is open at a moment; never once the lab has ended."""
    return is_open(dates_of(lab).get(stage), at) and not has_ended(lab, at=at)


def has_ended(lab, *, at):
    """Whether a lab's last day is past, or it is archived."""
    return lab.archived_at is not None or bool(lab.ends_on and london_day(at) > lab.ends_on)


def proposals_close_at(lab, stage):
    """Until when a stage takes proposals: its own moment for that, else its closing; None for no end."""
    dates = dates_of(lab).get(stage)
    return (dates.proposals_close_at or dates.closes_at) if dates else None


def takes_proposals(lab, stage, *, at):
    """Whether a stage of a lab is open and its proposals have not closed before it."""
    closes = proposals_close_at(lab, stage)
    return is_open_in(lab, stage, at=at) and (closes is None or at < closes)


def london_day(at):
    """The day it is in London at a moment."""
    return timezone.localtime(at, LONDON).date()
