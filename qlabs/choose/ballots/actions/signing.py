"""Signing blindly, once for each voter: the only thing about a vote that is done by name.

No event is recorded here and no time is kept: an event would tell when somebody voted. See docs/adr.
"""

from django.db import IntegrityError, transaction

from labengines.voting import credentials

from .. import queries, statements
from ..errors import Closed, KeyOfAnother, Malformed, NotOnTheRoll, OtherKey
from ..keys import unseal_private


def sign(*, entry, blinded, at):
    """Sign what this voter's browser has blinded; {scope: bytes} in and out.

    The same request gets the same signatures again, so a lost answer costs nobody her vote. Another one is refused.
    Raises Closed, NotOnTheRoll, Malformed, OtherKey, KeyOfAnother.
    """
    try:
        sealed = _flagged(entry, blinded, at)
    except IntegrityError as error:  # one blinded key is signed for one person
        raise KeyOfAnother from error
    return {scope: credentials.blind_sign(unseal_private(sealed[scope]), blinded[scope]) for scope in blinded}


@transaction.atomic
def _flagged(entry, blinded, at):
    """The sealed private keys, once this voter's flag is set for this request."""
    moment = queries.moment_held(entry.ballot_id)
    if not moment.is_open(at):
        raise Closed
    _check_request(blinded, entry, queries.box(entry.ballot_id, moment.code).keys)
    _leave_mark(entry, blinded)
    return dict(statements.among(statements.PRIVATE_KEYS, entry.ballot_id, names=blinded))


def _leave_mark(entry, blinded):
    """Set the flag if nobody has; of two requests at once the second waits here and then sees the first one's."""
    request = credentials.request_hash(blinded)
    if statements.change(statements.LEAVE_MARK, request, entry.pk):
        marks = [credentials.blinded_hash(message) for message in blinded.values()]
        statements.add(statements.ADD_SIGNED_KEYS, [(mark, entry.ballot_id) for mark in marks])
        return
    found = statements.first(statements.MARK, entry.pk)
    if found is None:
        raise NotOnTheRoll
    if found != (request,):
        raise OtherKey


def _check_request(blinded, entry, public):
    if set(blinded) != set(queries.scopes_of(entry.ballot, entry)):
        raise Malformed
    for scope, message in blinded.items():
        key = public[scope]
        if len(message) != key.size or not 0 < int.from_bytes(message, "big") < key.n:
            raise Malformed
