"""The vote page's script in a real browser: what is sent, what is kept, what is said."""

import json
import re
import socket

import pytest
from playwright.sync_api import expect

from labengines.voting import voter
from labengines.voting.tests.boxes import SIGNER

from .vote_server import SCOPES, VoteServer

pytestmark = pytest.mark.page


def free_port():
    for port in range(21000, 32000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no free port")


@pytest.fixture
def server():
    server = VoteServer(SIGNER, free_port())
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def voting(page, server):
    """The vote page, with the script at work."""
    page.goto(f"{server.address}/vote")
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()
    return page


def vote(page, label, *, reason="", code=""):
    page.get_by_label(label).check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_label("Change code").fill(code)
    page.get_by_role("button", name="Cast your vote").click()


def again(page, server):
    page.goto(f"{server.address}/vote")
    expect(page.locator("#vote-form[data-script=on]")).to_be_attached()


def kept(page):
    return page.evaluate("localStorage.getItem('qlabs-kept-a1b2')")


def in_the_box(server):
    """[(counter, choice, text)] of every vote of the only voter."""
    [votes] = server.votes.values()
    return [(vote["counter"], vote["choice"], vote["text"]) for vote in votes]


def done(page):
    page.wait_for_url("**/done")
    expect(page.locator("[data-receipt]")).to_contain_text("-")
    return page.locator("[data-receipt]").inner_text()


def test_a_vote_is_cast_without_a_name_and_its_receipt_is_shown(voting, server):
    vote(voting, "Two", reason="It matters\nto us")
    receipt = done(voting)

    assert in_the_box(server) == [(1, "t2", "It matters\nto us")]
    [keys] = map(dict, server.votes)
    memory = json.loads(kept(voting))
    assert receipt == voter.receipt(bytes.fromhex(keys["choice"]))
    assert {**memory, "seed": "", "until": 0} == {
        "seed": "", "counter": 1, "about": "theme-1", "until": 0,
    }  # fmt: skip
    expect(voting.locator("[data-receipt]")).to_have_text(receipt)
    expect(voting.locator("[data-change-code]")).to_have_text(
        voter.change_code(bytes.fromhex(memory["seed"]))
    )


def test_only_the_signer_is_told_who_asks(voting, server):
    vote(voting, "One")
    done(voting)

    told = [
        (path, headers.get("Cookie"), headers.get("X-CSRFToken"), headers.get("Referer"))
        for path, headers, _ in server.seen
    ]
    assert told == [
        ("/sign", "session=her-name", "token-1", f"{server.address}/vote"),
        ("/box", None, None, None),
    ]
    assert set(json.loads(server.seen[0][2])["blinded"]) == set(SCOPES)


def test_a_vote_has_one_length_on_the_way_whatever_is_chosen_or_written(voting, server):
    for label, reason in (("Two", ""), ("No choice", "Gofal: ŵ, ✓ " * 150), ("One", "No")):
        vote(voting, label, reason=reason)
        done(voting)
        again(voting, server)

    sent = [body for path, _, body in server.seen if path == "/box"]
    assert [len(body.encode()) for body in sent] == [16384] * 3


def test_an_empty_form_says_what_to_do_and_sends_nothing(voting, server):
    voting.get_by_role("button", name="Cast your vote").click()

    expect(voting.get_by_role("alert")).to_contain_text("Select one option")
    expect(voting.locator("#vote-errors")).to_be_focused()
    expect(voting).to_have_title("Error: Vote")
    expect(voting.get_by_role("group", name="Your choice")).to_have_accessible_description(
        "Error: Select one option, or select “None of these”"
    )
    assert (server.seen, kept(voting)) == ([], None)


def test_no_choice_is_a_choice(voting, server):
    vote(voting, "No choice")
    done(voting)

    assert in_the_box(server) == [(1, "", "")]


def test_a_lost_answer_costs_nobody_her_vote(voting, server):
    server.failing = [503]
    vote(voting, "Two")
    expect(voting.get_by_role("alert")).to_contain_text("send your vote again")
    voting.get_by_role("button", name="Cast your vote").click()
    done(voting)

    assert in_the_box(server) == [(1, "t2", "")]
    assert len({body for path, _, body in server.seen if path == "/sign"}) == 1


def test_a_vote_is_changed_on_the_same_device(voting, server):
    vote(voting, "One", reason="First")
    first = done(voting)
    again(voting, server)
    vote(voting, "Two")

    assert done(voting) == first
    expect(voting.get_by_role("heading", name="Changed")).to_be_visible()
    expect(voting.get_by_text("The same codes")).to_be_visible()
    assert in_the_box(server) == [(1, "t1", "First"), (2, "t2", "")]


def test_a_vote_is_changed_on_another_device_with_the_code(voting, server, browser):
    vote(voting, "One")
    first = done(voting)
    code = voting.locator("[data-change-code]").inner_text()
    with browser.new_context() as other:
        page = other.new_page()
        again(page, server)
        vote(page, "Two")
        expect(page.get_by_role("alert")).to_contain_text("enter your change code")
        assert kept(page) is None
        vote(page, "Two", code=code[:-1] + "u")
        expect(page.get_by_role("alert")).to_contain_text("Check your change code")
        expect(page.get_by_label("Change code")).to_have_accessible_description(
            re.compile("^Error: Check your")
        )
        expect(page.locator(".nhsuk-error-message")).to_have_count(1)
        vote(page, "Two", code=code.lower())
        assert done(page) == first

    assert in_the_box(server) == [(1, "t1", ""), (2, "t2", "")]


def test_a_device_can_be_told_to_forget(voting):
    vote(voting, "One")
    done(voting)
    voting.get_by_role("button", name="Forget").click()
    voting.get_by_role("button", name="Keep").click()
    assert voting.get_by_role("button", name="Save").is_visible()
    voting.get_by_role("button", name="Forget").click()
    voting.get_by_role("button", name="Yes").click()

    expect(voting.get_by_text("Forgotten")).to_be_visible()
    assert kept(voting) is None


def test_the_codes_can_be_saved(voting):
    vote(voting, "One")
    receipt = done(voting)
    with voting.expect_download() as download:
        voting.get_by_role("button", name="Save").click()

    text = download.value.path().read_text()
    assert (download.value.suggested_filename, receipt in text) == ("vote-receipt-theme-1.txt", True)
    assert ("Save" in text, "Forget" in text) == (False, False)


@pytest.mark.parametrize(
    "missing",
    [
        "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})",
        "SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))",
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
    ],
)
def test_a_browser_that_cannot_leaves_the_form_to_the_server(page, server, missing):
    page.add_init_script(missing)
    page.goto(f"{server.address}/vote")
    page.wait_for_load_state("networkidle")
    vote(page, "Two")
    page.wait_for_url("**/plain")

    assert [path for path, _, _ in server.seen] == ["/plain"]
