"""Sign-in by code: what a stranger can learn, try and break."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django_tasks_db.models import DBTaskResult

from qlabs.base.people import actions
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import JOINED, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN, CONFIRM = "/account/login/", "/account/login/code/confirm/"


def ask(client, email, **extra):
    return client.post(LOGIN, {"login": email}, **extra)


def sent_code():
    return (
        DBTaskResult.objects.filter(task_path__endswith="sign_in_code")
        .latest("enqueued_at")
        .args_kwargs["args"][1]
    )


def shape(text):
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def sign_in(client, email):
    ask(client, email)
    return client.post(CONFIRM, {"code": sent_code()})


def queries_of(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return [re.sub(r"'[^']*'|\d+|\b[0-9a-f-]{32,36}\b", "?", query["sql"])[:60] for query in captured]


def test_a_known_and_an_unknown_address_get_the_same_answers():
    known, answers = PersonFactory(email="aaaaa@example.org"), []
    for email in (known.email, "bbbbb@example.org"):
        client = Client()
        first = ask(client, email)
        page = client.get(first.url)
        wrong = client.post(CONFIRM, {"code": "WRONG"})
        texts = [shape(one.content.decode()).replace(email, "?") for one in (page, wrong)]
        answers.append((first.status_code, first.url, page.status_code, wrong.status_code, *texts))
    assert answers[0] == answers[1]


def test_a_known_and_an_unknown_address_cost_the_same_queries():
    known = PersonFactory()
    ask(Client(), "warm@example.org")
    queries = queries_of(lambda: ask(Client(), known.email))
    assert queries == queries_of(lambda: ask(Client(), "nobody@example.org"))
    assert len(queries) > 2


def test_no_letter_is_sent_while_the_page_is_made(mailoutbox):
    PersonFactory(email="a@example.org")
    for email in ("a@example.org", "nobody@example.org"):
        ask(Client(), email)
    paths = list(DBTaskResult.objects.order_by("enqueued_at").values_list("task_path", flat=True))
    assert [path.rpartition(".")[2] for path in paths] == ["sign_in_code", "unknown_address"]
    assert mailoutbox == []


def test_a_closed_account_is_answered_like_an_unknown_address():
    person = PersonFactory(is_active=False)
    client = Client()
    ask(client, person.email)
    assert DBTaskResult.objects.get().task_path.endswith("unknown_address")
    assert client.post(CONFIRM, {"code": "-"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_session_key_changes_at_sign_in():
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    before = client.session.session_key
    client.post(CONFIRM, {"code": sent_code()})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_code_works_only_in_the_browser_that_asked():
    person, thief = PersonFactory(), Client()
    ask(Client(), person.email)
    code = sent_code()
    ask(thief, "thief@example.org")
    thief.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in thief.session


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


def test_ten_thousand_guesses_are_not_had_from_any_number_of_places():
    person = PersonFactory()
    for place in range(60):
        for _time in range(3):
            ask(Client(REMOTE_ADDR=f"10.0.0.{place}"), person.email)
    assert DBTaskResult.objects.count() == 20


def test_one_place_cannot_ask_for_one_address_more_than_five_times():
    person = PersonFactory()
    for _time in range(10):
        last = ask(Client(), person.email)
    assert DBTaskResult.objects.count() == 5
    assert "We have sent this address several codes." in last.content.decode()


def test_one_place_cannot_feel_through_many_addresses():
    answers = [ask(Client(), f"x{number}@example.org").status_code for number in range(65)]
    assert (answers.count(302), DBTaskResult.objects.count()) == (60, 60)


def test_a_flood_from_one_place_is_answered_with_a_page_that_says_to_wait():
    answers = [ask(Client(), "nonsense") for _time in range(121)]
    assert [answer.status_code for answer in answers] == [200] * 120 + [429]
    assert "Wait a few minutes, then try again." in answers[-1].content.decode()


def test_a_flood_in_their_name_does_not_lock_a_person_out_of_a_browser_they_know():
    person, mine = PersonFactory(), Client(REMOTE_ADDR="192.0.2.1")
    sign_in(mine, person.email)
    mine.post("/account/logout/")
    for place in range(60):
        ask(Client(REMOTE_ADDR=f"10.0.0.{place}"), person.email)
    assert "several codes" in ask(Client(REMOTE_ADDR="192.0.2.1"), person.email).content.decode()
    sign_in(mine, person.email)
    assert mine.session["_auth_user_id"] == str(person.pk)


def test_wrong_guesses_of_others_do_not_spoil_a_code_already_sent():
    person, mine = PersonFactory(), Client(REMOTE_ADDR="192.0.2.1")
    ask(mine, person.email)
    code = sent_code()
    for place in range(30):
        other = Client(REMOTE_ADDR=f"10.0.0.{place}")
        ask(other, person.email)
        for _time in range(3):
            other.post(CONFIRM, {"code": "WRONG"})
    mine.post(CONFIRM, {"code": code})
    assert mine.session["_auth_user_id"] == str(person.pk)


def test_a_made_up_known_browser_helps_nobody():
    person = PersonFactory()
    for place in range(60):
        client = Client(REMOTE_ADDR=f"10.0.0.{place}")
        client.cookies["known_browser"] = "WyJ4Il0:1abcde:forged"
        ask(client, person.email)
    assert DBTaskResult.objects.count() == 20


def test_a_header_made_up_by_a_client_does_not_make_a_new_place():
    for number in range(10):
        ask(
            Client(),
            "x@example.org",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
            HTTP_X_REAL_IP=f"10.0.0.{number}",
        )
    assert DBTaskResult.objects.count() == 5


def test_behind_a_proxy_the_named_header_tells_the_place(settings):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"
    for number in range(10):
        ask(Client(), "x@example.org", HTTP_X_REAL_IP=f"10.0.0.{number}")
    assert DBTaskResult.objects.count() == 10


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
