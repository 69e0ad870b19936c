import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from labengines.voting import voter
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import SealedVote

from .factories import LATER, Voter, box_lines, cast, closed_ballot, entries, members, open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(clock):
    members(2, nation="wales", perspective="carer")
    members(1)
    return open_ballot(reason_prompt="Why?")


@pytest.fixture
def voter_(ballot, client):
    return Voter(entries(ballot)[0], client)


def choices(ballot):
    return [option.public_id for option in ballot.options.all()]


def test_a_vote_is_one_line_for_each_scope_and_names_nobody(ballot, client):
    cast(entries(ballot)[0], ballot.options.first(), client=client, reason="It matters.")
    rows = [(line.scope, line.counter, line.choice, line.text) for line in box_lines()]
    chosen = choices(ballot)[0]
    assert rows == [
        ("choice", 1, chosen, ""),
        ("nation:wales", 1, chosen, ""),
        ("perspective:carer", 1, chosen, ""),
        ("reason", 1, chosen, "It matters."),
    ]


def test_everybody_leaves_the_same_whatever_she_is_chooses_or_writes(ballot, client):
    """Nobody's number, size or kind of rows tells anything; nor does that she changed her vote."""
    first, second, unstated, *_others = entries(ballot)
    said = [(first, "", ""), (second, choices(ballot)[0], "🙂" * 2000), (unstated, choices(ballot)[1], "No.")]
    seen = []
    for entry, choice, reason in said:
        voter_ = Voter(entry, client)
        for _ in range(2):
            before = set(SealedVote.objects.values_list("digest", flat=True))
            assert voter_.cast(choice, reason=reason).status_code == 200
            rows = SealedVote.objects.exclude(digest__in=before)
            seen.append(sorted(len(bytes(row.sealed)) for row in rows))
    assert seen == [[684, 684, 684, 8684]] * 6
    assert {line.scope for line in box_lines()} >= {"nation:", "nation:wales", "perspective:", "reason"}


def test_a_row_of_the_box_says_nothing_that_another_of_its_voter_says(ballot, voter_):
    voter_.cast(choices(ballot)[0])
    voter_.cast(choices(ballot)[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ballots_sealedvote")
        assert [column[0] for column in cursor.description] == ["digest", "sealed", "ballot_id"]
        rows = cursor.fetchall()
    assert len({digest for digest, _sealed, _ballot in rows}) == 8
    blocks = [bytes(sealed)[at : at + 16] for _digest, sealed, _ballot in rows for at in range(0, 600, 16)]
    assert len(set(blocks)) == len(blocks)


def test_changing_a_vote_keeps_one_key_and_the_next_counter(ballot, voter_):
    voter_.cast(choices(ballot)[0], reason="First.")
    voter_.cast(choices(ballot)[1])
    rows = [(line.scope, line.counter, line.choice, line.text) for line in box_lines()]
    said = [(choices(ballot)[0], "First."), (choices(ballot)[1], "")]
    assert rows == [
        (scope, counter, choice, text if scope == "reason" else "")
        for scope in ("choice", "nation:wales", "perspective:carer", "reason")
        for counter, (choice, text) in enumerate(said, start=1)
    ]
    assert len({line.public_key for line in box_lines("choice")}) == 1


def test_the_same_vote_again_is_taken_as_the_same(ballot, voter_):
    vote = voter_.vote(choices(ballot)[0])
    answers = [voter_.post(vote | {"lines": lines}) for lines in (vote["lines"], vote["lines"][::-1])]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"counter": 1})] * 2
    assert SealedVote.objects.count() == 4


@pytest.mark.parametrize("counter", [1, 2, 4, 2**31 - 1])
def test_whoever_does_not_send_the_next_vote_is_told_its_number(ballot, voter_, counter):
    """Neither an older vote again, nor one with a gap before it."""
    held = voter_.credentials()
    votes = [voter_.vote(choices(ballot)[0], counter=number, held=held) for number in (1, 2)]
    assert [voter_.post(vote).status_code for vote in votes] == [200, 200]
    answers = [
        voter_.post(voter_.vote(choices(ballot)[1], counter=counter, held=held)),
        voter_.post(votes[0]),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["error"], answer.json()["counter"]) == (409, "stale", 3)
    assert voter_.post(voter_.vote(choices(ballot)[1], counter=3, held=held)).status_code == 200


def test_a_first_vote_has_the_number_one(voter_):
    answer = voter_.post(voter_.vote("", counter=2))
    assert (answer.json()["error"], answer.json()["counter"]) == ("stale", 1)


def changed(vote, which, /, **change):
    """The vote with one of its lines changed."""
    lines = [line | change if line["scope"] == which else line for line in vote["lines"]]
    return vote | {"lines": lines}


def test_a_credential_of_another_ballot_is_refused(ballot, voter_, client):
    other = open_ballot(choices=("One", "Two"))
    stranger = Voter(entries(other)[0], client)
    credential = stranger.credentials()["choice"].hex()
    answer = voter_.post(changed(voter_.vote(choices(ballot)[0]), "choice", credential=credential))
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")


