from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpResponse

from qlabs.base.people import throttle


def asking(rf, place="192.0.2.1", cookie=""):
    request = rf.post("/account/login/", REMOTE_ADDR=place)
    request.COOKIES = {throttle.COOKIE: cookie} if cookie else {}
    return request


def ask_and_leave(rf):
    try:
        return throttle.may_ask_for_code(asking(rf), "ada@example.org")
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_do_not_slip_past_the_count(rf):
    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _number: ask_and_leave(rf), range(64)))
    assert allowed.count(True) == 5


def test_the_count_ends_with_its_five_minutes(rf, clock):
    for _time in range(6):
        throttle.may_ask_for_code(asking(rf), "ada@example.org")
    assert not throttle.may_ask_for_code(asking(rf), "ada@example.org")
    clock.shift(301)
    assert throttle.may_ask_for_code(asking(rf), "ada@example.org")


def remembered(rf, email):
    response = HttpResponse()
    throttle.remember_browser(asking(rf), response, email)
    return response.cookies[throttle.COOKIE]


def test_a_browser_is_known_for_the_address_that_signed_in_with_it(rf):
    cookie = remembered(rf, "Ada@example.org").value
    answers = [
        throttle.is_known_browser(asking(rf, cookie=cookie), email)
        for email in ("ada@example.org", "bob@x.org")
    ]
    assert answers == [True, False]


def test_the_cookie_is_hidden_from_scripts_and_names_nobody(rf):
    cookie = remembered(rf, "ada@example.org")
    assert (cookie["httponly"], cookie["samesite"], "ada" in cookie.value) == (True, "Lax", False)


@pytest.mark.parametrize("cookie", ["x", "a:b:c", "\x00", "W10:1:x"])
def test_a_forged_cookie_is_unknown(rf, cookie):
    assert not throttle.is_known_browser(asking(rf, cookie=cookie), "ada@example.org")
