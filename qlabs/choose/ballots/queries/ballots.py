"""Reads of ballots and their options."""

import hashlib
import json
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from qlabs.base.ui.words import day, in_a_row, number
from qlabs.choose.themes.queries import themes_shortlisted

from .. import settled
from ..models import Ballot, EarlyClosing, Extension, Option, RollEntry, State

FRESH_FOR = timedelta(hours=1)
HAS_DECLARED = Exists(
    Ballot.objects.filter(lab=OuterRef("pk"), state=State.DECLARED).exclude(result__winners=[])
)
"""A lab: a vote of it is declared, and somebody won."""


def ballots_of(lab, *, drafts_too):
    """The lab's ballots, newest first, with the number of options."""
    ballots = Ballot.objects.filter(lab=lab)
    if not drafts_too:
        ballots = ballots.exclude(state=State.DRAFT)
    return ballots.annotate(choices=Count("options")).order_by("-created_at", "-pk")


def is_taking_votes(ballot, at):
    """Whether a vote cast now would count."""
    return ballot.state == State.OPEN and at < ballot.ends_at


def ends_in(ballot, at):
    """Whole seconds until the vote ends; 0 when it has."""
    return max(0, int((ballot.ends_at - at).total_seconds()))


def ended_early(at):
    """The names of all votes that are over although their time, as it was announced, is still to come."""
    over = Ballot.objects.exclude(state__in=[State.DRAFT, State.OPEN])
    rows = over.annotate(announced=Coalesce("extended_to", "closes_at")).filter(announced__gt=at)
    return list(rows.order_by("code").values_list("code", flat=True))


def themes_for(lab, ballot=None):
    """The themes that a ballot may offer: the shortlist, and those that this draft has already."""
    themes = {theme.pk: theme for theme in themes_shortlisted(lab)}
    if ballot is not None:
        themes |= {option.theme_id: option.theme for option in ballot.options.exclude(theme=None)}
    return list(themes.values())


def draft_facts(ballot):
    """A draft as its form shows it."""
    facts = {name: getattr(ballot, name) for name in settled.names(settled.Goes.FORM)}
    return facts | {"themes": [option.theme_id for option in options(ballot)]}


def options(ballot):
    return list(Option.objects.filter(ballot=ballot))


def options_for(ballot, entry):
    """The options, in an order that is random for each voter and stable; nothing beside them nudges."""
    rows = Option.objects.filter(ballot=ballot)
    return sorted(rows, key=lambda option: _place(entry.voter_id, option.public_id))


def frozen_sha256(ballot):
    """SHA-256 over all that must not change while people vote."""
    facts = {name: _plain(getattr(ballot, name)) for name in settled.names(settled.Goes.HASH)}
    facts["options"] = [
        [option.public_id, option.theme_id, option.title, option.summary] for option in options(ballot)
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def early_closing_of(ballot):
    """The wish to close this vote early that stands, or None."""
    rows = EarlyClosing.objects.select_related("ballot__lab", "asked_by", "agreed_by")
    return rows.filter(ballot=ballot, withdrawn_at=None).first()


def asked_to_close(ballots, *, but_by):
    """The keys of the ballots that somebody else than this person wants to close early."""
    rows = EarlyClosing.objects.filter(ballot__in=ballots, withdrawn_at=None).exclude(asked_by=but_by)
    return set(rows.values_list("ballot", flat=True))


def asked_again(ballot):
    """The vote that asks the same once more after this one had no result, or None."""
    return Ballot.objects.filter(again_of=ballot).first() if ballot.state == State.VOID else None


def why_run_off(ballot):
    """In a sentence between which options a run-off is held and why; "" of any other vote."""
    first = ballot.run_off_of
    if first is None:
        return ""
    titles = [option.title for option in options(first) if option.public_id in first.result["tied"]]
    votes = first.result["tallies"][first.result["tied"][0]]
    words = ngettext(
        "This is a run-off between %(titles)s: they came joint first in the vote that closed on %(day)s, "
        "with %(num)s vote each.",
        "This is a run-off between %(titles)s: they came joint first in the vote that closed on %(day)s, "
        "with %(num)s votes each.",
        votes,
    )
    return words % {"titles": in_a_row(titles), "day": day(first.closed_at), "num": number(votes)}


def reason_of_early_end(ballot):
    """Why a vote ended before the time that was announced; "" if it did not."""
    asked = early_end_of(ballot)
    return asked.reason if asked else ""


def early_end_of(ballot):
    """The early closing that makes this vote end before its time, or None."""
    return early_closing_of(ballot) if ballot.ends_at and ballot.ends_at < ballot.announced_end else None


def extension_of(ballot):
    """The newest extension of this vote, or None."""
    return Extension.objects.filter(ballot=ballot).last() if ballot.extended_to else None


def extensions_of(ballot):
    """Every extension, the first first."""
    return list(Extension.objects.filter(ballot=ballot)) if ballot.extended_to else []


def next_early_closing(ballot, rest, at):
    """When an early closing may be asked for again after one was withdrawn, or None if it may now."""
    last = EarlyClosing.objects.filter(ballot=ballot).aggregate(last=Max("withdrawn_at"))["last"]
    return last + rest if last and last + rest > at else None


def everybody_voted(ballot):
    return not RollEntry.objects.filter(ballot=ballot, has_key=False).exists()


def early_closings_asked(at):
    """The wishes to close a vote early that wait for their day to pass."""
    rows = EarlyClosing.objects.select_related("ballot__lab")
    return rows.filter(withdrawn_at=None, ballot__state=State.OPEN, ballot__ends_at__gt=at).order_by("pk")


def due_to_count_turnout(at):
    """Open ballots whose turnout was last looked at an hour ago."""
    return Ballot.objects.filter(state=State.OPEN, turnout_shown_at__lte=at - FRESH_FOR).order_by("pk")


def due_to_open(at):
    """Drafts whose opening time has come."""
    drafts = Ballot.objects.filter(state=State.DRAFT, opens_at__lte=at, lab__archived_at=None)
    return drafts.order_by("opens_at", "pk")


def due_to_close(at):
    return Ballot.objects.filter(state=State.OPEN, ends_at__lte=at).order_by("ends_at", "pk")


def open_now():
    return Ballot.objects.filter(state=State.OPEN).order_by("pk")


def not_scrubbed():
    return Ballot.objects.filter(state__in=[State.CLOSED, State.VOID], scrubbed_at=None).order_by("pk")


def due_to_tell(today):
    """Open or lately closed ballots whose voters have not been told today that a vote was cast in their name."""
    waiting = RollEntry.objects.filter(told=False, has_key=True).values("ballot")
    return Ballot.objects.filter(pk__in=waiting, told_on__lt=today)


def signed_in_my_name(person):
    """The ballots in which this person is on a roll, with whether a key was signed for her."""
    rows = RollEntry.objects.filter(person=person).select_related("ballot__lab")
    return rows.order_by("-ballot__opened_at", "-pk")


def _plain(value):
    return value.timestamp() if isinstance(value, datetime) else value


def _place(voter_id, public_id):
    return hashlib.sha256(f"{voter_id}\n{public_id}".encode()).digest()
