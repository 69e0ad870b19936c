"""The states of a ballot, and what must hold in each: the database refuses whatever breaks one of these."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

FEWEST_VOTES = 5
"""No vote may publish the result of fewer."""


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    DECLARED = "declared", _("Declared")
    STOPPED = "stopped", _("Stopped")
    VOID = "void", _("No result")


BALLOT_HOLDS = [
    models.CheckConstraint(condition=Q(state__in=State.values), name="ballots_known_state"),
    models.CheckConstraint(condition=Q(threshold__gte=2), name="ballots_threshold_hides"),
    models.CheckConstraint(
        condition=Q(opened_at=None) | Q(closes_at__gt=F("opened_at")),
        name="ballots_closes_after_opening",
    ),
    models.CheckConstraint(
        condition=Q(state=State.DRAFT, opened_at=None) | ~Q(state=State.DRAFT) & Q(opened_at__isnull=False),
        name="ballots_opened_has_a_time",
    ),
    models.CheckConstraint(
        condition=Q(state__in=[State.DRAFT, State.OPEN], closed_at=None)
        | ~Q(state__in=[State.DRAFT, State.OPEN]) & Q(closed_at__isnull=False),
        name="ballots_closed_has_a_time",
    ),
    models.CheckConstraint(
        condition=Q(state=State.DRAFT, ends_at=None)
        | ~Q(state=State.DRAFT)
        & Q(
            ends_at__isnull=False,
            ends_at__gte=F("opened_at"),
            ends_at__lte=Coalesce(F("extended_to"), F("closes_at")),
        ),
        name="ballots_ends_by_closing_time",
    ),
    models.CheckConstraint(
        condition=Q(extended_to=None) | ~Q(state=State.DRAFT) & Q(extended_to__gt=F("closes_at")),
        name="ballots_extended_beyond_closing_time",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=[State.CLOSED, State.DECLARED]) | Q(closed_at__gte=F("ends_at")),
        name="ballots_closed_at_its_end",
    ),
    models.CheckConstraint(
        condition=Q(fewest_votes__isnull=False, fewest_votes__gte=FEWEST_VOTES)
        | Q(fewest_votes=None) & ~Q(state__in=[State.DRAFT, State.OPEN]),
        name="ballots_fewest_votes_hide",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=[State.CLOSED, State.DECLARED])
        | Q(fewest_votes=None)
        | Q(keys_signed__gte=F("fewest_votes")),
        name="ballots_few_votes_no_result",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.VOID) | Q(keys_signed=0, box_sealed="", result__isnull=True, file_sha256=""),
        name="ballots_void_tells_nothing",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.STOPPED) | Q(stopped_because__isnull=False),
        name="ballots_stopped_says_why",
    ),
    models.CheckConstraint(
        condition=~Q(state=State.DECLARED)
        | Q(declared_at__isnull=False, scrubbed_at__isnull=False) & ~Q(file_sha256=""),
        name="ballots_declared_is_whole",
    ),
]
