"""Labs as cards."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from qlabs.base.core.search import found
from qlabs.base.lab import stages
from qlabs.base.lab.models import Lab, Membership, StageDates
from qlabs.base.lab.queries import stage_rows
from qlabs.choose.ballots import queries as ballots
from qlabs.choose.ballots.models import Ballot, State

from .place import address, week

ON_HOME = 6


def labs_seen(person, *, search="", archived=False):
    """The labs a person may see, newest first: public ones, her own, all for an operator."""
    dates = StageDates.objects.only("lab", "stage", "opens_at", "closes_at")
    rows = Lab.objects.filter(archived_at__isnull=not archived).prefetch_related(
        Prefetch("stage_dates", dates)
    )
    rows = found(rows, search, "search_text")
    if person.is_authenticated and person.is_operator:
        return rows
    seen = Q(is_public=True)
    if person.is_authenticated:
        seen |= Q(Exists(Membership.objects.filter(lab=OuterRef("pk"), person=person)))
    return rows.filter(seen)


def labs_of(person):
    """(lab, her roles in words) for every lab a person has a role in, current labs first."""
    rows = Membership.objects.filter(person=person).select_related("lab").order_by("lab__title", "pk")
    roles = {}
    for row in rows:
        roles.setdefault(row.lab, []).append(row.get_role_display())
    mine = [(lab, ", ".join(names)) for lab, names in roles.items()]
    return sorted(mine, key=lambda one: one[0].archived_at is not None)


def cards_for_home(person, *, at):
    """Cards of the newest labs, those with an open stage first."""
    newest = list(labs_seen(person)[:ON_HOME])
    newest.sort(key=lambda lab: not any(row.status == "open" for row in stage_rows(lab, at=at, passages={})))
    return cards(newest, at=at)


def cards(labs, *, at):
    """A card for each lab; which of them are voting costs one query."""
    labs = list(labs)
    votes = votes_open(labs, at=at)
    return [card(lab, at=at, vote=votes.get(lab.pk)) for lab in labs]


def votes_open(labs, *, at):
    """lab pk -> the open ballot that closes first."""
    rows = Ballot.objects.filter(lab__in=labs, state=State.OPEN, ends_at__gt=at, lab__archived_at=None)
    shown = (
        rows.select_related("lab")
        .only("question", "ends_at", "state", "roll_size", "lab__slug", "lab__title")
        .order_by("-ends_at")
    )
    return {ballot.lab_id: ballot for ballot in shown}


def first_to_close(cards, *, at):
    """The open vote among the labs of these cards that closes first, with `days_left`; None without one."""
    vote = min((one["vote"] for one in cards if one["vote"]), key=lambda vote: vote.ends_at, default=None)
    if vote:
        vote.days_left = days_left(vote, at=at)
    return vote


def themes_in(vote):
    """The themes between which a vote decides, as they stood at its opening."""
    return ballots.options(vote) if vote else []


def days_left(vote, *, at):
    """Whole days until a vote closes."""
    return (vote.ends_at - at).days


def card(lab, *, at, vote=None):
    """What a card shows: title, text, the open stage with its week, and one thing to do now."""
    stage = _stage_now(lab, at)
    return {
        "title": lab.title,
        "href": address("hub:lab", lab),
        "text": lab.challenge or lab.theme or lab.purpose or _("The theme is not chosen yet."),
        "stage": stage.key if stage else "choose",
        "stage_name": stage.name if stage else _("Not open yet"),
        "week": week(lab, at=at),
        "vote": vote,
        "story": address("story:index", lab),
        "action": _one_thing(lab, stage, vote),
    }


def _stage_now(lab, at):
    """The open stage that opened last; without one, the last that has closed."""
    dates = [one for one in stages.dates_of(lab).values() if one.opens_at and one.opens_at <= at]
    running = [one for one in dates if stages.is_open_in(lab, one.stage, at=at)]
    newest = max(running or dates, key=lambda one: one.opens_at, default=None)
    return stages.BY_KEY[newest.stage] if newest else None


def _one_thing(lab, stage, vote):
    if vote:
        return (_("Go to the vote"), ballots.address(vote))
    choosing = stage and stage.key == "choose" and lab.archived_at is None
    if choosing and (url := address("themes:index", lab)):
        return (_("Read the themes"), url)
    if stage and (url := address("story:index", lab)):
        return (_("Read the story so far"), url)
    return (_("See the lab"), address("hub:lab", lab))
