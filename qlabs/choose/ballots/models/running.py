"""What a lead does to a vote beside its settings: its end moved, and its reminders."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .ballots import Ballot, RollEntry


class EarlyClosing(models.Model):
    """A lead's wish to end a vote before its time. `takes_effect_at` is what the voters were told."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="early_closings")
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot"], condition=Q(withdrawn_at=None), name="ballots_one_early_closing"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ballots_early_closing_says_why"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, agreed_at__gte=F("asked_at"))
                & ~Q(agreed_by=F("asked_by")),
                name="ballots_agreed_by_another",
            ),
        ]

    @property
    def lab(self):
        return self.ballot.lab


class Extension(models.Model):
    """A lead's word, before a vote's time was reached, that it ends later; told to everybody, and never taken back."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="extensions")
    reason = models.CharField(_("reason"), max_length=500)
    ended_before = models.DateTimeField()
    ends_at = models.DateTimeField(_("new closing time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "ends_at"], name="ballots_extended_to_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="ballots_extension_says_why"),
            models.CheckConstraint(
                condition=Q(at__lt=F("ended_before"), ended_before__lt=F("ends_at")),
                name="ballots_extended_in_time",
            ),
        ]

    @property
    def lab(self):
        return self.ballot.lab


class PlannedReminder(models.Model):
    """A reminder that goes by itself when its time comes; the row is gone once it went, was left out or cancelled."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="planned_reminders")
    goes_at = models.DateTimeField(_("goes out"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["goes_at"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "goes_at"], name="ballots_one_reminder_at_a_time")
        ]

    @property
    def lab(self):
        return self.ballot.lab


class CorrectionAsked(models.Model):
    """Who is to be taken off a roll: tried at the next hourly look, so that no answer tells who votes when."""

    entry = models.OneToOneField(RollEntry, on_delete=models.CASCADE, related_name="correction_asked")
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ballots_correction_asked_says_why")
        ]


class Letter(models.TextChoices):
    """The emails whose subject and opening a lead may write."""

    INVITATION = "invitation", _("Invitation to vote")
    REMINDER = "reminder", _("Reminder to vote")


class Wording(models.Model):
    """A lead's own subject and opening of an email to voters; where one is empty, ours is used."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="wordings")
    letter = models.CharField(max_length=10, choices=Letter)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    opening = models.TextField(_("opening"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "letter"], name="ballots_one_wording_a_letter")
        ]
