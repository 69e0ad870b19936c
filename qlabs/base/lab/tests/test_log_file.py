"""A lab's log as it is handed out, and the program that checks it away from here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qlabs.base.core import events
from qlabs.base.lab.models import Role
from qlabs.base.people.tests.factories import PersonFactory

from .factories import OPENED, LabFactory, MembershipFactory

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).resolve().parents[4] / "scripts" / "verify_log.py"


@pytest.fixture
def lab():
    lab, lead = LabFactory(slug="asthma"), PersonFactory()
    MembershipFactory(lab=lab, person=lead, role=Role.LEAD)
    for number in range(5):
        events.record(
            lab, by=lead, what="lab.updated", on=lab, at=OPENED, purpose=f"£{number} “ok”", n=number
        )
    events.record(LabFactory(), by=lead, what="lab.updated", at=OPENED)
    return lab


@pytest.fixture
def file(lab, client_as):
    answer = client_as(PersonFactory(operator=True)).get("/labs/asthma/log/log.jsonl")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="asthma-log.jsonl"'
    return answer.content.decode().splitlines()


def checked(tmp_path, lines, *words):
    """(exit status, what the program said) of a log file with these lines."""
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(path), *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def changed(line, **facts):
    return json.dumps(json.loads(line) | facts)


def test_the_file_holds_this_labs_events_alone(lab, file):
    head = json.loads(file[0])
    assert head == {
        "format": "qlabs-log-1", "lab": lab.pk, "address": "asthma", "number": 5, "head": events.head(lab).hash,
    }  # fmt: skip
    assert [json.loads(line)["facts"]["n"] for line in file[1:]] == [0, 1, 2, 3, 4]


def test_an_untouched_file_is_found_whole(tmp_path, lab, file):
    said = f"5 events, none removed or changed. Head {events.head(lab).hash}\n"
    assert checked(tmp_path, file) == (0, said)


def test_a_kept_head_is_found_in_it(tmp_path, file):
    third = json.loads(file[3])["hash"]
    code, said = checked(tmp_path, file, "--head", third.upper())
    assert (code, f"{third}: event 3" in said) == (0, True)


def test_a_head_that_is_not_in_it_is_said_so(tmp_path, file):
    code, said = checked(tmp_path, file, "--head", "ab" * 32)
    assert (code, f"{'ab' * 32}: NOT FOUND" in said) == (1, True)


@pytest.mark.parametrize(
    ("attack", "problem"),
    [
        (lambda lines: [*lines[:2], changed(lines[2], what="lab.other"), *lines[3:]], "event 2: was changed"),
        (lambda lines: lines[:2] + lines[3:], "event 2: is missing"),
        (lambda lines: lines[:-1], "event 5: is missing"),
        (lambda lines: [*lines[:5], lines[4]], "event 5: is missing"),
        (lambda lines: [changed(lines[0], lab=99), *lines[1:]], "event 1: belongs to another log"),
    ],
)
def test_a_changed_file_is_found(tmp_path, file, attack, problem):
    code, said = checked(tmp_path, attack(file))
    assert (code, problem in said) == (1, True), said


@pytest.mark.parametrize("lines", [[], ["x"], ["{}"], ["[]"], ['{"format": "qlabs-log-1"}', "[1]"]])
def test_what_is_no_log_file_is_said_so(tmp_path, lines):
    assert checked(tmp_path, lines) == (2, "This is not a whole log file.\n")


def test_the_program_is_handed_out_with_it(lab, client_as):
    answer = client_as(PersonFactory(operator=True)).get("/labs/asthma/log/verify_log.py")
    assert answer.content == PROGRAM.read_bytes()


@pytest.mark.parametrize("name", ["log.jsonl", "verify_log.py"])
def test_who_may_not_read_the_log_gets_no_file(lab, client_as, name):
    assert client_as(PersonFactory()).get(f"/labs/asthma/log/{name}").status_code == 404


def test_the_log_page_says_where_the_log_stands_and_offers_the_file(lab, client_as):
    page = client_as(PersonFactory(operator=True)).get("/labs/asthma/log/").content.decode()
    assert events.head(lab).hash in page
    assert 'href="/labs/asthma/log/log.jsonl"' in page
    assert 'href="/labs/asthma/log/verify_log.py"' in page
