import json
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from qlabs.choose.ballots import links, notes, queries
from qlabs.choose.ballots.models import RollEntry, SealedVote

from .factories import (
    LATER,
    BallotFactory,
    box_lines,
    cast,
    entries,
    members,
    open_ballot,
)
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db


def test_opening_a_personal_link_changes_nothing(ballot, client):
    before = list(RollEntry.objects.values())
    for ask in (client.get, client.head):
        assert ask(link_of(entries(ballot)[0])).status_code == 200
    assert list(RollEntry.objects.values()) == before


def test_the_vote_page_tells_the_browser_all_it_needs(ballot, client_as):
    entry = entries(ballot)[0]
    page = client_as(entry.person).get(address("ballot", ballot)).content.decode()
    assert f'data-ballot="{ballot.code}"' in page
    assert f'data-box-url="/box/{ballot.pk}/"' in page
    scopes = json.loads(re.search(r'data-scopes="([^"]*)"', page).group(1).replace("&#34;", '"'))
    assert [scope["scope"] for scope in scopes] == ["choice", "nation:wales", "perspective:", "reason"]


def test_the_vote_page_costs_eight_queries(ballot, client_as, django_assert_num_queries):
    client = client_as(entries(ballot)[0].person)
    with django_assert_num_queries(8):
        client.get(address("ballot", ballot))


def voted_plainly(client, entry, **typed):
    """What a browser without scripts shows in the end: the vote page, the confirmation, the receipt."""
    answer = client.post(link_of(entry), {"choice": "", "reason": "", "code": ""} | typed, follow=True)
    if "Cast your vote" in text(answer) and answer.redirect_chain[-1][0].endswith("confirm/"):
        return client.post(link_of(entry, "confirm_by_link"), follow=True)
    return answer


def codes_on(answer):
    return re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4,6}", text(answer))


