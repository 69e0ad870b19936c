"""What a voter's browser may send, and nothing else: strict JSON of limited size."""

import json
import re

from django.http import UnreadablePostError

from qlabs.base.ui.words import is_printable

from .. import actions
from ..actions.casting import LONGEST_TEXT
from ..errors import Malformed

LONGEST_BODY = 64 * 1024
MOST_SCOPES = 8
LONGEST_HEX = 1024
HIGHEST_COUNTER = 2**31 - 1
NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)
HEX = re.compile(r"([0-9a-f]{2})+", re.ASCII)
FIELDS = {"scope", "key", "counter", "choice", "credential", "signature"}


def read_blinded(request):
    """{scope: blinded bytes} of a sign request. Raises Malformed."""
    facts = _json(request)
    blinded = facts.get("blinded")
    if set(facts) != {"blinded"} or not isinstance(blinded, dict) or not 1 <= len(blinded) <= MOST_SCOPES:
        raise Malformed
    return {_name(scope): _bytes(text) for scope, text in blinded.items()}


def read_vote(request):
    """One line for the box. Raises Malformed."""
    facts = _json(request)
    scope = _name(facts.get("scope"))
    if set(facts) != (FIELDS | {"text"} if scope == "reason" else FIELDS):
        raise Malformed
    return actions.Vote(
        scope=scope,
        key=_bytes(facts["key"], length=32),
        counter=_counter(facts["counter"]),
        choice=facts["choice"] if facts["choice"] == "" else _name(facts["choice"]),
        credential=_bytes(facts["credential"]),
        signature=_bytes(facts["signature"], length=64),
        text=_text(facts["text"]) if scope == "reason" else None,
    )


def _json(request):
    if request.content_type != "application/json":
        raise Malformed
    try:
        body = request.read(LONGEST_BODY + 1)
        facts = json.loads(body) if len(body) <= LONGEST_BODY else None
    except (UnreadablePostError, ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(facts, dict):
        raise Malformed
    return facts


def _name(value):
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise Malformed
    return value


def _bytes(value, *, length=None):
    if not isinstance(value, str) or len(value) > LONGEST_HEX or not HEX.fullmatch(value):
        raise Malformed
    found = bytes.fromhex(value)
    if length is not None and len(found) != length:
        raise Malformed
    return found


def _counter(value):
    if type(value) is not int or not 1 <= value <= HIGHEST_COUNTER:
        raise Malformed
    return value


def _text(value):
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\r" in value or not is_printable(value):
        raise Malformed
    return value
