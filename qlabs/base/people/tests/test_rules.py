"""Who may do what: one table, every role against every act."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from qlabs.base.lab.models import Lab, Membership, Role
from qlabs.base.people.tests.factories import PersonFactory

ACTS = (
    "people.sign_in",
    "people.join",
    "people.answer_address",
    "people.decline",
    "people.profile",
    "people.join_community",
    "people.security",
    "people.import",
    "people.invite",
    "people.members",
    "people.manage",
)
TABLE = {
    "stranger": (1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0),
    "guest": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    "member": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    "researcher": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    "lead": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    "operator": (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "closed operator": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    "closed lead": (1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
}


def somebody(who):
    if who == "stranger":
        return AnonymousUser()
    person = PersonFactory(
        member=who == "member", operator="operator" in who, is_active=not who.startswith("closed")
    )
    for role in (Role.RESEARCHER, Role.LEAD):
        if role in who:
            Membership.objects.create(
                lab=Lab.objects.create(slug="asthma", title="Asthma"), person=person, role=role
            )
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("who", TABLE)
def test_each_role_may_do_what_the_table_says(who):
    person = somebody(who)
    assert tuple(int(rules.has_perm(act, person)) for act in ACTS) == TABLE[who]


def test_the_table_knows_every_act_of_this_app():
    declared = {name for name in rules.permissions.permissions if name.startswith("people.")}
    assert declared == set(ACTS)
