import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qlabs.choose.themes.forms import ThemeForm
from qlabs.choose.themes.models import EVIDENCE_LINKS, SUITABILITY

TYPED = {"title": "Waiting well", "summary": "People wait."}
EMPTY = {"why_now": "", "who_is_affected": "", "suitability": {}, "evidence": []}
NAMES = [*ThemeForm().fields]


def errors(**typed):
    return {name: list(found) for name, found in ThemeForm(TYPED | typed).errors.items()}


def content(**typed):
    form = ThemeForm(TYPED | typed)
    form.is_valid()
    return form.content()


def test_title_and_summary_are_enough():
    assert (errors(), content()) == ({}, TYPED | EMPTY)


def test_without_them_it_says_what_to_do():
    assert errors(title="", summary=" ") == {"title": ["Enter a title"], "summary": ["Enter a summary"]}


def test_a_summary_has_80_words_at_most():
    assert errors(summary="word " * 80) == {}
    assert errors(summary="word " * 81) == {"summary": ["Use 80 words or fewer"]}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "no", "//x.org"]
)
def test_links_lead_to_the_web_only(address):
    assert errors(**{"link-1": address}) == {"link-1": ["Enter a web address that starts with https://"]}
    assert content(**{"link-1": address})["evidence"] == []


def test_a_link_needs_its_address_but_not_its_title():
    assert errors(**{"link-2-title": "Review"}) == {"link-2": ["Enter the web address too"]}
    links = {"link-1": "www.example.org/a", "link-3": "http://example.org", "link-3-title": "Home"}
    found = content(**links)["evidence"]
    assert found == [
        ("https://www.example.org/a", "https://www.example.org/a"),
        ("Home", "http://example.org"),
    ]


def test_answers_and_notes_are_kept_by_question():
    found = content(**{"complex": "yes", "testable": "", "testable-note": "Hard to say"})["suitability"]
    assert found == {
        "complex": {"answer": "yes", "note": ""},
        "testable": {"answer": "", "note": "Hard to say"},
    }


def test_a_draft_may_lack_words_or_have_too_many_but_no_broken_link():
    forms = [
        ThemeForm(TYPED | typed) for typed in ({"title": ""}, {"summary": "w " * 99}, {"link-1": "ftp://x"})
    ]
    assert [form.may_be_draft() for form in forms] == [True, True, False]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.text() | st.text("ab .:/?#@\x00\ud800", max_size=40)))
def test_whatever_is_typed_a_draft_can_hold_it(typed):
    form = ThemeForm(typed)
    form.is_valid()
    found = form.content()
    assert "\x00" not in str(found)
    assert len(found["title"]) <= 150
    assert len(found["summary"]) <= 1000
    assert set(found["suitability"]) <= set(SUITABILITY)
    assert len(found["evidence"]) <= EVIDENCE_LINKS
    assert all(
        url.startswith(("http://", "https://")) and 0 < len(title) <= 200 for title, url in found["evidence"]
    )
    str(found).encode()
