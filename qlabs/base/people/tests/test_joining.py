"""How people become members: by their own yes, and what a no means."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people import actions, letters, links, queries
from qlabs.base.people.models import Invitation, Person
from qlabs.base.people.tests.factories import JOINED, InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
ROWS = [{"name": "Ann", "email": "a@x.org"}, {"name": "Bob", "email": "b@x.org"}]


def guest_of(lab, email="g@x.org", name="Gwen", role="contributor"):
    return actions.invite_guest(lab=lab, email=email, name=name, role=role, by=None, at=JOINED)


def joined(person):
    person.refresh_from_db()
    return person.joined_at, person.joined_how, person.joined_invitation


def whats():
    return list(Event.objects.order_by("position").values_list("what", flat=True))


def test_who_is_invited_to_the_community_is_a_member_only_once_she_accepts():
    invitation = actions.invite_member(name="Ann", email="a@x.org", by=None, at=JOINED)
    assert joined(invitation.person) == (None, "", None)
    actions.accept_invitation(invitation=invitation, at=JOINED + WEEK)
    assert joined(invitation.person) == (JOINED + WEEK, "invitation", invitation)


def test_who_accepts_an_invitation_to_a_lab_is_no_member_of_the_community():
    invitation = guest_of(LabFactory())
    actions.accept_invitation(invitation=invitation, at=JOINED)
    assert joined(invitation.person) == (None, "", None)


def test_who_is_invited_to_a_lab_may_join_the_community_too_by_her_own_choice():
    invitation = guest_of(LabFactory())
    actions.accept_invitation(invitation=invitation, at=JOINED, joins_community=True)
    assert joined(invitation.person) == (JOINED, "invitation", invitation)


def test_a_guest_joins_the_community_later():
    person = actions.join_community(person=PersonFactory(), at=JOINED)
    assert joined(person) == (JOINED, "themselves", None)
    actions.join_community(person=person, at=JOINED + WEEK)
    assert (joined(person)[0], whats()) == (JOINED, ["people.joined"])


def test_a_closed_account_joins_nothing():
    person = actions.join_community(person=PersonFactory(is_active=False), at=JOINED)
    assert joined(person) == (None, "", None)


def test_a_no_is_kept_and_nobody_is_reminded_or_invited_again_by_that_lab():
    lab = LabFactory()
    invitation = actions.decline_invitation(invitation=guest_of(lab), at=JOINED)
    assert invitation.declined_at == JOINED
    with pytest.raises(Conflict, match="nothing to remind"):
        actions.remind(invitation=invitation, by=None, at=JOINED + WEEK)
    assert actions.remind_everyone(lab=lab, by=None, at=JOINED + WEEK) == 0
    for role in ("contributor", "coach"):
        with pytest.raises(Conflict, match="said no thanks on"):
            guest_of(lab, email="G@x.org", role=role)
    assert guest_of(LabFactory()).declined_at is None


def test_a_no_is_kept_for_lists_too():
    lab = LabFactory()
    actions.decline_invitation(invitation=guest_of(lab, email="a@x.org"), at=JOINED)
    number = actions.invite_list(lab=lab, rows=ROWS, role="follower", by=None, at=JOINED)
    assert (number, queries.said_no(lab, "a@x.org") is None) == (1, False)


def test_who_said_no_can_still_say_yes_with_the_same_link():
    invitation = actions.decline_invitation(invitation=guest_of(LabFactory()), at=JOINED)
    invitation = actions.accept_invitation(invitation=invitation, at=JOINED + WEEK)
    assert (invitation.accepted_at, invitation.declined_at) == (JOINED + WEEK, None)


def test_who_said_no_is_invited_again_once_she_asks():
    lab = LabFactory()
    invitation = actions.decline_invitation(invitation=guest_of(lab), at=JOINED)
    actions.take_back_no(invitation=invitation, at=JOINED + WEEK)
    assert guest_of(lab).pk == invitation.pk


def test_a_no_holds_for_the_person_whatever_address_the_lab_tries_next(mailoutbox):
    lab = LabFactory()
    first = actions.decline_invitation(invitation=guest_of(lab), at=JOINED)
    actions.change_email(person=first.person, email="new@x.org", by=None, at=JOINED)
    second = guest_of(lab, email="new@x.org")
    letters.invitations.call([second.pk])
    assert (second.person, second.declined_at, mailoutbox) == (first.person, None, [])


def test_an_imported_member_who_says_no_is_a_member_no_more():
    invitation = InvitationFactory(expires_at=JOINED + WEEK)
    actions.decline_invitation(invitation=invitation, at=JOINED)
    assert joined(invitation.person) == (None, "", None)
    assert whats() == ["people.declined"]


def test_an_operator_does_not_invite_who_said_no_to_the_community():
    invitation = actions.invite_member(name="Ann", email="a@x.org", by=None, at=JOINED)
    actions.decline_invitation(invitation=invitation, at=JOINED)
    with pytest.raises(Conflict, match="said no thanks"):
        actions.invite_member(name="Ann", email="a@x.org", by=None, at=JOINED)


@pytest.mark.parametrize("state", ["accepted", "expired", "closed"])
def test_what_can_no_longer_be_answered_takes_no_no(state):
    invitation = guest_of(LabFactory())
    if state == "accepted":
        actions.accept_invitation(invitation=invitation, at=JOINED)
    if state == "closed":
        Person.objects.update(is_active=False)
    at = invitation.expires_at if state == "expired" else JOINED
    with pytest.raises(Conflict):
        actions.decline_invitation(invitation=invitation, at=at)


def test_a_list_of_guests_is_one_event_and_leaves_out_who_is_invited_already():
    lab = LabFactory()
    guest_of(lab, email="a@x.org", role="follower")
    assert actions.invite_list(lab=lab, rows=ROWS, role="follower", by=None, at=JOINED) == 1
    assert whats() == ["people.invited", "people.list_invited"]
    assert Event.objects.last().facts == {"role": "follower", "invited": 1}
    assert Person.objects.exclude(joined_at=None).count() == 0


def test_a_cancelled_invitation_opens_nothing():
    invitation = guest_of(LabFactory())
    token = links.token(invitation)
    actions.cancel_invitation(invitation=invitation, by=None, at=JOINED)
    assert (queries.invitation_of(token), whats()[-1]) == (None, "people.invitation_cancelled")


def test_an_answered_invitation_is_not_cancelled():
    invitation = actions.decline_invitation(invitation=guest_of(LabFactory()), at=JOINED)
    with pytest.raises(Conflict):
        actions.cancel_invitation(invitation=invitation, by=None, at=JOINED)


def test_an_invitation_keeps_what_its_inviter_wrote_and_not_what_we_know():
    known = PersonFactory(name="Gwendolyn Known", email="g@x.org")
    invitation = guest_of(LabFactory(), email="G@x.org", name="Gwen")
    assert (invitation.person, invitation.name, invitation.email) == (known, "Gwen", "g@x.org")


@pytest.mark.parametrize(
    "wrong",
    [
        {"joined_at": JOINED},
        {"joined_how": "operator"},
        {"joined_at": JOINED, "joined_how": "list"},
    ],
)
def test_the_database_refuses_a_member_without_a_way_of_joining(wrong):
    person = PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**wrong)


def test_the_database_refuses_two_answers():
    invitation = actions.accept_invitation(invitation=guest_of(LabFactory()), at=JOINED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(declined_at=JOINED)
