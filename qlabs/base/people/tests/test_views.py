from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from qlabs.base.lab.models import Lab, Membership
from qlabs.base.people import actions, links
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db
PAGES = (
    "/account/profile/",
    "/account/security/",
    "/people/",
    "/people/import/",
    "/people/invitations/",
)


def invited(**kwargs):
    now = timezone.now()
    return InvitationFactory(**{"invited_at": now, "expires_at": now + timedelta(days=60), **kwargs})


def address(invitation):
    return f"/join/{links.token(invitation)}/"


def answers(client):
    return [client.get(path).status_code for path in PAGES]


def test_a_stranger_is_sent_to_sign_in(client):
    assert [client.get(path).url for path in PAGES] == [f"/account/login/?next={path}" for path in PAGES]


def test_each_role_opens_its_own_pages(client_as):
    lead = PersonFactory()
    Membership.objects.create(lab=Lab.objects.create(slug="a", title="A"), person=lead, role="lead")
    assert answers(client_as(PersonFactory(member=True))) == [200, 200, 403, 403, 403]
    assert answers(client_as(lead)) == [200, 200, 403, 403, 403]
    assert answers(client_as(PersonFactory(operator=True))) == [200, 200, 200, 200, 200]


@pytest.mark.parametrize("path", ["/people/9/", "/people/import/9/", "/people/import/9/refused.csv"])
def test_what_is_not_there_is_not_found(client_as, path):
    assert client_as(PersonFactory(operator=True)).get(path).status_code == 404


@pytest.mark.parametrize("query", ["page=9999999999999", "page=x", "q=%00", "q=" + "x" * 5000, "q=%ed%a0%80"])
def test_odd_queries_give_a_page(client_as, query):
    client = client_as(PersonFactory(operator=True))
    assert [client.get(f"/people{path}?{query}").status_code for path in ("/", "/invitations/")] == [200, 200]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(client_as, count, django_assert_num_queries):
    client = client_as(PersonFactory(operator=True, profiled=True))
    PersonFactory.create_batch(count, profiled=True, member=True)
    with django_assert_num_queries(5):
        client.get("/people/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_invitations_costs_the_same_however_long(client_as, count, django_assert_num_queries):
    client = client_as(PersonFactory(operator=True))
    for number in range(count):
        lab = Lab.objects.create(slug=f"lab{number}", title="Lab")
        InvitationFactory(purpose="lab", lab=lab, role="contributor")
    with django_assert_num_queries(5):
        client.get("/people/invitations/")


def test_looking_at_a_link_however_often_changes_nothing(client):
    invitation = invited()
    for method in (client.get, client.head, client.options) * 3:
        method(address(invitation))
    invitation.refresh_from_db()
    assert (invitation.accepted_at, get_user(client).is_authenticated) == (None, False)


def test_a_link_is_never_kept_by_a_cache(client):
    assert "no-store" in client.get(address(invited()))["Cache-Control"]


def test_taking_up_an_invitation_signs_in_and_leads_to_the_profile(client):
    invitation = invited()
    answer = client.post(address(invitation))
    assert (answer.status_code, answer.url, get_user(client)) == (302, "/account/profile/", invitation.person)


def test_a_link_works_once(client):
    invitation = invited()
    client.post(address(invitation))
    again = Client()
    assert (again.get(address(invitation)).status_code, again.post(address(invitation)).status_code) == (
        410,
        410,
    )
    assert not get_user(again).is_authenticated


def test_an_expired_link_signs_nobody_in(client):
    invitation = invited(expires_at=timezone.now())
    assert client.post(address(invitation)).status_code == 410
    assert not get_user(client).is_authenticated


def test_the_link_of_a_closed_account_signs_nobody_in(client):
    invitation = invited()
    actions.deactivate(person=invitation.person, by=None, at=timezone.now())
    assert client.post(address(invitation)).status_code == 410
    assert not get_user(client).is_authenticated


def test_a_link_of_nobodys_is_not_found(client):
    assert client.post("/join/1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_a_link_opened_by_somebody_else_who_is_signed_in_signs_its_owner_in(client_as):
    invitation = invited()
    client = client_as(PersonFactory())
    client.post(address(invitation))
    assert get_user(client) == invitation.person


def test_a_link_asks_for_the_second_factor_where_there_is_one(client):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    invitation = invited()
    TOTP.activate(invitation.person, generate_totp_secret())
    assert client.post(address(invitation)).url == "/account/2fa/authenticate/"
    assert not get_user(client).is_authenticated


def test_the_page_after_accepting_says_that_it_worked(client):
    lab = Lab.objects.create(slug="asthma", title="Asthma", is_public=True)
    guest = invited(purpose="lab", lab=lab, role="contributor", person=PersonFactory())
    page = client.post(address(guest), follow=True).content.decode()
    assert "You have accepted the invitation to “Asthma”. Your role: Public contributor." in page
    page = client.post(address(invited(person=PersonFactory())), follow=True).content.decode()
    assert "You have joined the Q Labs community." in page


def test_who_is_a_member_by_a_list_is_not_asked_to_accept(client):
    invitation = invited()
    page = client.get(address(invitation)).content.decode()
    assert "Accept the invitation" not in page
    assert "Accepting signs you in" not in page
    page = client.post(address(invitation), follow=True).content.decode()
    assert "You are a member of the Q Labs community. Please check your profile." in page


def test_a_reminder_asked_for_too_soon_is_refused_politely(client_as):
    invitation = invited()
    answer = client_as(PersonFactory(operator=True)).post(f"/people/invitations/{invitation.pk}/remind/")
    assert answer.status_code == 409
    assert "One email a week is enough." in answer.content.decode()


@pytest.mark.parametrize("act", ["renew-links", "reopen"])
def test_an_act_needs_a_post(client_as, act):
    person = PersonFactory()
    assert client_as(PersonFactory(operator=True)).get(f"/people/{person.pk}/{act}/").status_code == 405


def test_only_an_operator_closes_an_account(client_as):
    person = PersonFactory()
    assert client_as(PersonFactory(member=True)).post(f"/people/{person.pk}/close/").status_code == 403
    person.refresh_from_db()
    assert person.is_active


def test_signing_out_everywhere_keeps_this_browser(client_as):
    person = PersonFactory()
    other = Client()
    other.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    here = client_as(person)
    here.post("/account/security/sign-out-everywhere/")
    assert (get_user(here), get_user(other).is_authenticated) == (person, False)


def test_the_picture_of_a_key_is_shown_only_while_an_app_is_added(client_as):
    client = client_as(PersonFactory())
    assert client.get("/account/security/authenticator.svg").status_code == 404
    client.get("/account/2fa/totp/activate/")
    answer = client.get("/account/security/authenticator.svg")
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/svg+xml", b"<svg")
    assert "no-store" in answer["Cache-Control"]


def test_no_page_holds_a_style_or_a_script_of_its_own(client_as):
    client = client_as(PersonFactory(operator=True))
    invited()
    paths = [*PAGES, "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/logout/"]
    pages = [client.get(path).content.decode() for path in paths]
    assert [page for page in pages if " style=" in page or "<script>" in page or "data:image" in page] == []
