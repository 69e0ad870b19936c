"""What is typed into a form is not lost when its writer is no longer signed in."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django_tasks_db.models import DBTaskResult

from qlabs.base.people import kept
from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.people.tests.signing_in import CONFIRM, sent_code, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PROFILE, KEPT = "/account/profile/", "/account/kept/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TEXT = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.DOTALL)


@pytest.fixture
def ada():
    return PersonFactory(name="Ada", email="ada@example.org", member=True)


@pytest.fixture
def device(ada, clock):
    """A real browser's cookies and guards, with Ada signed in."""
    mine = Client(enforce_csrf_checks=True)
    come_in(mine, ada)
    return mine


def hidden(answer, action=""):
    """The hidden fields of the first form that is sent to that address, or to the page itself."""
    sent_to = f'(?=[^>]*action="{action}")' if action else "(?![^>]*action=)"
    form = re.search(rf'<form{sent_to}[^>]*method="post".*?</form>', answer.content.decode(), re.DOTALL)[0]
    return dict(HIDDEN.findall(form)) | {name: unescape(text) for name, text in TEXT.findall(form)}


def come_in(device, person, path="/account/login/"):
    DBTaskResult.objects.all().delete()
    page = device.get(path, follow=True)
    asked = device.post(path, hidden(page) | {"login": person.email}, follow=True)
    return device.post(CONFIRM, hidden(asked) | {"code": sent_code()}, follow=True)


def go_out(device):
    device.post("/account/logout/", hidden(device.get("/account/logout/")))


def open_profile(device):
    return hidden(device.get(PROFILE)) | {"name": "Ada", "skills": "Line one\r\nKnitting & <b>", "offer": ""}


def kept_in(device):
    return device.session.get(kept.KEY)


def send_again(device, page):
    return device.post(PROFILE, hidden(page, PROFILE))


def test_a_form_sent_after_the_session_ran_out_is_offered_again_after_signing_in(device, ada, clock):
    filled = open_profile(device)
    clock.shift(timedelta(days=15))
    sent = device.post(PROFILE, filled)
    assert sent.url == f"/account/login/?next={KEPT}"
    page = come_in(device, ada, sent.url)
    assert "We kept what you typed" in page.content.decode()
    assert "Line one<br>Knitting &amp; &lt;b&gt;" in page.content.decode()
    assert send_again(device, page).url == PROFILE
    ada.refresh_from_db()
    assert ada.skills.splitlines() == ["Line one", "Knitting & <b>"]
    assert kept_in(device) is None


@pytest.mark.parametrize(
    "end", [lambda: Session.objects.all().delete(), lambda: Person.objects.update(sign_outs=1)]
)
def test_it_is_kept_however_the_session_ended(device, ada, end):
    filled = open_profile(device)
    end()
    page = come_in(device, ada, device.post(PROFILE, filled).url)
    send_again(device, page)
    assert Person.objects.get(pk=ada.pk).skills.startswith("Line one")


def test_a_form_sent_after_signing_out_and_in_again_elsewhere_is_offered_at_once(device, ada):
    filled = open_profile(device)
    go_out(device)
    come_in(device, ada)
    sent = device.post(PROFILE, filled)
    assert sent.url == KEPT
    send_again(device, device.get(KEPT))
    assert Person.objects.get(pk=ada.pk).skills.startswith("Line one")


def test_the_sign_in_page_says_that_what_was_typed_is_kept(device):
    filled = open_profile(device)
    go_out(device)
    page = device.post(PROFILE, filled, follow=True).content.decode()
    assert "We kept what you typed. Sign in, and we will show it to you." in page


def test_fields_are_named_and_boxes_are_left_out():
    fields = [("why_now", "We wait."), ("draft", "on"), ("agree", "1"), ("token", "x"), ("note", " ")]
    assert kept.Kept("name", "/", fields, had_files=False).typed == [("Why now", "We wait.")]


def test_what_was_typed_too_late_is_shown_first_whichever_way_she_signs_in(device, ada):
    filled = open_profile(device)
    go_out(device)
    device.post(PROFILE, filled)
    assert "We kept what you typed" in come_in(device, ada, "/account/login/").content.decode()


def test_somebody_else_who_signs_in_there_sees_nothing_of_it(device, ada):
    filled = open_profile(device)
    go_out(device)
    sent = device.post(PROFILE, filled)
    page = come_in(device, PersonFactory(member=True), sent.url).content.decode()
    assert "This was typed by somebody else" in page
    assert "Knitting" not in page


