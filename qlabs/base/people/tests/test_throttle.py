from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.db import connections
from django.http import HttpResponse

from qlabs.base.people import throttle


def asking(rf, place="192.0.2.1", cookie=""):
    request = rf.post("/account/login/", REMOTE_ADDR=place)
    request.COOKIES = {throttle.COOKIE: cookie} if cookie else {}
    return request


def ask_and_leave(rf):
    try:
        return throttle.may_guess(asking(rf), "code", whom="ada@example.org")
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_do_not_slip_past_the_count(rf):
    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _number: ask_and_leave(rf), range(64)))
    assert allowed.count(True) == 5


def test_the_count_ends_with_its_five_minutes(rf, clock):
    for _time in range(6):
        throttle.may_guess(asking(rf), "code", whom="ada@example.org")
    assert not throttle.may_guess(asking(rf), "code", whom="ada@example.org")
    clock.shift(301)
    assert throttle.may_guess(asking(rf), "code", whom="ada@example.org")


def remembered(rf, email, cookie=""):
    response = HttpResponse()
    throttle.remember_browser(asking(rf, cookie=cookie), response, email)
    return response.cookies[throttle.COOKIE]


def test_a_browser_is_known_for_the_address_that_signed_in_with_it(rf):
    cookie = remembered(rf, "Ada@example.org").value
    names = [
        throttle.known_browser(asking(rf, cookie=cookie), email) for email in ("ada@example.org", "bob@x.org")
    ]
    assert [bool(name) for name in names] == [True, False]


def test_a_shared_browser_is_known_for_the_last_eight_people_under_one_name(rf):
    cookie, emails = "", [f"nurse{number}@example.org" for number in range(9)]
    for email in emails:
        cookie = remembered(rf, email, cookie).value
    names = [throttle.known_browser(asking(rf, cookie=cookie), email) for email in emails]
    assert names[0] == ""
    assert len(set(names[1:])) == 1
    assert all(names[1:])


def test_the_cookie_is_hidden_from_scripts_and_names_nobody(rf):
    cookie = remembered(rf, "ada@example.org")
    assert (cookie["httponly"], cookie["samesite"], "ada" in cookie.value) == (True, "Lax", False)


@pytest.mark.parametrize("cookie", ["x", "a:b:c", "\x00", "W10:1:x"])
def test_a_forged_cookie_is_unknown(rf, cookie):
    assert not throttle.known_browser(asking(rf, cookie=cookie), "ada@example.org")


def test_a_cookie_of_an_older_form_is_unknown(rf):
    cookie = signing.dumps(["old"], salt=throttle.SALT)
    assert not throttle.known_browser(asking(rf, cookie=cookie), "ada@example.org")


def tries(rf, whom, *, place="192.0.2.1", cookie="", times=40):
    return sum(
        throttle.may_guess(asking(rf, place, cookie), "second_factor", whom=whom) for _time in range(times)
    )


def test_one_place_guesses_ten_times_and_all_places_together_thirty_times(rf):
    got = [tries(rf, "ada@example.org", place=f"192.0.2.{number}") for number in range(5)]
    assert got == [10, 10, 10, 0, 0]


def test_a_place_that_has_no_tries_left_for_one_person_has_them_for_another(rf):
    tries(rf, "ada@example.org")
    assert tries(rf, "bob@example.org") == 10


def test_a_known_browser_has_tries_left_when_strangers_have_used_up_all_others(rf):
    cookie = remembered(rf, "ada@example.org").value
    for number in range(5):
        tries(rf, "ada@example.org", place=f"192.0.2.{number}")
    assert tries(rf, "ada@example.org", cookie=cookie) == 10


def test_a_device_that_the_caller_knows_is_counted_by_itself(rf):
    def guess(browser):
        return throttle.may_guess(asking(rf), "personal_code", whom="a vote", browser=browser)

    assert [sum(guess(browser) for _time in range(70)) for browser in ("", "station", "")] == [30, 60, 0]


def test_addresses_of_one_household_are_one_place(rf):
    got = [
        tries(rf, "ada@example.org", place=f"2001:db8:1:1::{number:x}", times=10) for number in range(1, 4)
    ]
    assert got == [10, 0, 0]


def test_tries_for_many_others_do_not_push_out_a_count(rf):
    tries(rf, "ada@example.org")
    for number in range(400):
        tries(rf, f"x{number}@example.org", times=1)
    assert tries(rf, "ada@example.org") == 0
