"""A stranger's recount finds every ballot that was changed, added or taken out."""

import copy
import hashlib
import json
import random
import subprocess
import sys

import pytest

from labengines.voting import fingerprints, voter
from labengines.voting.tests import boxes
from labengines.voting.tests.boxes import CHOICES, T1, T2, T3

CHECK_CODE = fingerprints.check_code(fingerprints.fingerprint("theme-1", boxes.KEY_HASHES))


def test_an_honest_file_is_well(recount, book):
    status, lines = recount(book)

    assert (status, lines) == (
        0,
        [
            f"checksum (SHA-256): {hashlib.sha256(json.dumps(book).encode()).hexdigest()}",
            'question: "Which theme should the lab work on?"',
            f"Merkle root of 20 votes: {book['merkle_root']}",
            f'recount: {{"tallies": {{"{T1}": 9, "{T2}": 6, "{T3}": 3}}, '
            f'"blanks": 2, "winners": ["{T1}"], "tied": []}}',
            f'  9 for "Self-care" ({T1}), the winner',
            f'  6 for "Frailty" ({T2})',
            f'  3 for "Waiting" ({T3})',
            f"check code of all 3 keys: {CHECK_CODE} ({book['keys']['sha256']})",
            f"participation codes: 21 of 447 took part ({fingerprints.codes_sha256(book['roll']['codes'])})",
            "all is well",
        ],
    )


def test_a_file_of_the_first_format_is_still_recounted(recount, book):
    first = boxes.in_first_format(book)
    changed = copy.deepcopy(first)
    changed["votes"][3]["counter"] += 1

    assert (recount(first)[0], recount(first)[1][-1]) == (0, "all is well")
    assert recount(changed)[0] == 1


def test_an_older_vote_in_place_of_the_last_is_seen_by_its_voter_alone(recount, book):
    """Nobody else can tell: both are signed by her, and how often she voted is not published."""
    receipt = voter.receipt(boxes.keys_of_voter(0)[1])
    older = {vote["key"]: vote for vote in [boxes.vote_of(0, T3)]}
    changed = boxes.declared({**book, "votes": [older.get(vote["key"], vote) for vote in book["votes"]]})

    assert recount(book, "--receipt", receipt)[1][-2] == f'receipt {receipt}: counted, for "Self-care" ({T1})'
    assert (
        recount(changed, "--receipt", receipt)[1][-2] == f'receipt {receipt}: counted, for "Waiting" ({T3})'
    )
    assert recount(changed)[0] == 0


@pytest.mark.parametrize(
    ("choices", "tie_rule"),
    [
        ([T3, T2], "lot"),
        ([T1, T2, T3], "lot"),
        ([T1, T2], "run-off"),
        ([""], "lot"),
        ([], "lot"),
    ],
)
def test_ties_blanks_and_empty_boxes_are_recounted(recount, choices, tie_rule):
    assert recount(boxes.book_of(choices, tie_rule=tie_rule))[0] == 0


def test_it_needs_nothing_but_the_standard_library(script, book, tmp_path):
    path = tmp_path / "ballot.json"
    path.write_text(json.dumps(book))

    alone = subprocess.run(
        [sys.executable, "-I", "-S", script.__file__, str(path)], capture_output=True, text=True, check=False
    )

    assert (alone.returncode, alone.stdout.splitlines()[2:3], alone.stdout.splitlines()[-1]) == (
        0,
        ["voters' own signatures: not checked, as the package `cryptography` is not installed"],
        "all is well",
    )


def test_a_receipt_is_found_however_it_is_typed(recount, book):
    receipt = voter.receipt(boxes.keys_of_voter(0)[1])

    status, lines = recount(book, "--receipt", receipt.lower().replace("-", "–"))

    assert (status, lines[-2]) == (
        0,
        f'receipt {receipt.lower().replace("-", "–")}: counted, for "Self-care" ({T1})',
    )


def test_a_receipt_that_is_missing_is_said_to_be(recount, book):
    receipt = voter.receipt(bytes(32))

    assert recount(book, "--receipt", receipt)[0] == 1
    assert recount(book, "--receipt", receipt)[1][-2:] == [
        f"WRONG: receipt {receipt} is not in the file",
        "1 problem found",
    ]


# Attacks on a copy of the file. Each gets the file and a source of chance.


def removed(book, rng):
    book["votes"].pop(rng.randrange(20))


def doubled(book, rng):
    vote = rng.choice(book["votes"])
    book["votes"].insert(book["votes"].index(vote), dict(vote))


def stuffed(book, rng):
    """A voter nobody on the roll vouches for: her key carries another's credential."""
    vote = boxes.vote_of(0, T2) | {"key": rng.randbytes(32).hex()}
    book["votes"].append(vote)
    book["votes"].sort(key=lambda one: hashlib.sha256(bytes.fromhex(one["key"])).digest())


