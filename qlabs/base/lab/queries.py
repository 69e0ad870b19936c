from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from qlabs.base.core.models import Event
from qlabs.base.people.models import Invitation, Person
from qlabs.base.ui.words import day, when

from . import stages
from .models import TEAM_ROLES, Funding, GatePassage, Lab, Membership, Role, StageDates

ROLE_WORDS = dict(Role.choices)
PROPOSING = "propose"
"""What the act of proposing is called in every app that takes proposals."""


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
    if lab is None:
        return _("Only people who look after the community can open this page.")
    app, act = permission.split(".")
    stage = stages.BY_KEY.get(stages.OF_APP.get(app))
    if stage and act == PROPOSING and proposals_are_over(lab, stage.key, at=at):
        closed = when(stages.proposals_close_at(lab, stage.key))
        return _("Proposals closed on %(when)s.") % {"when": closed}
    if stage is None or stages.is_open_in(lab, stage.key, at=at):
        return _("You cannot do this with the roles you have. Ask the lab team if you think you should.")
    return _closed_sentence(lab, stage, at=at)


def proposals_are_over(lab, stage, *, at):
    """Whether a stage that is open takes no more proposals."""
    return stages.is_open_in(lab, stage, at=at) and not stages.takes_proposals(lab, stage, at=at)


def _closed_sentence(lab, stage, *, at):
    if lab.ends_on and stages.has_ended(lab, at=at):
        return _("This lab ended on %(day)s.") % {"day": day(lab.ends_on)}
    dates = stages.dates_of(lab).get(stage.key)
    if dates and dates.opens_at and at < dates.opens_at:
        return _("“%(stage)s” opens on %(when)s.") % {"stage": stage.name, "when": when(dates.opens_at)}
    if dates and dates.closes_at and at >= dates.closes_at:
        sentence = _("“%(stage)s” closed on %(when)s.") % {"stage": stage.name, "when": when(dates.closes_at)}
        return f"{sentence} {_next_sentence(lab, stage, at=at)}"
    return _("“%(stage)s” is not open in this lab.") % {"stage": stage.name}


def _next_sentence(lab, stage, *, at):
    keys = [known.key for known in stages.STAGES]
    following = keys[keys.index(stage.key) + 1 :]
    if not following:
        return _("It was the last stage.")
    names = {"stage": stages.BY_KEY[following[0]].name}
    dates = stages.dates_of(lab).get(following[0])
    if stages.is_open(dates, at):
        return _("Next comes “%(stage)s”, which is open now.") % names
    if dates and dates.opens_at and at < dates.opens_at:
        return _("Next comes “%(stage)s”, from %(when)s.") % {**names, "when": when(dates.opens_at)}
    return _("Next comes “%(stage)s”.") % names


def untold_openings(at):
    """Stages that have opened by now without the log saying so."""
    rows = StageDates.objects.filter(opening_told_at=None, opens_at__lte=at, lab__archived_at=None)
    return list(rows.select_related("lab"))


def untold_closings(at):
    """Stages that have closed by now without the log saying so."""
    rows = StageDates.objects.filter(closing_told_at=None, closes_at__lte=at, lab__archived_at=None)
    return list(rows.select_related("lab"))


@dataclass(frozen=True)
class Runway:
    """Until when a lab has money, and the whole weeks left on a day (0 when it has run out)."""

    until: date
    weeks: int


def runway(funding, *, on):
    """The Runway of a lab's funding, or None without funding."""
    if not funding:
        return None
    until = max(one.ends_on for one in funding)
    return Runway(until, max((until - on).days // 7, 0))


def funding(lab):
    """The lab's funding, earliest first."""
    return list(Funding.objects.filter(lab=lab))


def people_in(lab):
    """Every role in the lab with its person: team first, in the order of the roles, then by name."""
    rows = Membership.objects.filter(lab=lab).select_related("person", "person__organisation")
    order = list(Role.values)
    return sorted(rows, key=lambda row: (order.index(row.role), row.person.name, row.pk))


def team(lab):
    """The roles of the paid core alone."""
    return [row for row in people_in(lab) if row.role in TEAM_ROLES]


def appointments(lab):
    """{person: {"by": name, "at": moment}} of the leads whom no lead chose."""
    events = Event.objects.filter(lab=lab, what="lab.team_changed", facts__has_key="appointed_by")
    found = {event.facts["person"]: event for event in events}
    pks = {event.facts["appointed_by"] for event in found.values()}
    names = dict(Person.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}
    return {pk: {"by": names[event.facts["appointed_by"]], "at": event.at} for pk, event in found.items()}


def last_passages(lab):
    """Stage key -> the last time its gate was passed."""
    rows = GatePassage.objects.filter(lab=lab).select_related("by").order_by("at", "pk")
    return {row.stage: row for row in rows}


def log(lab, *, what=""):
    """The lab's events, newest first; `what` narrows to one kind."""
    rows = Event.objects.filter(lab=lab).select_related("by").order_by("-at", "-position")
    return rows.filter(what=what) if what else rows


def kinds_in_log(lab):
    """The kinds of event this lab has, in alphabetical order."""
    return list(Event.objects.filter(lab=lab).order_by("what").values_list("what", flat=True).distinct())


@dataclass(frozen=True)
class StageRow:
    """One stage of a lab as its pages show it; `status` is done, open or later."""

    key: str
    name: str
    does: str
    status: str
    opens_at: datetime | None
    closes_at: datetime | None
    passage: GatePassage | None = None


def stage_rows(lab, *, at, passages=None):
    """The six stages of a lab in order, each with its dates and where it stands; none is open once it has ended."""
    dates, passages = stages.dates_of(lab), last_passages(lab) if passages is None else passages
    ended = stages.has_ended(lab, at=at)
    return [
        _stage_row(stage, dates.get(stage.key), passages.get(stage.key), at=at, ended=ended)
        for stage in stages.STAGES
    ]


def _stage_row(stage, dates, passage, *, at, ended):
    opens, closes = (dates.opens_at, dates.closes_at) if dates else (None, None)
    status = "open" if stages.is_open(dates, at) else "done" if closes and closes <= at else "later"
    status = "done" if ended and status == "open" else status
    return StageRow(stage.key, stage.name, stage.does, status, opens, closes, passage)


def invited(lab):
    """Invitations to this lab that nobody has answered yet, oldest first; the names are as their inviters wrote."""
    return list(
        Invitation.objects.filter(lab=lab, accepted_at=None, declined_at=None).order_by("created_at", "pk")
    )


def names_in(events):
    """pk -> name of the people that the facts of these events name."""
    pks = {event.facts["person"] for event in events if "person" in event.facts}
    pks.update(*(event.facts.get("for_people", []) for event in events))
    return dict(Person.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}