def test_what_is_kept_for_one_person_outlasts_the_signing_out_of_another(device, ada):
    filled = open_profile(device)
    go_out(device)
    come_in(device, PersonFactory(member=True))
    assert "typed by somebody else" in device.post(PROFILE, filled, follow=True).content.decode()
    go_out(device)
    assert "Knitting" in come_in(device, ada).content.decode()


def test_signing_out_takes_away_what_was_kept_for_oneself(device, ada):
    filled = open_profile(device)
    go_out(device)
    come_in(device, ada, device.post(PROFILE, filled).url)
    go_out(device)
    assert kept_in(device) is None


def test_a_second_form_sent_too_late_does_not_replace_the_first(device, ada):
    filled = open_profile(device)
    go_out(device)
    for text in ("First", "Second", "Second"):
        device.post(PROFILE, filled | {"skills": text})
    page = come_in(device, ada)
    assert text_in_order(page, "1 of 2", "Second", "2 of 2", "First")
    answer = device.post(PROFILE, hidden(page, PROFILE), follow=True)
    assert "See what else we kept for you" in answer.content.decode()
    send_again(device, device.get(KEPT))
    assert Person.objects.get(pk=ada.pk).skills == "First"
    assert kept_in(device) is None


def test_of_many_late_forms_the_last_five_are_kept_and_it_is_said(device, ada):
    filled = open_profile(device)
    go_out(device)
    for number in range(7):
        device.post(PROFILE, filled | {"skills": f"Text {number}"})
    page = come_in(device, ada)
    assert text_in_order(page, "Text 6", "Text 2", "We keep the last 5.")
    assert "Text 1" not in page.content.decode()


def text_in_order(page, *words):
    places = [page.content.decode().find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_another_browser_has_nothing_of_it(device, ada):
    filled = open_profile(device)
    go_out(device)
    device.post(PROFILE, filled)
    other = Client(enforce_csrf_checks=True)
    come_in(other, ada)
    assert "Nothing is kept for you here" in other.get(KEPT).content.decode()


def test_it_is_kept_for_an_hour(device, ada, clock):
    filled = open_profile(device)
    go_out(device)
    come_in(device, ada)
    device.post(PROFILE, filled)
    clock.shift(timedelta(minutes=59))
    assert "Knitting" in device.get(KEPT).content.decode()
    clock.shift(timedelta(minutes=2))
    assert "Your profile" in device.get(PROFILE).content.decode()
    assert kept_in(device) is None
    assert "Nothing is kept" in device.get(KEPT).content.decode()


def test_it_can_be_removed(device, ada):
    filled = open_profile(device)
    go_out(device)
    come_in(device, ada)
    device.post(PROFILE, filled)
    page = device.get(KEPT)
    assert page.status_code == 200
    name = kept_in(device)[0]["name"]
    device.post(KEPT, {"csrfmiddlewaretoken": hidden(page)["csrfmiddlewaretoken"], "name": name})
    assert kept_in(device) is None


def test_a_form_without_our_mark_or_from_another_site_is_never_kept(device, ada):
    """Otherwise another site could have its own words offered to her as hers."""
    filled = open_profile(device)
    foreign = Client(enforce_csrf_checks=True)  # what SameSite leaves of the cookies
    assert foreign.post(PROFILE, filled).status_code == 403
    assert "sessionid" not in foreign.cookies
    go_out(device)
    come_in(device, ada)
    for wrong in ({kept.FIELD: ""}, {kept.FIELD: kept.mark(ada)[:-1]}):
        assert device.post(PROFILE, filled | wrong).status_code == 403
    device.post(PROFILE, filled | {kept.FIELD: "0" * 32})
    assert "Knitting" not in device.get(KEPT).content.decode()


def test_more_than_fits_is_not_kept(device, ada):
    filled = open_profile(device)
    go_out(device)
    sent = device.post(PROFILE, filled | {"skills": "x" * 100_001})
    assert sent.url.endswith(PROFILE)
    assert kept_in(device) is None


@pytest.mark.parametrize("path", ["/account/login/code/confirm/", "/account/2fa/totp/activate/"])
def test_codes_are_never_kept(device, ada, path):
    filled = open_profile(device) | {"code": "123456"}
    go_out(device)
    device.post(path, filled)
    assert kept_in(device) is None


def test_a_page_that_nobody_has_signed_in_to_names_nobody(client):
    assert kept.FIELD not in client.get("/account/login/").content.decode()


def test_signing_in_as_usual_leads_where_it_always_did(ada):
    client = Client()
    sign_in(client, ada.email)
    assert client.get(KEPT).status_code == 200
    assert "Nothing is kept for you here" in client.get(KEPT).content.decode()
