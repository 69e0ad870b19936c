"""What a voter's browser may send, and nothing else: strict JSON of limited size."""

import json
import re

from django.http import UnreadablePostError

from qlabs.base.ui.words import is_printable

from .. import actions
from ..errors import Malformed
from ..models import REASON_LENGTH

LONGEST_BODY = 64 * 1024
MOST_SCOPES = 8
LONGEST_HEX = 1024
HIGHEST_COUNTER = 2**31 - 1
NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)
HEX = re.compile(r"([0-9a-f]{2})+", re.ASCII)
VOTE = {"counter", "choice", "lines", "padding"}
LINE = {"scope", "key", "credential", "signature", "counter_signature"}


def read_blinded(request):
    """{scope: blinded bytes} of a sign request. Raises Malformed."""
    facts = _json(request)
    blinded = facts.get("blinded")
    if set(facts) != {"blinded"} or not isinstance(blinded, dict) or not 1 <= len(blinded) <= MOST_SCOPES:
        raise Malformed
    return {_name(scope): _bytes(text) for scope, text in blinded.items()}


def read_vote(request):
    """A whole vote for the box. Raises Malformed."""
    facts = _json(request)
    lines = facts.get("lines")
    if set(facts) - {"text"} != VOTE or not isinstance(lines, list) or not 1 <= len(lines) <= MOST_SCOPES:
        raise Malformed
    return actions.Vote(
        counter=_counter(facts["counter"]),
        choice=facts["choice"] if facts["choice"] == "" else _name(facts["choice"]),
        text=_text(facts["text"]) if "text" in facts else None,
        lines=tuple(map(_line, lines)),
    )


def _line(facts):
    if not isinstance(facts, dict) or set(facts) != LINE:
        raise Malformed
    return actions.SignedLine(
        scope=_name(facts["scope"]),
        key=_bytes(facts["key"], length=32),
        credential=_bytes(facts["credential"]),
        signature=_bytes(facts["signature"], length=64),
        counter_signature=_bytes(facts["counter_signature"], length=64),
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
    if not isinstance(value, str) or len(value) > REASON_LENGTH or "\r" in value or not is_printable(value):
        raise Malformed
    return value
