"""A lab's story: what its events tell and what its team wrote, as one dated line."""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from qlabs.base.core.models import Event
from qlabs.base.lab import stages
from qlabs.base.ui.words import LONDON, day, markdown

from . import kinds
from .models import Entry, Picture

MOST = 1000


@dataclass(frozen=True)
class Told:
    """One entry as it is shown. `kind` is "written" or "generated"; `dated` is the day or period in words."""

    anchor: str
    at: datetime
    updated: datetime
    dated: str
    kind: str
    title: str
    html: str
    href: str
    stage: str = ""
    stage_name: str = ""
    pictures: tuple = ()
    is_draft: bool = False
    pk: int | None = None


@dataclass(frozen=True)
class Chapter:
    """Entries that follow one another within one stage; `key` is "" before the lab's first stage opened."""

    key: str
    name: str
    entries: tuple


class Line:
    """A whole story in order; entries are put into words only when they are asked for."""

    def __init__(self, lab, sources):
        self.lab, self.sources = lab, sources

    def __len__(self):
        return len(self.sources)

    def __getitem__(self, wanted):
        if isinstance(wanted, slice):
            return [_told(self.lab, source) for source in self.sources[wanted]]
        return _told(self.lab, self.sources[wanted])

    def place(self, **named):
        """Where an entry stands: place(pk=12) or place(position=345); None when it is not in this story."""
        matches = (here for here, source in enumerate(self.sources) if _is(source, **named))
        return next(matches, None)


def timeline(lab, *, newest_first=True, drafts=False):
    """The whole story. It costs three queries, however long it is."""
    sources = [*_entries(lab, drafts=drafts), *_groups(_events(lab))]
    return Line(lab, sorted(sources, key=_order, reverse=newest_first))


def chapters(lab, entries):
    """Entries in their order, grouped by the stage that had opened last when they happened."""
    opened = sorted((one.opens_at, key) for key, one in stages.dates_of(lab).items() if one.opens_at)
    grouped = groupby(entries, key=lambda told: _stage_at(told.at, opened))
    return [Chapter(key, _chapter_name(key), tuple(group)) for key, group in grouped]


def _stage_at(moment, opened):
    return next((key for opens_at, key in reversed(opened) if opens_at <= moment), "")


def _chapter_name(key):
    return str(stages.BY_KEY[key].name) if key else _("Before the first stage")


def latest(lab, limit=3, *, pictures=True):
    """The newest entries; without their pictures for a page that shows none."""
    shown = Picture.objects.all() if pictures else Picture.objects.none()
    newest = _published(lab).prefetch_related(Prefetch("pictures", shown))
    sources = sorted([*newest[:limit], *_groups(_events(lab))], key=_order, reverse=True)
    return Line(lab, sources)[:limit]


def told_with_neighbours(lab, *, drafts=False, **named):
    """(the entry, the one before it, the one after it); None where there is none."""
    line = timeline(lab, newest_first=False, drafts=drafts)
    place = line.place(**named)
    if place is None:
        return None, None, None
    before = line[place - 1] if place else None
    return line[place], before, line[place + 1] if place + 1 < len(line) else None


def pictures(entry):
    return list(entry.pictures.all())


def embed_address(lab):
    return reverse("story:embed", args=[lab.slug])


def _order(source):
    """Written entries stand at midday; what happened at the same moment keeps its order."""
    if isinstance(source, Entry):
        return _midday(source), 0, source.pk
    return source[0].at, 1, source[0].position


def _is(source, *, pk=None, position=None):
    if isinstance(source, Entry):
        return source.pk == pk
    return any(event.position == position for event in source)


def _midday(entry):
    return datetime.combine(entry.happened_on, time(12), LONDON)


def _told(lab, source):
    return _written(lab, source) if isinstance(source, Entry) else _generated(lab, source)


def _entries(lab, *, drafts):
    entries = Entry.objects.filter(lab=lab) if drafts else _published(lab)
    return list(entries.prefetch_related("pictures")[:MOST])


def _published(lab):
    return Entry.objects.filter(lab=lab, is_published=True)


def _events(lab):
    """The public events of a lab, oldest first; funding that was entered wrongly is left out."""
    removed = Event.objects.filter(lab=lab, what="lab.funding_removed").values("on_id")
    found = Event.objects.filter(lab=lab, what__in=kinds.TOLD).exclude(
        what="lab.funding_recorded", on_id__in=removed
    )
    events = list(found.order_by("-at", "-position").defer("previous", "hash")[:MOST])
    for event in events:
        event.lab = lab
    return events[::-1]


def _groups(events):
    """Each event alone, but themes shortlisted on the same day together."""
    groups = {}
    for event in events:
        grouped = event.what == kinds.GROUPED
        key = (event.what, event.at.astimezone(LONDON).date()) if grouped else event.position
        groups.setdefault(key, []).append(event)
    return list(groups.values())


def _written(lab, entry):
    return Told(
        anchor=f"entry-{entry.pk}",
        at=_midday(entry),
        updated=max(entry.changed_at, _midday(entry)),
        dated=entry.period or day(entry.happened_on),
        kind="written",
        title=entry.title,
        html=markdown(entry.text) if entry.text else "",
        href=reverse("story:entry", args=[lab.slug, entry.pk]),
        pictures=tuple(_picture(lab, row) for row in entry.pictures.all()),
        is_draft=not entry.is_published,
        pk=entry.pk,
    )


def _picture(lab, row):
    src = reverse("story:picture", args=[lab.slug, row.pk])
    return {name: getattr(row, name) for name in ("pk", "alt", "width", "height", "caption")} | {"src": src}


def _generated(lab, group):
    telling, first = kinds.tell(group), group[0]
    return Told(
        anchor=f"event-{first.position}",
        at=first.at,
        updated=group[-1].at,
        dated=day(first.at),
        kind="generated",
        title=telling.title,
        html=_html(telling),
        href=reverse("story:event", args=[lab.slug, first.position]),
        stage=telling.stage,
        stage_name=str(stages.BY_KEY[telling.stage].name) if telling.stage else "",
    )


def _html(telling):
    parts = [format_html("<p>{}</p>", telling.text)] if telling.text else []
    if telling.points:
        items = format_html_join("", "<li>{}</li>", ((point,) for point in telling.points))
        parts.append(format_html('<ul class="nhsuk-list nhsuk-list--bullet">{}</ul>', items))
    if telling.leads:
        words, address = telling.leads
        parts.append(format_html('<p><a href="{}">{}</a></p>', address, words))
    return mark_safe("".join(parts))  # built by format_html above
