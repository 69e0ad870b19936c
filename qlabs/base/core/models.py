from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """What every row of ours has in common: when it was made."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        abstract = True


class ChainHead(models.Model):
    """The end of the event log: one row, locked while an event is appended."""

    position = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="core_one_chain_head")]


class Event(models.Model):
    """Who did what, when, on what; each row's hash covers the row before it. Append-only."""

    position = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    lab = models.ForeignKey("lab.Lab", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=100)
    on_kind = models.CharField(max_length=100, blank=True)
    on_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["lab", "position"]),
            models.Index(fields=["on_kind", "on_id"]),
        ]

    def __str__(self):
        return f"{self.position} {self.what}"
