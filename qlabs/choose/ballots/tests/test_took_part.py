"""Who took part stands in the ballot file as codes: whoever did not vote can see that nobody did in her name."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from labengines.voting import fingerprints
from qlabs.base.core.models import Event
from qlabs.choose.ballots import queries

from .factories import cast, declared_ballot, entries
from .reading import address, text

RECOUNT = Path(__file__).resolve().parents[4] / "scripts" / "recount.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def declared(ballot, client):
    """All but the second have voted."""
    first, _second, *others = entries(ballot)
    for entry in (first, *others):
        cast(entry, ballot.options.first(), client=client)
    return declared_ballot(ballot)


def asked(client, ballot, code):
    return client.post(address("took_part", ballot), {"code": code})


def hash_of(entry):
    return fingerprints.code_hash(entry.ballot.code, entry.participation_code)


def test_the_file_lists_everybodys_code_and_those_who_took_part(declared):
    book = json.loads(queries.file_of(declared))
    first, second, *others = map(hash_of, entries(declared))
    assert book["roll"]["codes"] == sorted([first, second, *others])
    assert book["roll"]["took_part"] == sorted([first, *others])
    assert book["keys"] == {"sha256": declared.keys_sha256, "hashes": queries.key_hashes(declared)}


def recount(folder, ballot, *asked):
    """What a stranger's program says of the published file: its exit status and its lines."""
    file = folder / "ballot.json"
    file.write_bytes(queries.file_of(ballot))
    done = subprocess.run(
        [sys.executable, RECOUNT, file, *asked], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


def test_a_strangers_program_agrees_with_the_email_of_every_voter(declared, tmp_path):
    check, answers = ("--check", declared.check_code), []
    for entry in entries(declared)[:2]:
        status, lines = recount(tmp_path, declared, *check, "--took-part", entry.participation_code)
        answers.append((status, lines[-2].split(": ")[1]))
    assert answers == [(0, "took part"), (0, "did not take part")]
    assert recount(tmp_path, declared, "--check", "7K3M-2QXA-7K3M-2QXA")[0] == 1


def test_the_log_holds_the_fingerprints_that_the_program_prints(declared, tmp_path):
    facts = Event.objects.get(what="ballots.opened").facts
    _status, lines = recount(tmp_path, declared)
    printed = [
        line.split("(")[-1].rstrip(")") for line in lines if line.startswith(("check code", "participation"))
    ]
    assert printed == [facts["fingerprint_of_keys"], facts["fingerprint_of_codes"]]


def test_no_code_itself_stands_in_the_file(declared):
    text_of_file = queries.file_of(declared).decode()
    assert not any(entry.participation_code in text_of_file for entry in entries(declared))


def test_whoever_did_not_vote_finds_that_nobody_took_part_with_her_code(declared, client):
    answer = asked(client, declared, entries(declared)[1].participation_code)
    assert "Nobody took part with this code" in text(answer)


def test_whoever_did_vote_finds_her_code_however_she_types_it(declared, client):
    code = entries(declared)[0].participation_code.lower().replace("-", " ")
    assert "Somebody took part with this code" in text(asked(client, declared, code))


@pytest.mark.parametrize("typed", ["", "7K3M", "0000-0000-0000-0000", "é" * 70, "\x00"])
def test_a_code_that_is_not_of_this_vote_is_never_said_to_be_safe(declared, client, typed):
    answer = text(asked(client, declared, typed))
    assert "There is a problem" in answer
    assert "took part with this code" not in answer


def test_a_code_never_stands_in_an_address(declared, client):
    code = entries(declared)[0].participation_code
    assert "took part with this code" not in text(client.get(address("took_part", declared), {"code": code}))


def test_the_page_opens_once_the_result_is_declared(ballot, client_as, lead):
    assert client_as(lead).get(address("took_part", ballot)).status_code == 403
