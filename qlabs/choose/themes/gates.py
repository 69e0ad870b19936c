"""What the gate of “Choose a theme” asks of themes."""

from django.utils.translation import gettext_lazy as _

from qlabs.base.lab import gates

from . import queries

gates.check(
    "choose",
    _("At least two themes are shortlisted and pass the suitability check"),
    queries.HAS_TWO_READY,
    _("Shortlist themes that answer yes to all five suitability questions."),
)
