"""The receipt page says what is true: of somebody who has voted, who has not, and after the vote is over."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from qlabs.choose.ballots import actions, letters, links

from .factories import LATER, NOON, Voter, cast, closed_ballot, declared_ballot, entries
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db


def test_whoever_has_not_voted_is_told_so_and_shown_the_way(ballot, client, client_as):
    ann, ben, *_others = entries(ballot)
    cast(ben, None, client=client)
    for answer in (
        client.get(link_of(ann, "done_by_link")),
        client_as(ann.person).get(address("done", ballot)),
    ):
        assert "You have not voted yet" in text(answer)
        assert "Your vote has been cast" not in text(answer)
        assert re.search(r'href="[^"]+"[^>]*>Vote now<', answer.content.decode())


def test_whoever_voted_in_another_browser_is_not_told_codes(ballot, client):
    ann = entries(ballot)[0]
    cast(ann, None, client=client)
    page = client.get(link_of(ann, "done_by_link"))
    assert "on another device or browser, or this browser has forgotten it" in text(page)
    assert "If you did not keep your change code, the vote you cast stays." in text(page)
    assert "You have not voted yet" not in text(page)


def test_the_change_code_is_needed_wherever_this_browser_does_not_remember(ballot, client):
    """By script, and without scripts, where it is needed for every change."""
    ann = entries(ballot)[0]
    client.post(link_of(ann), {"choice": ""})
    plain = text(client.post(link_of(ann, "confirm_by_link"), follow=True))
    scripted = text(Client().get(link_of(ann, "done_by_link")))
    assert "You need it to change your vote. Without it, the vote you cast stays." in plain
    assert "after you sign out, or once this browser has forgotten it. Without it" in scripted
    assert "only need it" not in plain + scripted


def test_a_vote_that_was_begun_and_never_arrived_is_not_called_cast(ballot, client, client_as, clock):
    ann = entries(ballot)[0]
    assert Voter(ann, client).sign().status_code == 200
    letters.tell.call([ann.pk])
    page = text(client.get(link_of(ann, "done_by_link")))
    assert "You voted, or started to vote" in page
    pages = [
        page,
        text(client_as(ann.person).get("/account/votes/")),
        mail.outbox[0].subject,
        mail.outbox[0].body,
    ]
    clock.move_to(LATER)
    closed_ballot(ballot)
    pages.append(text(client.get(link_of(ann, "done_by_link"))))
    for words in pages:
        for untrue in (
            "Your vote has been cast ",
            "You have voted",
            "that you have voted",
            "was cast in your",
            "was cast ",
        ):
            assert untrue not in words.replace("was cast or begun", "")


@pytest.mark.parametrize("voted", [True, False])
def test_after_the_close_it_says_whether_a_vote_was_cast(ballot, client, clock, voted):
    ann, ben, *_others = entries(ballot)
    cast(ann if voted else ben, None, client=client)
    clock.move_to(LATER)
    closed_ballot(ballot)
    page = client.get(link_of(ann, "done_by_link"))
    assert "This vote has closed" in text(page)
    assert ("A vote was cast or begun in your name." in text(page)) is voted
    assert f'data-over="{ballot.code}"' in page.content.decode()
    assert "Change your vote" not in text(page)


def test_after_the_declaration_it_leads_to_the_result(ballot, client, clock):
    ann = entries(ballot)[0]
    cast(ann, None, client=client)
    clock.move_to(LATER)
    declared = declared_ballot(ballot)
    page = client.get(link_of(ann, "done_by_link"))
    assert "The result has been published" in text(page)
    assert f'href="{address("ballot", declared)}"' in page.content.decode()


def test_pages_of_a_vote_that_is_over_make_the_browser_forget_it(ballot, client, clock):
    cast(entries(ballot)[0], None, client=client)
    clock.move_to(LATER)
    over = f'data-over="{ballot.code}"'
    assert over in client.get(address("ballot", ballot)).content.decode()
    declared = declared_ballot(ballot)
    for name in ("ballot", "receipts"):
        assert over in client.get(address(name, declared)).content.decode()


def test_browsers_are_told_of_votes_that_ended_before_their_time_and_of_no_others(ballot, client, clock):
    ended = reverse("ballots:ended")
    assert client.get(ended).json() == []
    actions.stop_ballot(ballot=ballot, because="A test.", at=NOON)
    assert client.get(ended).json() == [ballot.code]
    clock.move_to(LATER)
    assert client.get(ended).json() == []


def test_what_a_browser_keeps_has_a_name_of_its_own_for_each_voter_and_vote(ballot, client):
    found = [
        re.search(r'data-tag="([0-9a-f]{32})"', client.get(link_of(entry)).content.decode()).group(1)
        for entry in entries(ballot)
    ]
    assert len(set(found)) == len(found)
    assert not {ballot.code, *(entry.voter_id for entry in entries(ballot))} & set(found)
    assert found[0] == links.tag(entries(ballot)[0], ballot)


def test_a_receipt_is_never_looked_up_by_address(ballot, client):
    voter = cast(entries(ballot)[0], None, client=client)
    declared = declared_ballot(ballot)
    assert "Found:" not in text(client.get(address("receipts", declared), {"q": voter.receipt}))
    found = client.post(f"{address('receipts', declared)}?page=1", {"receipt": voter.receipt})
    once = "After the result, whoever has your receipt can look up your vote in the ballot file, so keep it private."
    assert text(found).count(once) == text(found).count("keep it private") == 1
    assert "or for what" not in text(found)
    assert f"Found: {voter.receipt}." in text(found)
    assert "no-store" in found["Cache-Control"]
