"""What a new lab starts from: its length, and when its stages usually open and close."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from qlabs.base.ui.words import LONDON

OPENS, CLOSES = time(9), time(17)
USUAL_WEEKS = range(39, 54)


@dataclass(frozen=True)
class Template:
    """A kind of lab. `plan`: for each stage, the week it opens and the week it closes, counted from the start."""

    key: str
    name: str
    about: str
    weeks: int
    plan: dict


TEMPLATES = (
    Template(
        "improvement-lab",
        _("Improvement lab"),
        _("40 weeks, all six stages. Later stages overlap: testing starts before understanding ends."),
        40,
        {
            "choose": (0, 4),
            "frame": (4, 10),
            "understand": (8, 22),
            "generate": (18, 22),
            "improve": (20, 38),
            "share": (30, 40),
        },
    ),
    Template(
        "short-lab",
        _("Short lab"),
        _("20 weeks, all six stages at about half their usual length."),
        20,
        {
            "choose": (0, 2),
            "frame": (2, 5),
            "understand": (4, 11),
            "generate": (9, 11),
            "improve": (10, 19),
            "share": (15, 20),
        },
    ),
)
BY_KEY = {template.key: template for template in TEMPLATES}


def ends_on(template, starts_on):
    """The day a lab from this template ends."""
    return starts_on + timedelta(weeks=template.weeks)


def moments(template, starts_on):
    """Stage key -> (opens_at, closes_at): 9am on the first day, 5pm on the last, in London."""
    return {
        stage: (_at(starts_on, first, OPENS), _at(starts_on, last, CLOSES))
        for stage, (first, last) in template.plan.items()
    }


def weeks_between(starts_on, ends_on):
    """Whole weeks between two days, rounded to the nearest."""
    return round((ends_on - starts_on).days / 7)


def length_warning(starts_on, ends_on):
    """A sentence when a lab is shorter or longer than labs usually are, else ""."""
    if not starts_on or not ends_on or weeks_between(starts_on, ends_on) in USUAL_WEEKS:
        return ""
    weeks = weeks_between(starts_on, ends_on)
    return _("This lab is planned for %(weeks)d weeks. Labs usually run for nine to twelve months.") % {
        "weeks": weeks
    }


def _at(starts_on, week, clock):
    return datetime.combine(starts_on + timedelta(weeks=week), clock, tzinfo=LONDON)
