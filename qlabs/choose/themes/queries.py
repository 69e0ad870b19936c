"""Every read of themes."""

import re

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qlabs.base.core.search import found
from qlabs.base.lab import stages
from qlabs.base.lab.models import Lab, Membership, Role
from qlabs.base.lab.waiting import Waiting

from .models import SUITABILITY, Comment, State, Support, Theme

SHOWN = (State.PROPOSED, State.SHORTLISTED, State.ON_BALLOT, State.WITHDRAWN)
RUNNING = (State.PROPOSED, State.SHORTLISTED, State.ON_BALLOT)
IS_SUITABLE = Q(**{f"suitability__{question}__answer": "yes" for question in SUITABILITY})
"""A theme: every question of the suitability check is answered with yes."""
CHOSEN_FROM = Theme.objects.filter(lab=OuterRef("pk"), state__in=(State.SHORTLISTED, State.ON_BALLOT))
HAS_TWO_SHORTLISTED = Exists(CHOSEN_FROM[1:])
"""A lab: there is a second theme that is shortlisted (or on the ballot)."""
HAS_TWO_READY = Exists(CHOSEN_FROM.filter(IS_SUITABLE)[1:])
"""A lab: a second one of them is suitable."""


def themes_of(lab, *, state="", search=""):
    """The lab's themes with their numbers of supporters and comments: the chosen one, then newest proposal first."""
    themes = lab.themes.filter(state__in=[state] if state in SHOWN else RUNNING)
    counted = found(themes, search, "search_text").annotate(
        supporters=_number(Support.objects.all()),
        said=_number(Comment.objects.filter(hidden_at=None)),
        is_first=Q(state=State.ON_BALLOT, title=lab.theme),
    )
    return counted.order_by("-is_first", "-submitted_at", "-pk")


def _number(rows):
    """How many of these rows each theme has, without joining one kind of them to another."""
    mine = rows.filter(theme=OuterRef("pk")).order_by()
    return Coalesce(Subquery(mine.values("theme").annotate(n=Count("pk")).values("n")), 0)


def number_of(states, state):
    """How many themes the list of one state shows; states: what count_by_state gave."""
    return states[state] if state in SHOWN else sum(states[one] for one in RUNNING)


def count_by_state(lab):
    """How many themes are in each state that everybody may see."""
    counted = dict(lab.themes.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in SHOWN}


def themes_shortlisted(lab):
    """The themes that a ballot may offer."""
    return lab.themes.filter(state=State.SHORTLISTED).order_by("submitted_at", "pk")


def plain_titles(lab, *, besides):
    """The titles of the lab's themes as `plain_title` writes them, but for that of the form with this token."""
    themes = lab.themes.filter(state__in=RUNNING).exclude(token=besides)
    return sorted({plain_title(title) for title in themes.values_list("title", flat=True)})


def plain_title(title):
    """A title without what does not tell two of them apart: case, spaces and signs."""
    return " ".join(re.findall(r"\w+", title.lower()))


def drafts(lab, person):
    """What this person has begun and not yet proposed."""
    return Theme.objects.filter(lab=lab, proposer_id=person.pk, state=State.DRAFT).order_by("-changed_at")


def is_draft(theme):
    return theme.state == State.DRAFT


def address(theme):
    return reverse("themes:theme", args=[theme.lab.slug, theme.pk])


def closes_at(lab):
    """When proposals close, or None."""
    return stages.proposals_close_at(lab, "choose")


def thread(theme, pk):
    """The comment that is answered; None for a new thread, a hidden comment or a wrong number."""
    if not (pk.isdecimal() and pk.isascii() and len(pk) < 19):
        return None
    return theme.comments.filter(pk=pk, hidden_at=None, thread=None).select_related("by").first()


def evidence(theme):
    return list(theme.evidence.all())


def conversation(theme):
    """The comments in order, each with its answers."""
    said = list(theme.comments.select_related("by").order_by("at", "pk"))
    first = {comment.pk: comment for comment in said if comment.thread_id is None}
    for comment in said:
        if comment.thread_id is None:
            comment.replies = []
        else:
            first[comment.thread_id].replies.append(comment)
    return list(first.values())


def supporters(theme, person):
    """How many people say it matters to them, for which organisations, and what this person said."""
    rows = list(Support.objects.filter(theme=theme).select_related("organisation"))
    mine = next((row for row in rows if row.person_id == person.pk), None)
    return {
        "people": len(rows),
        "organisations": sorted({row.organisation.name for row in rows if row.organisation}),
        "mine": mine is not None,
        "ours": mine is not None and mine.organisation is not None,
    }


def suitability(theme):
    """Each question with its answer ("yes", "no" or "") and note."""
    given = [(question, theme.suitability.get(key, {})) for key, question in SUITABILITY.items()]
    return [(question, one.get("answer", ""), one.get("note", "")) for question, one in given]


def waiting(person, at, lab=None):
    """What this person can do on themes now, in one lab or in all that are choosing one."""
    labs = _choosing_labs(person, at)
    return [item for one in (labs.filter(pk=lab.pk) if lab else labs) for item in _waiting_in(one, at)]


def _choosing_labs(person, at):
    """Labs whose “choose” stage is open, that this person leads or could propose a theme in."""
    here = Theme.objects.filter(lab=OuterRef("pk")).order_by()
    mine, unread = here.filter(proposer=person.pk), here.filter(state=State.PROPOSED)
    leads = Membership.objects.filter(lab=OuterRef("pk"), person=person.pk, role=Role.LEAD)
    backed = Support.objects.filter(theme__lab=OuterRef("pk"), person=person.pk)
    numbers = unread.values("lab").annotate(n=Count("pk")).values("n")
    not_over = Q(stage_dates__closes_at=None) | Q(stage_dates__closes_at__gt=at)
    not_ended = Q(ends_on=None) | Q(ends_on__gte=stages.london_day(at))
    return (
        Lab.objects.filter(
            not_over, not_ended, stage_dates__stage="choose", stage_dates__opens_at__lte=at, archived_at=None
        )
        .annotate(
            due=Coalesce("stage_dates__proposals_close_at", "stage_dates__closes_at"),
            ends=F("stage_dates__closes_at"),
            is_led=Exists(leads),
            begun=Exists(mine.filter(state=State.DRAFT)),
            has_said=Exists(mine.exclude(state=State.DRAFT)) | Exists(backed),
            is_voting=Exists(here.filter(state=State.ON_BALLOT)),
            unread=Coalesce(Subquery(numbers), 0),
        )
        .filter((Q(is_public=True) if person.is_member else Q(pk=None)) | Q(is_led=True) | Q(begun=True))
        .order_by("pk")
    )


def _waiting_in(lab, at):
    """The things to do in one lab, most urgent first."""
    index, due = reverse("themes:index", args=[lab.slug]), lab.due
    is_late = due is not None and due <= at
    if lab.begun and not is_late:
        yield Waiting(_("Finish the theme you began"), index, 10, lab, due)
    if lab.is_led and lab.unread:
        title = ngettext("Consider %(n)s proposed theme", "Consider %(n)s proposed themes", lab.unread)
        yield Waiting(title % {"n": lab.unread}, f"{index}?state=proposed", 2 * lab.unread, lab, lab.ends)
    if not (is_late or lab.begun or lab.has_said or lab.is_voting or lab.is_led):
        yield Waiting(_("Propose a theme, or say which matter to you"), index, 10, lab, due)
