from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record
from qlabs.base.core.search import SearchText

SUMMARY_WORDS = 80
SUMMARY_LENGTH = 1000
EVIDENCE_LINKS = 5
SUITABILITY = {
    "complex": _("Is it complex, with no single cause or answer?"),
    "shared": _("Is it shared by many people and places?"),
    "changeable": _("Can people in health and care change it?"),
    "not-led-elsewhere": _("Is nobody else already leading on it?"),
    "testable": _("Could we test ideas within a year?"),
}


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    ON_BALLOT = "on-ballot", _("On the ballot")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Theme(Record):
    """What a lab might work on, as proposed; `token` makes one form one theme, however often it is sent."""

    lab = models.ForeignKey("lab.Lab", on_delete=models.CASCADE, related_name="themes")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="themes")
    token = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=150, blank=True)
    summary = models.TextField(_("summary"), max_length=SUMMARY_LENGTH, blank=True)
    search_text = SearchText(of=["title", "summary"])
    why_now = models.TextField(_("why now"), max_length=2000, blank=True)
    who_is_affected = models.TextField(_("who is affected"), max_length=2000, blank=True)
    suitability = models.JSONField(default=dict, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    reason = models.TextField(_("reason for withdrawing"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("proposed"), null=True)
    changed_at = models.DateTimeField(_("last change"))

    class Meta:
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["lab", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["lab", "proposer", "token"], name="themes_form_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="themes_known_state"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | ~Q(title="") & ~Q(summary="") & Q(submitted_at__isnull=False),
                name="themes_proposed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN) & ~Q(reason="") | ~Q(state=State.WITHDRAWN) & Q(reason=""),
                name="themes_withdrawn_needs_reason",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("summary"), SUMMARY_LENGTH), name="themes_summary_is_short"
            ),
        ]

    def __str__(self):
        return self.title or str(_("Untitled draft"))

    @property
    def is_chosen(self):
        """Whether the vote made it the lab's theme."""
        return self.state == State.ON_BALLOT and self.title == self.lab.theme


class Evidence(Record):
    """A link to what is already known."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("link"), max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="themes_evidence_is_on_the_web",
            )
        ]

    def __str__(self):
        return self.title


class Comment(Record):
    """What somebody says on a theme; `thread` is the comment it answers. Hidden ones keep their reason."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40)
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hidden_reason = models.CharField(_("reason for hiding"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "by", "token"], name="themes_comment_once"),
            models.CheckConstraint(condition=~Q(text=""), name="themes_comment_says_something"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by=None, hidden_reason="")
                | Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_reason=""),
                name="themes_hidden_needs_reason",
            ),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def lab(self):
        return self.theme.lab


class Support(Record):
    """ "This matters to us too": once for each person, and for their organisation if they say so."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["theme", "person"], name="themes_support_once")]
