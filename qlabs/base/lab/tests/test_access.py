from datetime import datetime

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from qlabs.base.core.errors import Refused
from qlabs.base.lab import access
from qlabs.base.lab.models import Funding, Membership, Role, StageDates
from qlabs.base.lab.rules import has_role, is_community_member, is_on_team, sees_lab, stage_is_open
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import FundingFactory, LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def acts(monkeypatch):
    """Three acts and one kind of row that exist for these tests only."""
    permissions = type(rules.permissions.permissions)(rules.permissions.permissions)
    monkeypatch.setattr(rules.permissions, "permissions", permissions)
    monkeypatch.setattr(access, "_kinds", {"funding": access.Kind(Funding, "lab", ("lab",))})
    rules.add_perm("test.see", sees_lab)
    rules.add_perm("test.pay", has_role(Role.FUNDER))
    rules.add_perm("themes.test", (is_community_member | is_on_team) & stage_is_open("themes"))


@pytest.fixture
def asks(rf):
    def make(person=None, at=AT):
        request = rf.get("/labs/somewhere/?page=2")
        request.user, request.at = person or AnonymousUser(), at
        return request

    return make


def test_a_lab_is_handed_out_with_the_moment_and_the_roles(asks):
    member = MembershipFactory(role=Role.COACH)
    lab = access.allow(asks(member.person), "test.see", lab=member.lab.slug)
    assert (lab, lab.asked_at, lab.asked_roles) == (member.lab, AT, {"coach"})


def test_a_private_lab_and_no_lab_look_the_same(asks):
    private = LabFactory()
    said = []
    for slug in (private.slug, "never-made"):
        for person in (None, PersonFactory(member=True)):
            for permission in ("test.see", "test.pay", "themes.test"):
                with pytest.raises(Http404) as caught:
                    access.allow(asks(person), permission, lab=slug)
                said.append(str(caught.value))
    assert len(said) == 12
    assert len(set(said)) == 1


def test_a_row_of_a_private_lab_and_no_row_look_the_same(asks):
    pk = FundingFactory().pk
    said = set()
    for wanted in (pk, pk + 1):
        with pytest.raises(Http404) as caught:
            access.allow(asks(PersonFactory()), "test.pay", funding=wanted)
        said.add(str(caught.value))
    assert len(said) == 1


def test_a_row_is_found_only_in_its_own_lab(asks):
    funding, other = FundingFactory(), MembershipFactory(role=Role.FUNDER)
    with pytest.raises(Http404):
        access.allow(asks(other.person), "test.pay", lab=other.lab.slug, funding=funding.pk)


def test_a_stranger_in_a_public_lab_is_sent_to_sign_in(asks):
    with pytest.raises(access.SignInFirst):
        access.allow(asks(), "test.pay", lab=LabFactory(public=True).slug)


def test_a_member_without_the_role_is_refused_in_a_public_lab(asks):
    with pytest.raises(Refused):
        access.allow(asks(PersonFactory(member=True)), "test.pay", lab=LabFactory(public=True).slug)


def test_after_a_stage_the_refusal_says_when_it_closed_and_what_comes_next(asks):
    lab, member = LabFactory(public=True), PersonFactory(member=True)
    closes = datetime(2017, 3, 27, 17, tzinfo=LONDON)
    StageDates.objects.create(lab=lab, stage="choose", opens_at=AT, closes_at=closes)
    assert access.allow(asks(member), "themes.test", lab=lab.slug) == lab
    with pytest.raises(Refused) as caught:
        access.allow(asks(member, at=closes.replace(minute=1)), "themes.test", lab=lab.slug)
    assert caught.value.sentence == (
        "“Choose a theme” closed on Monday 27 March 2017, 5pm. Next comes “Frame the challenge”."
    )


def test_before_a_stage_the_refusal_says_when_it_opens(asks):
    lab, member = LabFactory(public=True), PersonFactory(member=True)
    StageDates.objects.create(lab=lab, stage="choose", opens_at=datetime(2017, 3, 1, 9, tzinfo=LONDON))
    with pytest.raises(Refused) as caught:
        access.allow(asks(member), "themes.test", lab=lab.slug)
    assert caught.value.sentence == "“Choose a theme” opens on Wednesday 1 March 2017, 9am."


def test_once_a_lab_has_ended_the_refusal_says_when(asks):
    lab, member = LabFactory(public=True, open="choose", forty_weeks=True), PersonFactory(member=True)
    after = datetime(2017, 10, 17, tzinfo=LONDON)
    with pytest.raises(Refused) as caught:
        access.allow(asks(member, at=after), "themes.test", lab=lab.slug)
    assert caught.value.sentence == "This lab ended on Monday 16 October 2017."


def test_may_asks_the_same_rule_on_a_page_already_open(asks):
    member = MembershipFactory(role=Role.FUNDER)
    assert access.may(asks(member.person), "test.pay", member.lab)
    lab = LabFactory(public=True)
    assert not access.may(asks(member.person), "test.pay", lab)
    assert Membership.objects.count() == 1
