"""A voting station: one shared device in a room, on which people vote one after the other with their personal codes."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qlabs.base.core.models import Record
from qlabs.choose.ballots.models import Ballot


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
