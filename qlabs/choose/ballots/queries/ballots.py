"""Reads of ballots and their options."""

import hashlib
import json

from django.db.models import Count, Exists, OuterRef

from qlabs.choose.themes.queries import themes_shortlisted

from ..models import Ballot, Option, RollEntry, State

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
    return ballot.state == State.OPEN and at < ballot.closes_at


def ends_in(ballot, at):
    """Whole seconds until the vote ends; 0 when it has."""
    return max(0, int((ballot.closes_at - at).total_seconds()))


def themes_for(lab, ballot=None):
    """The themes that a ballot may offer: the shortlist, and those that this draft has already."""
    themes = {theme.pk: theme for theme in themes_shortlisted(lab)}
    if ballot is not None:
        themes |= {option.theme_id: option.theme for option in ballot.options.exclude(theme=None)}
    return list(themes.values())


def draft_facts(ballot):
    """A draft as its form shows it."""
    names = "question voters opens_at closes_at tie_rule breakdowns threshold reason_prompt what_next quorum"
    facts = {name: getattr(ballot, name) for name in names.split()}
    return facts | {"themes": [option.theme_id for option in options(ballot)]}


def options(ballot):
    return list(Option.objects.filter(ballot=ballot))


def options_for(ballot, entry):
    """The options, with the number of their supporters, in an order that is random for each voter and stable."""
    rows = Option.objects.filter(ballot=ballot).annotate(supporters=Count("theme__supports"))
    return sorted(rows, key=lambda option: _place(entry.voter_id, option.public_id))


def frozen_sha256(ballot):
    """SHA-256 over all that must not change while people vote."""
    facts = [
        ballot.code, ballot.question, ballot.method, ballot.closes_at.timestamp(), ballot.tie_rule,
        ballot.lot_commitment, ballot.breakdowns, ballot.threshold, ballot.reason_prompt, ballot.quorum,
        [[option.public_id, option.theme_id, option.title, option.summary] for option in options(ballot)],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def due_to_open(at):
    """Drafts whose opening time has come."""
    drafts = Ballot.objects.filter(state=State.DRAFT, opens_at__lte=at, lab__archived_at=None)
    return drafts.order_by("opens_at", "pk")


def due_to_close(at):
    return Ballot.objects.filter(state=State.OPEN, closes_at__lte=at).order_by("closes_at", "pk")


def not_scrubbed():
    return Ballot.objects.filter(state=State.CLOSED, scrubbed_at=None).order_by("pk")


def due_to_tell(today):
    """Open or lately closed ballots whose voters have not been told today that a vote was cast in their name."""
    waiting = RollEntry.objects.filter(told=False, has_key=True).values("ballot")
    return Ballot.objects.filter(pk__in=waiting, told_on__lt=today)


def signed_in_my_name(person):
    """The ballots in which this person is on a roll, with whether a key was signed for her."""
    rows = RollEntry.objects.filter(person=person).select_related("ballot__lab")
    return rows.order_by("-ballot__opened_at", "-pk")


def _place(voter_id, public_id):
    return hashlib.sha256(f"{voter_id}\n{public_id}".encode()).digest()
