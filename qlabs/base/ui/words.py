"""How we write dates, numbers and people's own text."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import nh3
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup

LONDON = ZoneInfo("Europe/London")
TAGS = {"p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"} | {
    "h3", "h4", "h5", "h6",
}  # fmt: skip
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def when(moment):
    """Monday 27 March 2017, 5pm (in London)."""
    local = timezone.localtime(moment, LONDON)
    return f"{day(local)}, {clock(local)}"


def uk_time(moment):
    """Monday 27 March 2017, 5pm UK time: for whoever reads it elsewhere than on our pages."""
    return _("%(when)s UK time") % {"when": when(moment)}


def day(value):
    """Monday 27 March 2017."""
    local = timezone.localtime(value, LONDON) if isinstance(value, datetime) else value
    return format_date(local, "l j F Y")


def clock(value):
    """5pm, 5:30pm, midday, midnight; 1:30am BST in the hour that comes twice when the clocks go back."""
    if value.minute == 0 and value.hour in (0, 12):
        return _("midnight") if value.hour == 0 else _("midday")
    minutes = f":{value.minute:02}" if value.minute else ""
    zone = f" {value.tzname()}" if isinstance(value, datetime) and comes_twice(value) else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}{zone}"


def comes_twice(local):
    """Whether the clocks show this time of this day twice, because they go back in between."""
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    return bool(first and first > second)


def number(value, places=None):
    """12,045 or, with places, 12,045.50."""
    if places is None:
        return f"{value:,}"
    return f"{_rounded(value, places):,}"


def percent(fraction, places=0):
    """33% from 0.329."""
    return f"{_rounded(Decimal(str(fraction)) * 100, places):,}%"


def _rounded(value, places):
    step = Decimal(1).scaleb(-places)
    return Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)


def in_a_row(titles):
    """“Frailty”, “Self-care” and “Waiting”."""
    *first, last = [f"“{title}”" for title in titles]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def in_fours(code):
    """A long code in groups of four, easier to read out."""
    plain = re.sub(r"[\s-]", "", code)
    return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def masked(email):
    """a***@nhs.example: enough to tell two people of one name apart, too little to write to."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"


def printable(text):
    """The text without what no browser or database can carry: NUL and lone surrogates."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def without_direction(text):
    """The text without the signs that turn what follows them around."""
    return _DIRECTION.sub("", text)


def isolated(text):
    """People's own lines in a plain email, each kept from turning the words around it: between FSI and PDI."""
    lines = without_direction(text).splitlines()
    return "\n".join(f"\u2068{line}\u2069" if line.strip() else "" for line in lines)


def is_printable(text):
    return not _UNPRINTABLE.search(text)


def markdown(text):
    """People's own text: a few tags, links without favour, no pictures from elsewhere."""
    tokens = _PARSER.parse(printable(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(f'<div class="labs-prose">{clean}</div>')  # noqa: S704 - nh3 cleaned it


_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")

FILTERS = {
    "when": when,
    "uk_time": uk_time,
    "day": day,
    "clock": clock,
    "number": number,
    "percent": percent,
    "in_fours": in_fours,
    "masked": masked,
    "printable": printable,
    "isolated": isolated,
    "markdown": markdown,
}
