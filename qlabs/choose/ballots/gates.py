from django.utils.translation import gettext_lazy as _

from qlabs.base.lab import gates

from . import queries

gates.check(
    "choose",
    _("A vote is declared"),
    queries.HAS_DECLARED,
    _("Hold a vote over the shortlisted themes and declare its result."),
)
