import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from jinja2 import UndefinedError

from qlabs.base.ui import views


@pytest.fixture
def request_(rf):
    request = rf.get("/nowhere/")
    request._messages = []
    return request


@pytest.fixture
def gallery(request_):
    return views.gallery(request_).content.decode()


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode())[1]


@pytest.mark.parametrize("status", sorted(views.WORDS))
def test_every_error_has_a_page_with_words(request_, status):
    response = views.error_page(request_, status, sentence="Because of <this>.")
    assert (response.status_code, heading(response)) == (status, str(views.WORDS[status][0]))
    assert "Because of &lt;this&gt;." in response.content.decode()


def test_the_handlers_answer_with_their_status(request_):
    answers = [
        views.handler400(request_),
        views.handler403(request_, PermissionDenied()),
        views.handler404(request_, Http404("There is no lab at this address.")),
        views.handler429(request_),
        views.handler500(request_),
        views.csrf_failure(request_),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 404, 429, 500, 403]
    assert "There is no lab at this address." in answers[2].content.decode()


def test_an_unknown_address_tells_nothing_of_our_urls(request_):
    answer = views.handler404(request_, Http404({"tried": ["secret/"], "path": "x"}))
    assert "secret/" not in answer.content.decode()


@pytest.mark.parametrize(("status", "asks"), [(404, True), (500, False), (503, False)])
def test_the_page_of_a_failure_asks_nothing_of_the_database(request_, status, asks):
    assert ("Sign in" in views.error_page(request_, status).content.decode()) is asks


def test_a_message_is_announced(request_):
    request_._messages = [
        Message(constants.SUCCESS, "Your vote is cast."),
        Message(constants.INFO, "Closes soon."),
    ]
    page = render_to_string("ui/layout.jinja", {}, request_)
    told = re.findall(r'role="alert".*?title"[^>]*>(\w+)</h2>.*?<p[^>]*>(.*?)</p>', page, re.DOTALL)
    assert told == [("Done", "Your vote is cast."), ("Important", "Closes soon.")]


def test_the_title_says_error_only_for_a_form_with_errors(request_):
    from qlabs.base.ui.gallery import SampleForm

    titles = [
        re.search("<title>(.*?)</title>", render_to_string("ui/layout.jinja", {"form": form}, request_))[1]
        for form in (SampleForm(), SampleForm({}))
    ]
    assert titles == ["Labs – Q Labs", "Error: Labs – Q Labs"]


def test_an_undefined_name_in_our_template_is_an_error(request_):
    with pytest.raises(UndefinedError):
        render_to_string("ui/error.jinja", {"heading": "Without the rest"}, request_)


def test_the_language_switch_needs_two_languages(request_, settings):
    assert "labs-languages" not in render_to_string("ui/layout.jinja", {}, request_)
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    settings.ROOT_URLCONF = "qlabs.base.ui.tests.urls_with_languages"
    page = render_to_string("ui/layout.jinja", {}, request_)
    assert re.findall(r'name="language" value="([\w-]+)"', page) == ["en-gb", "cy"]


def test_a_letter_has_two_parts_with_the_same_words():
    facts = {"subject": "Your vote has been cast", "unsubscribe_url": "https://labs.example/u/1/"}
    parts = [render_to_string(f"ui/mail{kind}.jinja", facts) for kind in ("", ".txt")]
    assert [("Your vote has been cast" in part, facts["unsubscribe_url"] in part) for part in parts] == [
        (True, True)
    ] * 2
    assert "<" not in parts[1]


@pytest.mark.parametrize(
    "foreign", ["nhs.uk", "Frutiger", "005eb8", " style=", "<style", " onclick=", "javascript:"]
)
def test_the_gallery_is_neutral_and_obeys_the_security_policy(gallery, foreign):
    assert foreign not in gallery


def test_the_gallery_runs_only_scripts_of_ours(gallery):
    assert set(re.findall(r"<script([^>]*)>", gallery)) == {
        ' type="module" src="/static/ui/init.js"',
        ' type="module" src="/static/ui/tidy.js"',
        ' src="/static/ui/start.js"',
    }


def test_no_id_occurs_twice_in_the_gallery(gallery):
    ids = re.findall(r'\sid="([^"]+)"', gallery)
    assert len(ids) > 50
    assert sorted(ids) == sorted(set(ids))


def test_the_result_table_tells_what_the_bars_tell(gallery):
    bars = re.findall(r'labs-bars__name">(.*?)</span>', gallery)[:5]
    table = re.findall(r'<th scope="row">(.*?)</th>', gallery)
    assert table == bars
    assert bars[0] == "Empowering people to manage their own health and care needs"
