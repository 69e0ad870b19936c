"""Who may do what on themes, while the stage is open and while it is not."""

from datetime import date

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from qlabs.base.lab import queries
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import OPENED, LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory

from .factories import CommentFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ROLES = ["stranger", "account", "member", "operator", *Role.values]
EVERYBODY = set(ROLES)
VOICES = {"member", "lead", "researcher", "designer", "coach", "site-lead", "contributor"}
TEAM = {"lead", "researcher", "designer", "coach"}
WHEN_OPEN = {
    "themes.index": EVERYBODY,
    "themes.read": EVERYBODY,
    "themes.discuss": VOICES | {"operator"},
    "themes.write": VOICES,
    "themes.propose": VOICES,
    "themes.edit": {"lead"},
    "themes.revise": {"lead"},
    "themes.discard": set(),
    "themes.comment": VOICES,
    "themes.support": VOICES,
    "themes.choose": {"lead"},
    "themes.withdraw": {"lead"},
    "themes.moderate": {"lead", "operator"},
}
WHEN_CLOSED = WHEN_OPEN | {key: set() for key in ["themes.propose", "themes.comment", "themes.support"]}
WHEN_ARCHIVED = {key: set() for key in WHEN_OPEN} | {
    name: WHEN_OPEN[name] for name in ("themes.index", "themes.read", "themes.discuss")
}


def person_as(role, lab):
    if role == "stranger":
        return AnonymousUser()
    if role in Role.values:
        return MembershipFactory(lab=lab, role=role).person
    return PersonFactory(member=role == "member", operator=role == "operator")


def ask(permission, person, subject, at=OPENED):
    lab = queries.lab_for_access(subject.lab.slug)
    lab.asked_at, lab.asked_roles = at, queries.roles(lab, person)
    if subject is not subject.lab:
        subject.lab = lab
    return rules.has_perm(permission, person, lab if subject is subject.lab else subject)


def allowed(permission, theme):
    on_lab = permission in ("themes.index", "themes.write", "themes.propose")
    subject = theme.lab if on_lab else theme
    return {role for role in ROLES if ask(permission, person_as(role, theme.lab), subject)}


@pytest.mark.parametrize("permission", WHEN_OPEN)
@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ({"open": "choose"}, WHEN_OPEN),
        ({"open": "frame"}, WHEN_CLOSED),
        ({"open": "choose", "starts_on": date(2016, 1, 1), "ends_on": date(2017, 1, 8)}, WHEN_CLOSED),
        ({"open": "choose", "archived": True}, WHEN_ARCHIVED),
    ],
    ids=["open", "closed", "ended", "archived"],
)
def test_who_may(kind, table, permission):
    assert allowed(permission, ThemeFactory(lab=LabFactory(public=True, **kind))) == table[permission]


@pytest.mark.parametrize("permission", ["themes.index", "themes.read", "themes.propose", "themes.comment"])
def test_in_a_private_lab_only_those_who_take_part(permission):
    table = {"themes.index": set(Role.values) | {"operator"}, "themes.read": set(Role.values) | {"operator"}}
    theme = ThemeFactory(lab=LabFactory(open="choose"))
    assert allowed(permission, theme) == table.get(permission, VOICES - {"member"})


@pytest.mark.parametrize(
    ("kind", "open_for_proposer", "closed_for_proposer"),
    [
        ({"draft": True}, {"read", "edit", "revise", "discard"}, {"read", "edit", "revise", "discard"}),
        ({}, {"read", "edit", "revise", "withdraw"}, {"read", "revise", "withdraw"}),
        ({"on_ballot": True}, {"read", "revise"}, {"read", "revise"}),
        ({"withdrawn": True}, {"read", "revise"}, {"read", "revise"}),
    ],
    ids=["draft", "proposed", "on ballot", "withdrawn"],
)
def test_what_a_proposer_may(kind, open_for_proposer, closed_for_proposer):
    acts = ["read", "edit", "revise", "discard", "withdraw", "choose"]
    found = []
    for stage in ("choose", "frame"):
        theme = ThemeFactory(lab=LabFactory(public=True, open=stage), proposer__member=True, **kind)
        found.append({act for act in acts if ask(f"themes.{act}", theme.proposer, theme)})
    assert found == [open_for_proposer, closed_for_proposer]


def test_a_draft_is_closed_to_everybody_else():
    theme = ThemeFactory(lab=LabFactory(public=True, open="choose"), draft=True)
    acts = [name for name in WHEN_OPEN if name not in ("themes.index", "themes.write", "themes.propose")]
    on_drafts = {name: allowed(name, theme) for name in acts}
    assert on_drafts == {key: set() for key in acts} | {
        "themes.discuss": VOICES | {"operator"},
        "themes.moderate": {"lead", "operator"},
    }


def test_a_comment_is_moderated_through_its_own_theme():
    said = CommentFactory(theme__lab__public=True)
    assert said.lab == said.theme.lab
