"""The pages behind a personal link: yes, no thanks, and the community as a choice of its own."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from qlabs.base.lab.models import Lab
from qlabs.base.people import links
from qlabs.base.people.models import Invitation
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def invited(**kwargs):
    now = timezone.now()
    return InvitationFactory(**{"invited_at": now, "expires_at": now + timedelta(days=60), **kwargs})


def address(invitation):
    return f"/join/{links.token(invitation)}/"


def test_a_no_needs_no_sign_in_and_a_post(client):
    invitation = invited(purpose="lab", lab=Lab.objects.create(slug="a", title="A"), role="coach")
    path = f"{address(invitation)}no-thanks/"
    for method in (client.get, client.head, client.options) * 2:
        method(path)
    invitation.refresh_from_db()
    assert invitation.declined_at is None
    page = client.post(path, follow=True).content.decode()
    invitation.refresh_from_db()
    assert (invitation.declined_at is None, "You said no thanks" in page) == (False, True)
    assert not get_user(client).is_authenticated
    assert "I have changed my mind" in page


def test_who_said_no_lets_them_invite_her_again_when_the_link_is_over(client):
    invitation = invited(declined_at=timezone.now(), expires_at=timezone.now())
    page = client.post(f"{address(invitation)}no-thanks/", {"again": "yes"}, follow=True)
    invitation.refresh_from_db()
    assert (invitation.declined_at, page.status_code) == (None, 410)


def test_an_old_link_of_her_own_opened_while_signed_in_leads_on(client_as):
    invitation = invited(accepted_at=timezone.now())
    answer = client_as(invitation.person).get(address(invitation), follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "You have accepted this invitation already." in answer.content.decode()


def test_an_old_link_opened_by_somebody_signed_in_asks_nobody_to_sign_in(client_as):
    answer = client_as(PersonFactory()).get(address(invited(expires_at=timezone.now())))
    page = answer.content.decode()
    assert (answer.status_code, "Sign in by code" in page, "Go to your home page" in page) == (
        410,
        False,
        True,
    )


def test_the_choice_to_join_the_community_too_is_offered_and_not_made(client):
    lab = Lab.objects.create(slug="a", title="A")
    invitation = invited(purpose="lab", lab=lab, role="coach", person=PersonFactory())
    page = client.get(address(invitation)).content.decode()
    assert ("Also join the community" in page, "checked" in page) == (True, False)
    client.post(address(invitation), {"joins_community": "on"})
    assert get_user(client).is_member


def test_a_member_is_not_asked_to_join_the_community(client):
    invitation = invited(purpose="lab", lab=Lab.objects.create(slug="a", title="A"), role="coach")
    assert "Also join the community" not in client.get(address(invitation)).content.decode()


def test_an_operators_link_takes_no_no(client):
    assert client.get(f"{address(invited(purpose='operator'))}no-thanks/").status_code == 410


def test_an_operator_invites_one_person_to_the_community(client_as):
    client = client_as(PersonFactory(operator=True))
    assert "Enter a name" in client.post("/people/invite/", {"email": "a@x.org"}).content.decode()
    client.post("/people/invite/", {"name": "Ann", "email": "A@x.org"})
    invitation = Invitation.objects.get()
    assert (invitation.purpose, invitation.email, invitation.person.is_member) == (
        "community",
        "a@x.org",
        False,
    )


def test_an_operator_is_told_beside_the_address_that_somebody_is_a_member(client_as):
    posted = {"name": "Ann", "email": PersonFactory(member=True).email}
    page = client_as(PersonFactory(operator=True)).post("/people/invite/", posted).content.decode()
    assert '<a href="#id_email">This person is a member already.</a>' in page


def test_a_guest_joins_the_community_from_the_profile(client_as):
    client = client_as(PersonFactory())
    assert "Join the community" in client.get("/account/profile/").content.decode()
    page = client.post("/account/profile/join-community/", follow=True).content.decode()
    assert ("You are a member of the community now." in page, "as a guest" in page) == (True, False)
