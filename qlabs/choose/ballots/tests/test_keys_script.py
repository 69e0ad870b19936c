"""The voter's own browser compares the keys of the vote with her email, and sends nothing where they differ."""

import json

import pytest
from playwright.sync_api import expect

from labengines.voting.credentials import PublicKey

from .test_vote_script import done, server, vote

__all__ = ["server"]
pytestmark = pytest.mark.page
OTHER_KEYS = "The keys on this page are not the ones in your email. Do not vote here"
OTHER = PublicKey(0xC5 << 4088 | 1, 65537)


def opened(page, server, *, keys=""):
    page.goto(f"{server.address}/vote{keys and f'#keys={keys}'}")
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()
    return page


def tell_apart(server):
    """The server hands this one voter a key of her own, and a check code that fits it."""
    server.handed_out = server.handed_out | {"choice": OTHER}
    server.check_code = server.fixed()


def refused(page, server):
    expect(page.get_by_role("alert")).to_contain_text(OTHER_KEYS)
    page.get_by_role("button", name="Cast your vote", include_hidden=True).dispatch_event("click")
    expect(page.get_by_role("alert")).to_contain_text(OTHER_KEYS)
    assert server.seen == []


def test_a_key_that_is_not_the_one_in_the_email_is_refused_and_nothing_is_sent(page, server):
    tell_apart(server)
    refused(opened(page, server, keys=server.honest_code), server)


def test_a_page_whose_code_does_not_fit_its_own_keys_is_refused(page, server):
    server.handed_out = server.handed_out | {"choice": OTHER}
    refused(opened(page, server), server)


def test_a_scope_with_two_keys_is_refused(page, server):
    server.other_keys = server.other_keys | {"choice": "00" * 32}
    refused(opened(page, server), server)


def test_the_keys_of_the_email_are_accepted_and_said_to_be(page, server):
    opened(page, server, keys=server.honest_code)
    expect(page.get_by_text("The keys are the same")).to_be_visible()
    expect(page.get_by_text("Not compared")).to_be_hidden()
    expect(page.get_by_label("Check code")).to_be_hidden()
    vote(page, "One")
    done(page)


def test_the_code_leaves_the_address_and_stays_over_a_reload(page, server):
    opened(page, server, keys=server.honest_code)
    expect(page.get_by_text("The keys are the same")).to_be_visible()
    assert page.url == f"{server.address}/vote"
    tell_apart(server)
    page.reload()
    refused(page, server)


def test_the_code_stays_when_she_comes_back_from_her_receipt(page, server):
    opened(page, server, keys=server.honest_code)
    vote(page, "One")
    done(page)
    server.seen.clear()
    tell_apart(server)
    refused(opened(page, server), server)


def test_another_link_in_an_open_page_is_compared_as_well(page, server):
    tell_apart(server)
    opened(page, server)
    page.evaluate("code => { location.hash = `keys=${code}` }", server.honest_code)
    refused(page, server)


def test_who_signed_in_can_type_the_code_of_the_email(page, server):
    opened(page, server)
    expect(page.get_by_text("Not compared")).to_be_hidden()
    page.get_by_label("Check code").fill(server.honest_code.lower().replace("-", "–"))
    vote(page, "One")
    done(page)


def test_a_dot_copied_with_the_link_does_no_harm(page, server):
    tell_apart(server)
    opened(page, server)
    page.evaluate("code => { location.hash = `keys=${code}.` }", server.honest_code)
    refused(page, server)


def test_a_typed_code_of_other_keys_is_refused(page, server):
    tell_apart(server)
    opened(page, server)
    page.get_by_label("Check code").fill(server.honest_code)
    vote(page, "One")
    expect(page.get_by_role("alert")).to_contain_text("is not the check code of the keys on this page")
    assert server.seen == []


def test_a_mistyped_code_is_said_to_be(page, server):
    opened(page, server)
    page.get_by_label("Check code").fill("7K3M")
    vote(page, "One")
    expect(page.get_by_role("alert")).to_contain_text("Check the code: it has 16 letters and numbers")
    assert server.seen == []


def test_who_types_nothing_can_vote(page, server):
    opened(page, server)
    vote(page, "One")
    done(page)


def test_a_cut_link_is_compared_with_nothing_and_she_is_asked(page, server):
    opened(page, server, keys="7K3M")
    expect(page.get_by_label("Check code")).to_be_visible()
    expect(page.get_by_text("The keys are the same")).to_be_hidden()


def test_without_scripts_the_page_says_that_it_cannot_compare(browser, server):
    with browser.new_context(java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(f"{server.address}/vote#keys={server.honest_code}")
        expect(page.get_by_text("Not compared")).to_be_visible()


def test_the_code_is_kept_for_one_voter_and_vote_only(page, server):
    opened(page, server, keys=server.honest_code)
    expect(page.get_by_text("The keys are the same")).to_be_visible()
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert set(json.loads(kept).values()) == {server.honest_code, "a1b2"}  # and whose page this tab shows
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
