"""The two addresses that a voter's browser speaks to: one knows her name, the other must not."""

import threading
from contextlib import nullcontext
from functools import wraps

from django.db import OperationalError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from qlabs.base.core.errors import TryAgain

from .. import actions, queries
from ..errors import Busy, NotOnTheRoll, VoteRefused
from ..forms import read_blinded, read_vote

_turn = threading.Lock()


def in_turn():
    """One voter at a time on SQLite, which has one writer: threads that wait for it cost more than a queue does."""
    return _turn if connection.vendor == "sqlite" else nullcontext()


def answers_json(view):
    """Turn a refused vote into the answer that the browser's part knows how to read."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return JsonResponse(view(request, *args, **kwargs))
        except VoteRefused as problem:
            return _refused(problem)
        except (TryAgain, OperationalError):
            return _refused(Busy())

    return answer


def _refused(problem):
    facts = {"error": problem.error, "sentence": str(problem.sentence), **problem.facts}
    return JsonResponse(facts, status=problem.status)


@csrf_exempt
@never_cache
@answers_json
def box(request, pk):
    """The ballot box. No cookie reaches it (middleware), nothing of the request is logged or kept but the vote."""
    vote = read_vote(request)
    with in_turn():
        return {"counter": actions.cast(ballot_pk=pk, vote=vote, at=request.at)}


@never_cache
@answers_json
def sign(request):
    ballot = request.subject
    return signed_for(request, queries.entry_of(ballot, request.user))


@never_cache
@answers_json
def sign_by_link(request, token):
    return signed_for(request, queries.entry_to_sign(token))


@never_cache
def ended(request):
    """The votes that ended before their time: a browser that keeps something of one forgets it now."""
    return JsonResponse(queries.ended_early(request.at), safe=False)


def signed_for(request, entry):
    """The answer to whoever asks for signatures in the name of this place on the roll."""
    if entry is None:
        raise NotOnTheRoll
    blinded = read_blinded(request)
    with in_turn():
        signed = actions.sign(entry=entry, blinded=blinded, at=request.at)
    return {"signed": {scope: signature.hex() for scope, signature in signed.items()}}
