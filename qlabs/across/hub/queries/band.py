"""The band that every page of a lab wears: its stage now, the ribbon of six, the tabs of its places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qlabs.base.lab.access import may
from qlabs.base.lab.queries import stage_rows
from qlabs.base.lab.stages import STAGES
from qlabs.base.ui.shell import link

from .place import address, week

STATION = "station"


@dataclass(frozen=True)
class Band:
    """What the band shows; `stage` colours it, `tabs` are (words, address, whether the page is in it)."""

    title: str
    href: str
    stage: str
    steps: list
    note: str
    tabs: list
    path: str

    @property
    def here(self):
        return next((words for words, _href, is_here in self.tabs if is_here), _("Places"))

    @property
    def addresses(self):
        """What the band leads to, so that no trail above the page repeats it."""
        return {self.href, link("hub:home"), *(href for _words, href, _here in self.tabs)}


def band_of(request, lab, way=None):
    """The band for one page; somebody at a voting station sees none, by a personal link one without tabs."""
    kind = way.kind if way else "signed_in"
    if kind == STATION:
        return None
    steps = stage_rows(lab, at=request.at, passages={})
    now = _now(steps)
    tabs = _tabs(request, lab) if kind == "signed_in" and may(request, "hub.see_lab", lab) else []
    return Band(
        title=lab.title,
        href=address("hub:lab", lab) if tabs else "",
        stage=now.key,
        steps=steps,
        note=_note(lab, now, request.at),
        tabs=tabs,
        path=request.path,
    )


def _now(steps):
    """The open stage that opened last; without one, the last that is done; else the first."""
    for status in ("open", "done"):
        if rows := [row for row in steps if row.status == status]:
            return rows[-1]
    return steps[0]


def _note(lab, now, at):
    number = [stage.key for stage in STAGES].index(now.key) + 1
    stage = _("Stage %(number)d of %(all)d: %(name)s") % {
        "number": number,
        "all": len(STAGES),
        "name": now.name,
    }
    return ", ".join(part for part in (stage, week(lab, at=at)) if part)


def _tabs(request, lab):
    inside = request.resolver_match.namespace if request.resolver_match else ""
    places = [
        (_("Overview"), "hub:lab", ("hub",)),
        (_("Themes"), "themes:index", ("themes",)),
        (_("Votes"), "ballots:index", ("ballots", "stations")),
        (_("Story"), "story:index", ("story",)),
    ]
    if may(request, "lab.see_team", lab):
        places.append((_("For the team"), "lab:team", ("lab",)))
    found = [(words, address(name, lab), inside in apps) for words, name, apps in places]
    return [tab for tab in found if tab[1]]
