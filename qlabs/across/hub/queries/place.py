"""Where a lab stands: its week, its stage line, the tools of its stages."""

from datetime import timedelta

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qlabs.base.lab import templates
from qlabs.base.lab.queries import stage_rows
from qlabs.base.lab.stages import london_day
from qlabs.base.ui.words import LONDON, day

TOOLS = (
    (gettext_lazy("Themes"), "themes:index"),
    (gettext_lazy("Votes"), "ballots:index"),
    (gettext_lazy("Story"), "story:index"),
)
STAGE_TOOL = {"choose": "themes:index", "share": "story:index"}


def week(lab, *, at):
    """ "week 6 of 40", or when it starts or ended; "" without dates."""
    if not lab.starts_on:
        return ""
    today = london_day(at)
    if today < lab.starts_on:
        return _("starts on %(day)s") % {"day": day(lab.starts_on)}
    if lab.ends_on and today > lab.ends_on:
        return _("ended on %(day)s") % {"day": day(lab.ends_on)}
    number = (today - lab.starts_on) // timedelta(weeks=1) + 1
    if not lab.ends_on:
        return _("week %(number)d") % {"number": number}
    return _("week %(number)d of %(all)d") % {
        "number": number,
        "all": max(templates.weeks_between(lab.starts_on, lab.ends_on), number),
    }


def steps(lab, *, at):
    """The stage line: mappings of key, name, status, dates and the address of the stage's tool."""
    return [_step(lab, row) for row in stage_rows(lab, at=at, passages={})]


def tools(lab):
    """(words, address) of the tools that hold this lab's work, whether open or only to read."""
    return [(words, url) for words, name in TOOLS if (url := address(name, lab))]


def address(name, lab):
    """The address of a tool's page in a lab, or "" where the tool is not installed."""
    try:
        return reverse(name, args=[lab.slug])
    except NoReverseMatch:
        return ""


def _step(lab, row):
    tool = STAGE_TOOL.get(row.key) if row.status != "later" else None
    return {
        "key": row.key,
        "name": row.name,
        "status": row.status,
        "does": row.does,
        "dates": _span(row),
        "closes_at": row.closes_at,
        "href": address(tool, lab) if tool else "",
    }


def _span(row):
    if not row.opens_at:
        return _("no dates yet")
    if not row.closes_at:
        return _("from %(day)s") % {"day": _short(row.opens_at)}
    return _("%(first)s to %(last)s") % {"first": _short(row.opens_at), "last": _short(row.closes_at)}


def _short(moment):
    return format_date(timezone.localtime(moment, LONDON), "j F Y")
