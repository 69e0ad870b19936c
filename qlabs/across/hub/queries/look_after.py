"""What a lead should look after: gates, money, dates, people without an answer, a lab gone quiet."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.core.models import Event
from qlabs.base.lab import gates, queries, stages, templates
from qlabs.base.lab.models import Lab
from qlabs.base.people.models import Invitation
from qlabs.base.ui.words import day, when
from qlabs.choose.ballots import queries as ballots

LITTLE_MONEY_WEEKS = 8
QUIET_DAYS = 21
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Concern:
    """A sentence with the page where it is dealt with."""

    sentence: str
    url: str


def look_after(lab, *, funding, vote, at):
    """Every Concern about a lab, its funding and its open vote (or None), the most pressing kind first."""
    rows, (unanswered, last) = queries.stage_rows(lab, at=at), _stirrings(lab)
    if lab.ends_on and stages.london_day(at) > lab.ends_on:
        return [*_ended(lab), *_vote(vote), *_gates(lab, rows), *_without_answer(lab, unanswered)]
    return [
        *_vote(vote),
        *_gates(lab, rows),
        *_closing_soon(lab, rows, at),
        *_money(lab, funding, at),
        *_without_answer(lab, unanswered),
        *_gone_quiet(lab, last, at),
        *_length(lab),
    ]


def _ended(lab):
    words = _("The lab ended on %(day)s. Archive it, or change its last day") % {"day": day(lab.ends_on)}
    yield Concern(words, _url("lab:settings", lab))


def _vote(ballot):
    if ballot:
        words = _("A vote is open until %(when)s: turnout and reminders") % {"when": when(ballot.ends_at)}
        yield Concern(words, ballots.address(ballot, "status"))


def _gates(lab, rows):
    ahead = [row for row in rows if row.status != "later" and not row.passage]
    criteria = gates.criteria_of(lab, [row.key for row in ahead])
    for row in ahead:
        if missing := [str(one.name) for one in criteria[row.key] if not one.met]:
            words = _("Before you leave “%(stage)s” you still need: %(things)s") % {
                "stage": row.name, "things": "; ".join(missing),
            }  # fmt: skip
            yield Concern(words, _url("lab:gate", lab, row.key))
        elif row.status == "done":
            yield Concern(
                _("%(stage)s: ready to pass the gate") % {"stage": row.name}, _url("lab:gate", lab, row.key)
            )


def _closing_soon(lab, rows, at):
    for row in rows:
        if row.status == "open" and row.closes_at and row.closes_at - at <= SOON:
            words = _("%(stage)s closes on %(when)s") % {"stage": row.name, "when": when(row.closes_at)}
            yield Concern(words, _url("lab:stage", lab, row.key))


def _money(lab, funding, at):
    runway = queries.runway(funding, on=stages.london_day(at))
    if runway is None:
        yield Concern(_("No funding is recorded"), _url("lab:funding", lab))
    elif runway.weeks == 0:
        yield Concern(_("The money ends within a week, or has ended"), _url("lab:funding", lab))
    elif runway.weeks <= LITTLE_MONEY_WEEKS:
        words = ngettext("Money for %(number)d more week", "Money for %(number)d more weeks", runway.weeks)
        yield Concern(words % {"number": runway.weeks}, _url("lab:funding", lab))


def _stirrings(lab):
    """(how many invited people have not answered, when something last happened), in one query."""
    waiting = (
        Invitation.objects.filter(lab=OuterRef("pk"), accepted_at=None, declined_at=None)
        .order_by()
        .values("lab")
    )
    events = Event.objects.filter(lab=OuterRef("pk")).order_by("-at").values("at")[:1]
    found = Lab.objects.filter(pk=lab.pk).annotate(
        waiting=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0), last=Subquery(events)
    )
    return found.values_list("waiting", "last").get()


def _without_answer(lab, waiting):
    if waiting:
        words = ngettext(
            "%(number)d invited person has not answered",
            "%(number)d invited people have not answered",
            waiting,
        )
        yield Concern(words % {"number": waiting}, _url("lab:invitations", lab))


def _gone_quiet(lab, last, at):
    if last and (at - last).days >= QUIET_DAYS:
        yield Concern(_("Nothing has happened since %(day)s") % {"day": day(last)}, _url("lab:log", lab))


def _length(lab):
    if warning := templates.length_warning(lab.starts_on, lab.ends_on):
        yield Concern(warning, _url("lab:settings", lab))


def _url(name, lab, *args):
    return reverse(name, args=[lab.slug, *args])
