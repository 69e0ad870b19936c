"""Sign-in by code: what opens, what stays closed, and when a session ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from qlabs.base.people import actions
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import JOINED, PersonFactory
from qlabs.base.people.tests.signing_in import CONFIRM, LOGIN, ask, sent_code, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_closed_account_cannot_sign_in():
    person, client = PersonFactory(is_active=False), Client()
    ask(client, person.email)
    client.post(CONFIRM, {"code": sent_code()})
    assert "_auth_user_id" not in client.session


def test_the_session_key_changes_at_sign_in():
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    before = client.session.session_key
    client.post(CONFIRM, {"code": sent_code()})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_a_code_works_only_in_the_browser_that_asked():
    person, thief = PersonFactory(), Client()
    ask(Client(), person.email)
    code = sent_code()
    ask(thief, "thief@example.org")
    thief.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in thief.session


@pytest.mark.parametrize("dash", ["–", "—", " - ", "\u00a0", "_"])
def test_a_code_is_read_with_any_dash_and_in_any_case(client, dash):
    PersonFactory(email="jo@example.com")
    ask(client, "jo@example.com")
    code = sent_code()
    client.post(CONFIRM, {"code": f" {code[:2].lower()}{dash}{code[2:].lower()}. "})
    assert client.get("/account/profile/").status_code == 200


def test_a_code_works_once():
    person, client = PersonFactory(), Client()
    sign_in(client, person.email)
    code = sent_code()
    client.post("/account/logout/")
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_code_ends_after_ten_minutes(clock):
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    clock.shift(timedelta(seconds=601))
    client.post(CONFIRM, {"code": sent_code()})
    assert "_auth_user_id" not in client.session


def test_three_wrong_codes_end_the_try():
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    for _time in range(3):
        client.post(CONFIRM, {"code": "WRONG"})
    client.post(CONFIRM, {"code": sent_code()})
    assert "_auth_user_id" not in client.session


def test_a_session_that_signs_nobody_in_lasts_an_hour_and_one_that_does_lasts_long():
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    assert client.session.get_expiry_age() == 3600
    client.post(CONFIRM, {"code": sent_code()})
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 14


@pytest.mark.parametrize(
    "end",
    [
        lambda person: actions.deactivate(person=person, by=None, at=JOINED),
        lambda person: actions.change_email(person=person, email="new@example.org", by=None, at=JOINED),
        lambda person: actions.sign_out_everywhere(person=person, by=person, at=JOINED),
    ],
)
def test_a_session_ends_when_the_account_is_closed_or_the_address_changes(end):
    person, client = PersonFactory(), Client()
    sign_in(client, person.email)
    assert client.get("/account/profile/").status_code == 200
    end(Person.objects.get(pk=person.pk))
    assert client.get("/account/profile/").status_code == 302


def test_a_code_asked_for_before_the_account_was_closed_does_not_open_it():
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    actions.deactivate(person=person, by=None, at=JOINED)
    client.post(CONFIRM, {"code": sent_code()})
    assert client.get("/account/profile/").status_code == 302


def test_signing_in_leads_on_to_the_page_asked_for_but_not_to_another_site():
    person = PersonFactory()
    for wanted, got in (
        ("/account/security/", "/account/security/"),
        ("https://evil.example/", reverse("hub:waiting")),
    ):
        client = Client()
        client.post(LOGIN, {"login": person.email, "next": wanted})
        assert client.post(CONFIRM, {"code": sent_code(), "next": wanted}).url == got


def test_pages_of_allauth_that_we_do_not_use_do_not_exist(client):
    names = [
        "account_signup", "account_email", "account_change_password", "account_set_password",
        "account_reset_password", "account_reauthenticate", "account_email_verification_sent", "mfa_trust",
    ]  # fmt: skip
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(name)
    paths = [
        "signup",
        "email",
        "password/change",
        "password/set",
        "password/reset",
        "confirm-email",
        "reauthenticate",
    ]
    assert [client.get(f"/account/{path}/").status_code for path in paths] == [404] * len(paths)


def test_every_page_of_allauth_that_exists_has_a_template_of_ours():
    from django.template.loader import get_template

    views = [
        pattern.callback.view_class
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if (pattern.name or "").startswith(("account_", "mfa_"))
    ]
    names = {view.template_name for view in views if getattr(view, "template_name", None)}
    assert len(names) >= 12
    assert [name for name in names if name.endswith(".jinja") and not get_template(name)] == []
