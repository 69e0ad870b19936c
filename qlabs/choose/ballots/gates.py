from django.utils.translation import gettext_lazy as _

from qlabs.base.lab import gates

from . import queries

gates.check(
    "choose",
    _("A vote is declared"),
    queries.HAS_DECLARED,
    _("Open a vote over the shortlisted themes, close it and declare its result."),
)
