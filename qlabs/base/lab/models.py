from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record
from qlabs.base.core.search import SearchText

from .stages import STAGE_CHOICES


class Role(models.TextChoices):
    LEAD = "lead", _("Lab lead")
    RESEARCHER = "researcher", _("Researcher")
    DESIGNER = "designer", _("Designer")
    COACH = "coach", _("QI coach")
    SITE_LEAD = "site-lead", _("Site lead")
    CONTRIBUTOR = "contributor", _("Public contributor")
    FUNDER = "funder", _("Funder")
    EVALUATOR = "evaluator", _("Evaluator")
    FOLLOWER = "follower", _("Follower")


TEAM_ROLES = (Role.LEAD, Role.RESEARCHER, Role.DESIGNER, Role.COACH)
LISTED_ROLES = (Role.CONTRIBUTOR, Role.FOLLOWER)
"""The roles that many people at once are invited to, by a list."""


class Lab(Record):
    """A time-limited team and community; `token` makes one form one lab, however often it is sent."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=150)
    purpose = models.TextField(_("purpose"), max_length=2000, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    challenge = models.CharField(_("challenge"), max_length=300, blank=True)
    base = models.CharField(_("base or venue"), max_length=300, blank=True)
    search_text = SearchText(of=["title", "theme", "challenge"])
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    is_pilot = models.BooleanField(_("pilot"), default=False)
    is_public = models.BooleanField(_("public"), default=False)
    is_invented = models.BooleanField(_("invented for the demo"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=40, null=True, unique=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="lab_ends_after_start",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def lab(self):
        return self


class Membership(Record):
    """One role of one person in one lab."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "person", "role"], name="lab_role_once")]


class Funding(Record):
    """Money promised or received for a lab."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="funding")
    funder = models.CharField(_("funder"), max_length=200)
    pounds = models.PositiveIntegerField(_("amount in pounds"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="lab_funding_ends_after_start"
            )
        ]


class StageDates(Record):
    """When a stage of a lab opens and closes; its tools follow these dates without a restart."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="stage_dates")
    stage = models.CharField(_("stage"), max_length=20, choices=STAGE_CHOICES)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    proposals_close_at = models.DateTimeField(_("proposals close"), null=True, blank=True)
    opening_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    closing_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lab", "stage"], name="lab_stage_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="lab_stage_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(proposals_close_at=None)
                | (Q(opens_at=None) | Q(proposals_close_at__gt=F("opens_at")))
                & (Q(closes_at=None) | Q(proposals_close_at__lte=F("closes_at"))),
                name="lab_proposals_close_while_open",
            ),
        ]


class GatePassage(Record):
    """A lab left a stage: what its gate said at that moment, and the reason if it was passed all the same."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="gates")
    stage = models.CharField(max_length=20, choices=STAGE_CHOICES)
    unmet = models.JSONField(default=list)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unmet=[]) | ~Q(reason=""), name="lab_override_needs_reason")
        ]
