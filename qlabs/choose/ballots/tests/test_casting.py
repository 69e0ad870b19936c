import json

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from labengines.voting import voter
from qlabs.choose.ballots import actions, links
from qlabs.choose.ballots.models import RollEntry, SealedVote

from .factories import LATER, Voter, box_lines, cast, closed_ballot, entries, members, open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(clock):
    members(3, nation="wales", perspective="carer")
    return open_ballot()


@pytest.fixture
def voter_(ballot, client):
    return Voter(entries(ballot)[0], client)


def choices(ballot):
    return [option.public_id for option in ballot.options.all()]


def test_a_vote_is_one_line_for_each_scope_and_names_nobody(ballot, client):
    cast(entries(ballot)[0], ballot.options.first(), client=client, reason="It matters.")
    rows = [(line.scope, line.counter, line.choice, line.text) for line in box_lines()]
    chosen = choices(ballot)[0]
    assert sorted(rows) == [
        ("choice", 1, chosen, ""),
        ("nation:wales", 1, chosen, ""),
        ("perspective:carer", 1, chosen, ""),
        ("reason", 1, chosen, "It matters."),
    ]


def test_the_same_sign_request_gets_the_same_signatures(voter_):
    first, second = voter_.sign(), voter_.sign()
    assert (first.status_code, first.json()) == (200, second.json())


def test_another_key_of_the_same_voter_is_refused(voter_, client):
    voter_.sign()
    answer = Voter(voter_.entry, client).sign()
    assert (answer.status_code, answer.json()["error"]) == (409, "other-key")


@pytest.mark.parametrize("change", [{"choice": "00"}, {"nation:england": "00" * 256}, {"choice": "ff" * 384}])
def test_a_wrong_sign_request_sets_no_flag(voter_, change):
    answer = voter_.sign(blinded=voter_.request()["blinded"] | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")
    assert not RollEntry.objects.exclude(blinded_hash="").exists()


def test_changing_a_vote_keeps_one_key_and_a_higher_counter(ballot, voter_):
    voter_.cast(choices(ballot)[0])
    voter_.cast(choices(ballot)[1])
    rows = [(line.counter, line.choice) for line in box_lines("choice")]
    assert list(rows) == [(1, choices(ballot)[0]), (2, choices(ballot)[1])]


def test_the_same_vote_again_is_taken_as_the_same(ballot, voter_):
    line = voter_.vote("choice", voter_.credentials()["choice"], choices(ballot)[0], counter=1)
    answers = [voter_.post(line) for _ in range(3)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"counter": 1})] * 3
    assert SealedVote.objects.count() == 1


def test_an_older_vote_cannot_replace_a_newer_one(ballot, voter_):
    credential = voter_.credentials()["choice"]
    voter_.post(voter_.vote("choice", credential, choices(ballot)[0], counter=2))
    answer = voter_.post(voter_.vote("choice", credential, choices(ballot)[1], counter=1))
    assert (answer.status_code, answer.json()["error"], answer.json()["counter"]) == (409, "stale", 2)
    other = voter_.post(voter_.vote("choice", credential, choices(ballot)[1], counter=2))
    assert (other.status_code, other.json()["counter"]) == (409, 2)


def test_a_credential_of_another_ballot_is_refused(ballot, voter_, client):
    other = open_ballot(choices=("One", "Two"))
    stranger = Voter(entries(other)[0], client)
    line = voter_.vote("choice", stranger.credentials()["choice"], choices(ballot)[0], counter=1)
    answer = voter_.post(line)
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")


def test_a_reason_credential_cannot_cast_a_vote(ballot, voter_):
    line = voter_.vote("choice", voter_.credentials()["reason"], choices(ballot)[0], counter=1)
    assert voter_.post(line).status_code == 422


def test_a_changed_choice_breaks_the_signature(ballot, voter_):
    line = voter_.vote("choice", voter_.credentials()["choice"], choices(ballot)[0], counter=1)
    answer = voter_.post(line | {"choice": choices(ballot)[1]})
    assert (answer.status_code, SealedVote.objects.count()) == (422, 0)


WRONG = [
    {"choice": "not-an-option"}, {"choice": None}, {"choice": 1}, {"choice": "a\nb"}, {"counter": 0}, {"counter": True},
    {"counter": 1.5}, {"counter": "1"}, {"counter": 2**31}, {"key": "00"}, {"key": "zz" * 32}, {"scope": "nation:mars"},
    {"scope": ["choice"]}, {"signature": ""}, {"credential": "0" * 2000}, {"text": "no text here"}, {"more": 1},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_whatever_is_not_a_vote_is_a_polite_400(ballot, voter_, change):
    line = voter_.vote("choice", voter_.credentials()["choice"], choices(ballot)[0], counter=1)
    answer = voter_.post(line | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b"{}" + b" " * 70_000, b"9" * 5000]
)
def test_whatever_is_not_json_is_a_polite_400(ballot, client, body):
    address = reverse("ballots:box", args=[ballot.pk])
    answer = client.post(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 10_001, 7, "a\r\nb"])
