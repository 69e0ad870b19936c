"""The table of roles in docs/roles.md, worked out from the rules that every app declared.

A rule is taken apart by its name, "(is_on_team & stage_is_open:themes)". Its words from base are asked for real, with a
person and a lab that exist only in memory; words that need a row (whose draft is it?) are conditions, and the answer
is then neither yes nor no.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import rules as library
from django.utils.translation import override

from . import rules
from .models import Role

NOON = datetime(2017, 2, 1, 12, tzinfo=ZoneInfo("Europe/London"))
ROLES = ("operator", *Role.values[:5], "member", *Role.values[5:], "stranger")
_TOKEN = re.compile(r"[()~]| [&|^] |[^\s()~]+")


@dataclass(frozen=True)
class Situation:
    """The state of the lab that a rule is asked in."""

    public: bool = True
    open: bool = True
    archived: bool = False


def answer(rule, role, situation):
    """True, False, or None where it depends on the row."""
    tokens = [token.strip() for token in _TOKEN.findall(rule)]
    person, lab = _person(role), _lab(role, situation)
    value = _either(tokens, lambda name: _ask(name, person, lab))
    if tokens:
        raise ValueError(f"This rule cannot be read: {rule}")
    return value


def conditions(rule):
    """The words of a rule that need a row, in order and once each."""
    names = [token for token in _TOKEN.findall(rule) if token[0] not in " ()~"]
    return list(dict.fromkeys(name for name in names if _leaf(name) is None))


def cell(rule, role):
    """What a role may do, in a few words."""
    best = answer(rule, role, Situation())
    if best is False:
        return "–"
    words = ["yes" if best else "if"]
    if answer(rule, role, Situation(open=False)) is False:
        words.append("while open")
    if answer(rule, role, Situation(public=False)) is False:
        words.append("in public labs")
    return ", ".join(words)


def page():
    """docs/roles.md."""
    with override("en-gb"):
        parts = [_INTRODUCTION]
        for app, permissions in _by_app().items():
            parts += [f"## {app}\n", _table(permissions)]
        return "\n".join([*parts, "## Conditions\n", _conditions()])


def _by_app():
    apps = {}
    for name, predicate in sorted(library.permissions.permissions.items()):
        app, act = name.split(".")
        apps.setdefault(app, {})[act] = predicate.name
    return apps


def _table(permissions):
    heads = ["act", *ROLES, "archived lab", "conditions"]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for act, rule in permissions.items():
        cells = [cell(rule, role) for role in ROLES]
        lines.append(_line([f"`{act}`", *cells, _when_archived(rule), ", ".join(conditions(rule)) or "–"]))
    return "\n".join([*lines, ""])


def _line(cells):
    return f"| {' | '.join(one.replace('|', '/') for one in cells)} |"


def _when_archived(rule):
    after = [answer(rule, role, Situation(archived=True)) for role in ROLES]
    before = [answer(rule, role, Situation()) for role in ROLES]
    return "the same" if after == before else "closed"


def _conditions():
    rows = sorted({name for one in library.permissions.permissions.values() for name in conditions(one.name)})
    return "\n".join(f"- `{name}`" for name in rows) + "\n"


def _either(tokens, ask):
    """One operand, or two joined by an operator: the library writes every pair in brackets."""
    token = tokens.pop(0)
    if token == "~":  # noqa: S105 - not a password
        return _not(_either(tokens, ask))
    if token != "(":  # noqa: S105
        return ask(token)
    value = _either(tokens, ask)
    while tokens and tokens[0] != ")":
        operator = tokens.pop(0)
        value = _JOIN[operator](value, _either(tokens, ask))
    tokens.pop(0)
    return value


def _not(value):
    return None if value is None else not value


def _and(one, other):
    return False if False in (one, other) else None if None in (one, other) else True


def _or(one, other):
    return True if True in (one, other) else None if None in (one, other) else False


_JOIN = {"&": _and, "|": _or, "^": lambda one, other: None if None in (one, other) else one != other}


def _ask(name, person, lab):
    leaf = _leaf(name)
    return None if leaf is None else bool(leaf.test(person, lab))


def _leaf(name):
    """The word of base with this name, or None."""
    kind, _colon, rest = name.partition(":")
    if kind == "has_role":
        return rules.has_role(*rest.split("|"))
    if kind == "stage_is_open":
        return rules.stage_is_open(rest)
    if kind == "takes_proposals":
        return rules.takes_proposals(rest)
    return _WORDS.get(name)


def _person(role):
    leads = SimpleNamespace(filter=lambda **_facts: SimpleNamespace(exists=lambda: role == Role.LEAD))
    return SimpleNamespace(
        is_authenticated=role != "stranger",
        is_active=True,
        is_operator=role == "operator",
        is_member=role == "member",
        memberships=leads,
    )


def _lab(role, situation):
    dates = [
        SimpleNamespace(stage=stage, opens_at=NOON, closes_at=None, proposals_close_at=None)
        for stage in rules.stages.BY_KEY
    ]
    lab = SimpleNamespace(
        is_public=situation.public,
        archived_at=NOON if situation.archived else None,
        ends_on=None,
        asked_at=NOON,
        asked_roles=frozenset({role}) & set(Role.values),
        stage_dates=SimpleNamespace(all=lambda: dates if situation.open else []),
    )
    lab.lab = lab
    return lab


_WORDS = {
    one.name: one
    for one in vars(rules).values()
    if isinstance(one, library.Predicate) and "(" not in one.name
}
_INTRODUCTION = """# Who may do what

Written by `qlabs roles --write` from the rules that the apps declare; a test compares. Do not edit it by hand.

A person may have several roles and may then do what any of them may. "member" is a member of the community without a
role in the lab; "stranger" has not signed in. **yes**: always. **if**: when the conditions at the end of the row hold.
**while open**: only while the stage that the act belongs to is open in the lab. **in public labs**: a private lab looks
to this role as if it did not exist. "archived lab" says whether archiving changes anything.
"""