def test_voting_without_scripts_takes_a_page_and_a_confirmation(ballot, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    confirm = client.post(link_of(entry), {"choice": option.public_id, "reason": "We wait."}, follow=True)
    assert f"You chose: {option.title}" in text(confirm)
    assert SealedVote.objects.count() == 0
    done = [client.post(link_of(entry, "confirm_by_link"), follow=True) for _twice in range(2)]
    codes = [codes_on(answer) for answer in done]
    assert codes[0] == codes[1]
    assert [len(code) for code in codes[0]] == [24, 34]
    assert [(line.scope, line.text) for line in box_lines() if line.text] == [("reason", "We wait.")]
    assert len(box_lines("choice")) == 1
    assert "no-store" in done[0]["Cache-Control"]


def test_without_scripts_no_page_and_no_answer_to_a_form_holds_the_choice(ballot, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    client.get(link_of(entry))
    chose = client.post(link_of(entry), {"choice": option.public_id, "reason": "We wait."})
    confirm = client.get(chose.url)
    cast = client.post(chose.url)
    assert [(answer.status_code, answer.content) for answer in (chose, cast)] == [(302, b"")] * 2
    assert not {option.public_id, "We wait."} & set(re.findall(r'value="([^"]*)"', confirm.content.decode()))
    assert codes_on(confirm) == []
    assert client.get(chose.url).url == link_of(entry, "done_by_link")
    assert "checked" not in client.get(link_of(entry)).content.decode()


def test_codes_shown_without_scripts_can_be_removed_and_are_nobody_elses(ballot, client):
    ann, ben, *_others = entries(ballot)
    assert len(codes_on(voted_plainly(client, ann))) == 2
    assert len(codes_on(client.get(link_of(ann, "done_by_link")))) == 2
    cast(ben, None, client=Client())
    assert codes_on(client.get(link_of(ben, "done_by_link"))) == []
    assert codes_on(client.post(link_of(ann, "done_by_link"), follow=True)) == []


def test_nothing_of_a_vote_without_scripts_can_be_read_in_the_cache(ballot, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    lengths = set()
    for reason in ("", "We wait for months, all of us."):
        client.post(link_of(entry), {"choice": option.public_id, "reason": reason})
        cookie = client.cookies["vote_note"]
        key = cookie.value.partition(".")[0]
        kept = cache.get(notes._handle(key))
        assert option.public_id not in kept
        lengths.add(len(kept))
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert len(lengths) == 1


def test_whoever_changes_her_vote_is_told_that_her_reason_has_to_be_written_again(ballot, client):
    ann, ben, *_others = entries(ballot)
    cast(ann, None, client=client, reason="It hurts.")
    told = "If you gave a reason before, write it again, or leave this empty to remove it."
    assert told in text(client.get(link_of(ann)))
    assert told not in text(client.get(link_of(ben)))


def test_a_change_code_changes_the_vote_without_scripts(ballot, client):
    entry, (first, second, _third) = entries(ballot)[0], ballot.options.all()
    code = codes_on(voted_plainly(client, entry, choice=first.public_id))[1]
    refused = voted_plainly(client, entry, choice=second.public_id)
    assert "on another device or browser, or this browser has forgotten it" in text(refused)
    assert "enter your change code" in text(refused)
    assert "If you did not keep it, the vote you cast stays" in text(refused)
    typed = {"choice": second.public_id, "code": code.lower().replace("-", " ")}
    assert codes_on(voted_plainly(client, entry, **typed))[1] == code
    rows = [(line.counter, line.choice) for line in box_lines("choice")]
    assert list(rows) == [(1, first.public_id), (2, second.public_id)]


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Select one option, or select “None of these”"),
        ({"choice": "made-up"}, "Select one option, or select “None of these”"),
        ({"choice": "", "code": "7K3M"}, "Check your change code"),
    ],
)
def test_a_wrong_vote_says_what_to_do_and_loses_nothing_once(ballot, client, posted, sentence):
    entry = entries(ballot)[0]
    answer = client.post(link_of(entry), {"reason": "We wait."} | posted, follow=True)
    assert sentence in text(answer)
    assert "We wait." in text(answer)
    assert SealedVote.objects.count() == 0
    assert "We wait." not in text(client.get(link_of(entry)))


@pytest.mark.parametrize("key", ["", "x", "é", "A" * 44, "." * 60])
def test_a_made_up_note_opens_nothing(ballot, client, key):
    entry = entries(ballot)[0]
    client.cookies["vote_note"] = key
    assert client.get(link_of(entry, "confirm_by_link")).url == link_of(entry)
    assert client.get(link_of(entry)).status_code == 200


def test_a_late_joiner_is_told_kindly_and_signs_nothing(ballot, client_as):
    client = client_as(members(1)[0])
    assert "You are not on the list of voters" in text(client.get(address("ballot", ballot)))
    assert client.post(address("sign", ballot), "{}", content_type="application/json").status_code == 403


def test_a_stranger_is_asked_to_sign_in(ballot, client):
    assert "Sign in to vote" in text(client.get(address("ballot", ballot)))
    assert client.post(address("sign", ballot)).url.startswith("/account/login/")


def test_a_link_is_of_no_use_after_the_close(ballot, client, clock):
    entry = entries(ballot)[0]
    clock.move_to(LATER)
    answer = client.get(link_of(entry))
    assert answer.status_code == 410
    assert "This vote has closed" in text(answer)
    assert client.post(link_of(entry), {"choice": ""}).status_code == 410


@pytest.mark.parametrize("token", ["x", "A" * 32, "....", "é" * 8])
def test_a_made_up_link_opens_nothing(ballot, client, token):
    assert client.get(reverse("ballots:by_link", args=[token]), follow=True).status_code == 404


def test_a_link_of_another_installation_opens_nothing(ballot, client, settings):
    token = links.token(entries(ballot)[0], ballot)
    settings.SECRET_KEY = "another secret of fifty signs, made for this one test"
    assert client.get(reverse("ballots:by_link", args=[token])).status_code == 404
    settings.SECRET_KEY_FALLBACKS = []


def test_options_stand_in_an_order_of_her_own_that_does_not_change(lab, client):
    members(12)
    ballot = open_ballot(BallotFactory(lab=lab))
    orders = {entry.pk: [o.title for o in queries.options_for(ballot, entry)] for entry in entries(ballot)}
    assert len({tuple(order) for order in orders.values()}) > 1
    again = {entry.pk: [o.title for o in queries.options_for(ballot, entry)] for entry in entries(ballot)}
    assert orders == again


def test_my_votes_say_that_a_vote_was_cast_and_not_for_what(ballot, client_as, client):
    entry, option = entries(ballot)[0], ballot.options.first()
    cast(entry, option, client=client)
    page = text(client_as(entry.person).get("/account/votes/"))
    assert "A vote was cast" in page
    assert option.title not in page
