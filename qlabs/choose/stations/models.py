"""A voting station: one shared device in a room, on which people vote one after the other with their personal codes."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record
from qlabs.choose.ballots.models import Ballot

MOST_ALONE = 5


def new_nonce():
    return secrets.token_hex(16)


class Station(Record):
    """Its link stays good until `until`, or until somebody closes it."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="stations")
    place = models.CharField(_("where the device stands"), max_length=100)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    until = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(place=""), name="stations_have_a_place")]

    def __str__(self):
        return self.place

    @property
    def lab(self):
        return self.ballot.lab


class CardOrder(models.Model):
    """Cards that somebody asked for: printed at once if few, else by a second member of the team."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="card_orders")
    places = models.JSONField()  # the places on the roll, as numbers
    cards = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    printed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(printed_by=None, printed_at=None)
                | Q(printed_by__isnull=False, printed_at__isnull=False),
                name="stations_printed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(printed_by=None) | Q(cards__lte=MOST_ALONE) | ~Q(printed_by=F("asked_by")),
                name="stations_many_cards_need_two",
            ),
        ]

    def __str__(self):
        return f"{self.cards} cards for {self.station}"

    @property
    def ballot(self):
        return self.station.ballot

    @property
    def lab(self):
        return self.station.lab