def foreign(book, rng):
    """A vote from another ballot, with a good signature there."""
    book["votes"].append(boxes.vote_of(rng.randrange(5), T2, ballot="theme-2"))
    book["votes"].sort(key=lambda one: hashlib.sha256(bytes.fromhex(one["key"])).digest())


def altered(book, rng):
    vote = rng.choice(book["votes"])
    vote["choice"] = rng.choice([option for option in (T1, T2, T3) if option != vote["choice"]])


def reordered(book, rng):
    """An order could tell who voted when."""
    book["votes"].reverse()


ATTACKS = (removed, doubled, stuffed, foreign, altered, reordered)


@pytest.mark.parametrize(("wrong", "signature"), [*boxes.forgeries()])
def test_a_credential_of_a_bad_form_is_refused(script, wrong, signature):
    assert not script.credential_is_good(boxes.SIGNER.n, 65537, bytes(32), signature), wrong


@pytest.mark.parametrize("attack", [removed, stuffed, altered])
def test_a_changed_box_is_detected_a_hundred_times_of_a_hundred(recount, book, attack):
    statuses = []
    for chance in range(100):
        changed = copy.deepcopy(book)
        attack(changed, random.Random(chance))
        statuses.append(recount(changed)[0])

    assert statuses == [1] * 100


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one is not removed])
def test_a_cheat_who_mends_root_and_result_is_found_all_the_same(recount, book, attack):
    changed = copy.deepcopy(book)
    attack(changed, random.Random(1))
    changed = boxes.with_roll(boxes.declared(changed), **boxes.codes_of(30)) | {"keys_signed": 30}

    assert recount(changed)[0] == 1


def test_a_vote_taken_out_with_everything_mended_fails_against_root_and_receipt(recount, book):
    lost = voter.receipt(bytes.fromhex(book["votes"][4]["key"]))
    changed = copy.deepcopy(book)
    del changed["votes"][4]
    changed = boxes.declared(changed)

    assert recount(changed)[0] == 0
    assert recount(changed, "--root", book["merkle_root"])[0] == 1
    assert recount(changed, "--receipt", lost)[0] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"keys_signed": 19},
        {"roll": {"size": 20, "sha256": "", **boxes.codes_of(21)}},
        {"merkle_root": "00" * 32},
        {"result": {"tallies": {T1: 10, T2: 5, T3: 3}, "blanks": 2, "winners": [T1], "tied": []}},
        {"result": {"tallies": {T1: 9, T2: 6, T3: 3}, "blanks": 2, "winners": [T2], "tied": []}},
        {"result": {"tallies": {T1: 9, T2: 6, T3: 3}, "blanks": 1, "winners": [T1], "tied": []}},
    ],
)
def test_false_figures_are_detected(recount, book, change):
    assert recount(book | change)[0] == 1


def test_another_seed_for_the_lot_is_detected(recount):
    book = boxes.book_of([T1, T2])
    book["ballot"]["lot"]["seed"] = "01" * 32

    assert recount(book)[0] == 1


def malformed(book):
    """The file with each of its parts broken in turn."""
    yield from (
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format": "other"}',
        b'{"format": "qlabs-ballot-file-2"}',
    )
    yield b"[" * 100_000
    for name in set(book) - {"breakdowns"}:
        yield {key: value for key, value in book.items() if key != name}
        yield {**book, name: None}
    for name in book["votes"][0]:
        yield {**book, "votes": [{**book["votes"][0], name: {}}]}
    for key in ({"n": "0", "e": "3"}, {"n": "1", "e": "3"}, {"n": "x", "e": "3"}, {"n": "-5", "e": "-1"}):
        yield {**book, "key": key}


def test_a_malformed_file_gets_one_sentence_and_never_a_traceback(recount, book):
    for broken in malformed(book):
        status, lines = recount(broken)
        assert status in {1, 2}
        assert lines[-1].startswith("cannot read ") or lines[-1].endswith(("problem found", "problems found"))


def test_a_file_that_is_not_there_is_said_to_be(script, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["recount.py", "/nowhere/ballot.json"])

    assert (script.main(), capsys.readouterr().out[:34]) == (2, "cannot read /nowhere/ballot.json: ")


class TestSecondRecount:
    """The same file through a second program, in another language."""

    @pytest.mark.parametrize(
        ("choices", "tie_rule"),
        [(CHOICES, "lot"), ([T3, T2], "lot"), ([T1, T2], "run-off"), ([""], "lot"), ([], "lot")],
    )
    def test_both_recounts_agree(self, second, choices, tie_rule):
        book = boxes.book_of(choices, tie_rule=tie_rule)

        assert second(book) == {"problems": [], "result": book["result"]}

    def test_both_recounts_read_the_first_format(self, second, book):
        assert second(boxes.in_first_format(book)) == {"problems": [], "result": book["result"]}

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_both_recounts_find_what_was_changed(self, second, recount, book, attack):
        changed = copy.deepcopy(book)
        attack(changed, random.Random(2))

        assert (second(changed)["problems"] != [], recount(changed)[0]) == (True, 1)
