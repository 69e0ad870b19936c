"""What the lab's log says of a vote in sentences, where its facts are no single words."""

from django.utils.translation import gettext_lazy as _

from qlabs.base.lab import words

from . import queries


def _sources(sources):
    return "; ".join(queries.told_sources(sources))


words.tell_fact("roll_sources", _("Where the voters come from"), _sources)
