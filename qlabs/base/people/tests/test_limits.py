"""Limits on asking and guessing: what one stranger can do, and to whom."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qlabs.base.people import links
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory
from qlabs.base.people.tests.signing_in import CONFIRM, ask, passkey, sent_code, sign_in, wrong

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_one_place_has_at_most_sixty_emails_a_minute_sent_to_strangers_and_does_not_see_it(mailoutbox):
    answers = [ask(Client(), f"x{number}@example.org").status_code for number in range(65)]
    for _time in range(4):
        call_command("work", "--once")
    assert (answers.count(302), len(mailoutbox)) == (65, 60)


HOSPITAL = "192.0.2.99"


def use_up(place):
    """A stranger tries all there is to try, from one place."""
    victim = PersonFactory(email="victim@example.org")
    for number in range(70):
        client = Client(REMOTE_ADDR=place)
        ask(client, f"x{number}@example.org")
        ask(client, "nonsense")
        ask(client, victim.email)
        wrong(client, "")
        passkey(client, "")
    for _time in range(15):
        stranger = Client(REMOTE_ADDR=place)
        sign_in(stranger, stranger_with_app().email)
        stranger.post("/account/2fa/authenticate/", {"code": "000000"})


def stranger_with_app():
    person = Person.objects.filter(email="insider@example.org").first() or PersonFactory(
        email="insider@example.org"
    )
    if not person.authenticator_set.exists():
        TOTP.activate(person, generate_totp_secret())
    return person


def with_app(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return lambda: format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("known", [True, False], ids=["known browser", "new browser"])
def test_a_stranger_in_a_hospital_locks_no_colleague_out(known):
    colleague, client = PersonFactory(), Client(REMOTE_ADDR=HOSPITAL)
    code = with_app(colleague)
    if known:
        sign_in(client, colleague.email)
        client.post("/account/2fa/authenticate/", {"code": code()})
        client.post("/account/logout/")
        cache.clear()
    use_up(HOSPITAL)
    sign_in(client, colleague.email)
    client.post("/account/2fa/authenticate/", {"code": code()})
    assert client.session["_auth_user_id"] == str(colleague.pk)


def test_a_personal_link_opens_however_much_was_tried_from_the_same_place(settings):
    use_up(HOSPITAL)
    invitation = InvitationFactory(expires_at=timezone.now() + timedelta(days=1))
    client = Client(REMOTE_ADDR=HOSPITAL)
    client.post(f"/join/{links.token(invitation)}/")
    assert client.session["_auth_user_id"] == str(invitation.person.pk)


def test_a_stranger_who_asks_in_her_name_from_her_place_does_not_lock_her_out_of_a_browser_she_knows():
    person, mine = PersonFactory(), Client(REMOTE_ADDR=HOSPITAL)
    sign_in(mine, person.email)
    mine.post("/account/logout/")
    for _time in range(30):
        ask(Client(REMOTE_ADDR=HOSPITAL), person.email)
    sign_in(mine, person.email)
    assert mine.session["_auth_user_id"] == str(person.pk)


def test_a_code_is_tried_three_times_even_when_all_tries_come_at_one_moment():
    """Each answer is made from the session as it was before the others: only the count stands against that."""
    person, client = PersonFactory(), Client()
    ask(client, person.email)
    before = client.session
    kept = dict(before.items())
    for _time in range(3):
        client.post(CONFIRM, {"code": "WRONG"})
        before.update(kept)
        before.save()
    client.post(CONFIRM, {"code": sent_code()})
    assert "_auth_user_id" not in client.session


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
