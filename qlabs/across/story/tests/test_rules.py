"""Who may read and write a lab's story: it depends on no stage."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from qlabs.base.lab import queries
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import OPENED, LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory

from .factories import EntryFactory, PictureFactory

pytestmark = pytest.mark.django_db
ROLES = ["stranger", "account", "member", "operator", *Role.values]
EVERYBODY, INSIDE = set(ROLES), {"operator", *Role.values}
TEAM = {"lead", "researcher", "designer", "coach"}


def person_as(role, lab):
    if role == "stranger":
        return AnonymousUser()
    if role in Role.values:
        return MembershipFactory(lab=lab, role=role).person
    return PersonFactory(member=role == "member", operator=role == "operator")


def ask(permission, person, subject):
    subject.lab.asked_at, subject.lab.asked_roles = OPENED, queries.roles(subject.lab, person)
    return rules.has_perm(permission, person, subject)


def allowed(permission, subject):
    return {role for role in ROLES if ask(permission, person_as(role, subject.lab), subject)}


@pytest.mark.parametrize("stage", [None, "choose", "share"])
@pytest.mark.parametrize(
    ("kind", "reads", "writes"),
    [
        ({"public": True}, EVERYBODY, TEAM),
        ({}, INSIDE, TEAM),
        ({"public": True, "archived": True}, EVERYBODY, set()),
    ],
    ids=["public", "private", "archived"],
)
def test_who_may(kind, reads, writes, stage):
    lab = LabFactory(open=stage, **kind)
    assert (allowed("story.read", lab), allowed("story.write", lab)) == (reads, writes)


@pytest.mark.parametrize(("kind", "sees"), [({"public": True}, EVERYBODY), ({}, INSIDE)])
def test_a_published_entry_and_its_picture_are_seen_by_those_who_see_the_lab(kind, sees):
    picture = PictureFactory(entry__lab=LabFactory(**kind))
    assert (allowed("story.see", picture.entry), allowed("story.see", picture)) == (sees, sees)


def test_a_draft_and_its_picture_are_seen_by_the_team():
    picture = PictureFactory(entry=EntryFactory(lab__public=True, draft=True))
    assert (allowed("story.see", picture.entry), allowed("story.see", picture)) == (TEAM, TEAM)