def test_a_reason_credential_cannot_cast_a_vote(voter_):
    vote = voter_.vote("")
    credential = next(line["credential"] for line in vote["lines"] if line["scope"] == "reason")
    assert voter_.post(changed(vote, "choice", credential=credential)).status_code == 422


@pytest.mark.parametrize("change", [{"choice": ""}, {"counter": 2}, {"text": "Other."}])
def test_whatever_was_changed_on_the_way_breaks_a_signature(ballot, voter_, change):
    answer = voter_.post(voter_.vote(choices(ballot)[0], reason="So.") | change)
    assert (answer.status_code, SealedVote.objects.count()) == (422, 0)


def test_an_older_line_is_not_taken_with_the_counter_of_a_newer_vote(ballot, voter_):
    held = voter_.credentials()
    older, newer = (voter_.vote(choices(ballot)[0], counter=counter, held=held) for counter in (1, 2))
    voter_.post(older)
    assert voter_.post(newer | {"lines": [older["lines"][0], *newer["lines"][1:]]}).status_code == 422


def test_a_vote_has_one_line_of_each_kind_or_nothing_of_it_is_taken(ballot, voter_, client):
    vote = voter_.vote("")
    lines, other = vote["lines"], Voter(entries(ballot)[2], client).vote("")["lines"]
    for wrong in (lines[1:], [*lines, lines[0]], [*lines, other[1]], [lines[0], *lines[:3]], []):
        answer = voter_.post(vote | {"lines": wrong})
        assert (answer.status_code, answer.json()["error"]) == (400, "malformed")
    assert SealedVote.objects.count() == 0


def test_a_reason_is_sent_where_one_is_asked_for_and_nowhere_else(ballot, voter_, client):
    vote = voter_.vote("")
    del vote["text"]
    assert voter_.post(vote).status_code == 400
    plain = Voter(entries(open_ballot(choices=("One", "Two")))[0], client)
    assert sorted(plain.parts) == ["choice", "nation:wales", "perspective:carer"]
    assert plain.post(plain.vote("") | {"text": ""}).status_code == 400
    assert plain.cast("").status_code == 200


WRONG = [
    {"choice": "not-an-option"}, {"choice": None}, {"choice": 1}, {"choice": "a\nb"}, {"counter": 0}, {"counter": True},
    {"counter": 1.5}, {"counter": "1"}, {"counter": 2**31}, {"more": 1}, {"lines": None}, {"lines": {}}, {"lines": [7]},
]  # fmt: skip
WRONG_LINE = [
    {"key": "00"}, {"key": "zz" * 32}, {"scope": "nation:mars"}, {"scope": ["choice"]}, {"signature": ""},
    {"counter_signature": "00"}, {"credential": "0" * 2000}, {"text": "no text here"}, {"more": 1}, {"scope": None},
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_whatever_is_not_a_vote_is_a_polite_400(voter_, change):
    answer = voter_.post(voter_.vote("") | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize("change", WRONG_LINE)
def test_whatever_is_not_a_line_is_a_polite_400(voter_, change):
    answer = voter_.post(changed(voter_.vote(""), "nation:wales", **change))
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b"{}" + b" " * 70_000, b"9" * 5000]
)
def test_whatever_is_not_json_is_a_polite_400(ballot, client, body):
    address = reverse("ballots:box", args=[ballot.pk])
    answer = client.post(address, body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 2001, 7, "a\r\nb"])
def test_a_reason_that_no_database_can_hold_is_refused(ballot, voter_, text):
    assert voter_.post(voter_.vote("", reason="good") | {"text": text}).status_code == 400


def test_after_the_closing_time_nothing_is_signed_or_cast(ballot, voter_, clock):
    vote = voter_.vote(choices(ballot)[0])
    clock.move_to(LATER)
    cast_ = voter_.post(vote)
    assert (cast_.status_code, cast_.json()["error"]) == (403, "closed")
    assert (voter_.sign().status_code, voter_.sign().json()["error"]) == (403, "closed")


def test_a_closed_ballot_takes_no_vote_whatever_the_clock_says(ballot, voter_):
    vote = voter_.vote("")
    closed_ballot(ballot)
    assert voter_.post(vote).json()["error"] == "closed"


def test_the_box_sets_no_cookie_and_is_not_cached(ballot, voter_):
    voter_.client.cookies["sessionid"] = "somebody"
    answer = voter_.post(voter_.vote(""))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "no-store" in answer["Cache-Control"]


def test_the_box_and_the_signer_ask_little_of_the_database(ballot, voter_, django_assert_num_queries):
    held = voter_.credentials()
    voter_.post(voter_.vote("", held=held))
    vote = voter_.vote(choices(ballot)[0], counter=2, held=held)
    with django_assert_num_queries(6):  # whatever the number of lines; two of them are the test's savepoint
        voter_.post(vote)
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
    vote = voter_.vote("")
    with connection.execute_wrapper(write_fails):
        uncast = voter_.post(vote)
    assert [(answer.status_code, answer.json()) for answer in (unsigned, uncast)] == [(503, busy)] * 2
    assert voter_.post(vote).status_code == 200


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
    boxes = "\n".join(map(str, SealedVote.objects.values_list("digest", "sealed")))
    assert choices(ballot)[0] not in boxes


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return cursor.fetchall()
