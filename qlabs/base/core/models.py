from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from . import search


class Record(models.Model):
    """What every row of ours has in common: when it was made."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=search.with_search_text(self, update_fields), **kwargs)


class Chain(models.Model):
    """One chain of events and its end: a lab's, or the installation's where there is no lab.

    The row is locked while an event is appended, so labs do not wait for each other. `anchored` is the newest number
    that the installation's own chain holds a hash of; `anchored_on` is the last day of its daily anchor.
    """

    lab = models.ForeignKey("lab.Lab", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    anchored = models.PositiveBigIntegerField(default=0)
    anchor_due = models.BooleanField(default=False)
    anchored_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Coalesce("lab", Value(0)), name="core_one_chain_each")]


class Event(models.Model):
    """Who did what, when, on what; each row's hash covers the row before it in its chain. Append-only.

    `position` names the row, `number` is its place in its chain. Events of labs from before labs had chains of their
    own are in the installation's.
    """

    position = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveBigIntegerField()
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
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="core_one_event_a_number")]
        indexes = [
            models.Index(fields=["lab", "position"]),
            models.Index(fields=["on_kind", "on_id"]),
        ]

    def __str__(self):
        return f"{self.position} {self.what}"
