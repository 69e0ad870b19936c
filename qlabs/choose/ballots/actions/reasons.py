"""Reading what people wrote before anyone else does."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from ..models import Reason, State


@transaction.atomic
def show_reason(*, reason, by, at):
    return _judge(reason, Reason.State.SHOWN, by=by, at=at)


@transaction.atomic
def hide_reason(*, reason, because, by, at):
    return _judge(reason, Reason.State.HIDDEN, by=by, at=at, because=because)


def _judge(reason, state, *, by, at, because=""):
    reason = Reason.objects.select_for_update().select_related("ballot__lab").get(pk=reason.pk)
    if reason.ballot.state not in (State.CLOSED, State.DECLARED):
        raise Conflict(_("Reasons are read once the vote has closed."))
    reason.state, reason.hidden_because = state, because
    reason.save(update_fields=["state", "hidden_because"])
    what = f"ballots.reason_{state}"
    events.record(reason.ballot.lab, by=by, what=what, on=reason, at=at, because=because)
    return reason
