"""What the gate of “Choose a theme” asks of themes."""

from django.utils.translation import gettext_lazy as _

from qlabs.base.lab import gates

from . import queries

gates.check(
    "choose",
    _("At least two themes are shortlisted"),
    queries.HAS_TWO_SHORTLISTED,
    _("Open a proposed theme and put it on the shortlist."),
)
gates.check(
    "choose",
    _("At least two shortlisted themes pass the suitability check"),
    queries.HAS_TWO_READY,
    _(
        "The five suitability questions of a theme are all answered with yes: its proposer or the lab lead can edit it."
    ),
)
