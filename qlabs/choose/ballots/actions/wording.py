"""A lead's own subject and opening of the emails to voters; what they need to vote safely stays in."""

from django.db import transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.base.core.errors import Conflict

from .. import letters, queries
from ..models import Ballot, Wording


@transaction.atomic
def word_email(*, ballot, letter, subject, opening, by, at):
    """Keep her words for the next email of this kind; an invitation that has gone stays as it went."""
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if not queries.may_be_worded(ballot, letter):
        raise Conflict(_("This email has gone out, so its words can no longer be changed."))
    words = {"subject": subject.strip(), "opening": opening.strip()}
    Wording.objects.update_or_create(ballot=ballot, letter=letter, defaults=words)
    events.record(ballot.lab, by=by, what="ballots.email_worded", on=ballot, at=at, letter=letter, **words)


@transaction.atomic
def try_email(*, ballot, letter, by, at):
    """Send it to the lead herself first, without anybody's link or codes."""
    events.record(ballot.lab, by=by, what="ballots.email_tried", on=ballot, at=at, letter=letter)
    letters.try_later(ballot, letter, by)
