from django.db import transaction

from qlabs.base.core import events
from qlabs.base.lab.models import Funding


@transaction.atomic
def record_funding(*, lab, funder, starts_on, ends_on, by, at, pounds=None):
    """Note who pays for the lab, how much (None: not public) and for which days."""
    funding = Funding.objects.create(
        lab=lab, funder=funder, pounds=pounds, starts_on=starts_on, ends_on=ends_on
    )
    events.record(lab, by=by, what="lab.funding_recorded", on=funding, at=at, **_facts(funding))
    return funding


@transaction.atomic
def remove_funding(*, funding, by, at):
    """Take back a line of funding that was entered wrongly; the log keeps it."""
    events.record(funding.lab, by=by, what="lab.funding_removed", on=funding, at=at, **_facts(funding))
    funding.delete()


def _facts(funding):
    return {
        "funder": funding.funder,
        "pounds": funding.pounds,
        "starts_on": funding.starts_on.isoformat(),
        "ends_on": funding.ends_on.isoformat(),
    }