def test_a_reason_that_no_database_can_hold_is_refused(ballot, voter_, text):
    line = voter_.vote("reason", voter_.credentials()["reason"], "", counter=1, text="good")
    assert voter_.post(line | {"text": text}).status_code == 400


def test_after_the_closing_time_nothing_is_signed_or_cast(ballot, voter_, clock):
    credential = voter_.credentials()["choice"]
    clock.move_to(LATER)
    cast_ = voter_.post(voter_.vote("choice", credential, choices(ballot)[0], counter=1))
    assert (cast_.status_code, cast_.json()["error"]) == (403, "closed")
    assert (voter_.sign().status_code, voter_.sign().json()["error"]) == (403, "closed")


def test_a_closed_ballot_takes_no_vote_whatever_the_clock_says(ballot, voter_):
    credential = voter_.credentials()["choice"]
    closed_ballot(ballot)
    assert voter_.post(voter_.vote("choice", credential, "", counter=1)).json()["error"] == "closed"


def test_the_box_sets_no_cookie_and_is_not_cached(ballot, voter_):
    voter_.client.cookies["sessionid"] = "somebody"
    answer = voter_.post(voter_.vote("choice", voter_.credentials()["choice"], "", counter=1))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "no-store" in answer["Cache-Control"]


def test_the_box_and_the_signer_ask_little_of_the_database(ballot, voter_, django_assert_num_queries):
    held = voter_.credentials()
    voter_.post(voter_.vote("choice", held["choice"], "", counter=1))
    line = voter_.vote("choice", held["choice"], choices(ballot)[0], counter=2)
    with django_assert_num_queries(6):  # two of them are the test's savepoint
        voter_.post(line)
    with django_assert_num_queries(7):  # sent again, which costs one more than the first time
        voter_.sign()


def test_the_server_does_the_same_for_a_browser_without_scripts(ballot, client):
    entry, seed = entries(ballot)[0], b"k" * 16
    first = actions.vote_for(
        entry=entry, seed=seed, choice=choices(ballot)[0], reason="Why not", at=ballot.opened_at
    )
    again = actions.vote_for(
        entry=entry, seed=seed, choice=choices(ballot)[0], reason="Why not", at=ballot.opened_at
    )
    assert first == again == actions.Kept(Voter(entry, client, seed=seed).receipt, voter.change_code(seed))
    assert [(line.scope, line.counter) for line in box_lines()] == [
        ("choice", 1), ("nation:wales", 1), ("perspective:carer", 1), ("reason", 1),
    ]  # fmt: skip
    actions.vote_for(entry=entry, seed=seed, choice="", reason="", at=ballot.opened_at)
    last = {line.scope: (line.counter, line.choice, line.text) for line in box_lines()}
    assert last == dict.fromkeys(["choice", "nation:wales", "perspective:carer", "reason"], (2, "", ""))


def test_a_link_that_somebody_made_up_signs_nothing(ballot, client):
    token = links.token(entries(ballot)[0], ballot)
    wrong = ("A" if token[-1] != "A" else "B").join([token[:-1], ""])
    address = reverse("ballots:sign_by_link", args=[wrong])
    answer = client.post(address, json.dumps({"blinded": {"choice": "00"}}), content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "not-on-the-roll")


def write_fails(execute, sql, *args):
    """What a full disk looks like to the code."""
    if sql.lstrip().startswith(("INSERT", "UPDATE")):
        raise OperationalError("database or disk is full")
    return execute(sql, *args)


def test_a_database_that_cannot_write_is_told_as_any_other_refusal(voter_):
    busy = {
        "error": "busy",
        "sentence": "We could not take your vote just now. Nothing is lost: send it again in a minute.",
    }
    with connection.execute_wrapper(write_fails):
        unsigned = voter_.sign()
    line = voter_.vote("choice", voter_.credentials()["choice"], "", counter=1)
    with connection.execute_wrapper(write_fails):
        uncast = voter_.post(line)
    assert [(answer.status_code, answer.json()) for answer in (unsigned, uncast)] == [(503, busy)] * 2
    assert voter_.post(line).status_code == 200


def test_a_copy_of_the_database_shows_neither_voting_keys_nor_choices_while_open(ballot, voter_):
    voter_.cast(choices(ballot)[0], reason="It matters.")
    [key] = {line.public_key for line in box_lines("choice")}
    stored = [
        text
        for table in connection.introspection.table_names()
        for row in _rows(table)
        for text in map(str, row)
    ]
    held = "\n".join(stored)
    assert ballot.question in held
    assert [word for word in (key, voter_.receipt, "It matters.") if word in held] == []
    boxes = "\n".join(map(str, SealedVote.objects.values_list("digest", "mark", "counter", "sealed")))
    assert choices(ballot)[0] not in boxes


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return cursor.fetchall()
