import hashlib
import json

import pytest

from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import Reason

from .factories import (
    NOON,
    BallotFactory,
    cast,
    closed_ballot,
    declared_ballot,
    entries,
    members,
    open_ballot,
)
from .reading import address, text

pytestmark = pytest.mark.django_db


def test_a_stranger_downloads_the_file_once_and_finds_a_receipt(ballot, client):
    voter = cast(entries(ballot)[0], None, client=client)
    declared = declared_ballot(ballot)
    client.logout()
    answer = client.get(address("file", declared))
    assert hashlib.sha256(answer.content).hexdigest() == declared.file_sha256
    assert json.loads(answer.content)["merkle_root"] in text(client.get(address("ballot", declared)))
    assert client.get(address("file", declared), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    page = client.post(address("receipts", declared), {"receipt": voter.receipt.lower()})
    assert f"Found: {voter.receipt}." in text(page)
    assert "is not in the list" in text(client.post(address("receipts", declared), {"receipt": "AAAA"}))


def test_anyone_can_download_the_program_that_recounts(client):
    program = client.get("/recount.py").content.decode()
    assert program.startswith("#!/usr/bin/env python3")
    assert len(program.splitlines()) < 250


def test_no_file_and_no_receipt_before_the_declaration(ballot, lead, client_as):
    client = client_as(lead)
    for name in ("file", "receipts"):
        assert client.get(address(name, ballot)).status_code == 403
    closed_ballot(ballot)
    for name in ("file", "receipts"):
        assert client.get(address(name, ballot)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_many_rows(lab, client, count, django_assert_num_queries):
    for _ in range(count):
        members(1)
        open_ballot(BallotFactory(lab=lab))
    with django_assert_num_queries(4):
        client.get("/labs/asthma/ballots/")


@pytest.mark.parametrize("count", [5, 8])
def test_the_result_costs_the_same_however_many_voters(lab, client, count, django_assert_num_queries):
    members(count, nation="wales")
    ballot = open_ballot(BallotFactory(lab=lab, choices=[f"Theme {n}" for n in range(count + 1)]))
    for entry in entries(ballot):
        cast(entry, ballot.options.first(), client=client, reason="So.")
    declared = declared_ballot(ballot)
    for reason in Reason.objects.all():
        actions.show_reason(reason=reason, by=PersonFactory(), at=NOON)
    with django_assert_num_queries(5):
        client.get(address("ballot", declared))
    with django_assert_num_queries(3):
        client.get(address("receipts", declared))


def test_the_numbers_come_as_a_sheet_too(ballot, client):
    cast(entries(ballot)[0], None, client=client)
    declared = declared_ballot(ballot)
    client.logout()
    answer = client.get(address("csv", declared))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Option,Votes,Share"
    assert len(lines) > 1
    assert address("csv", declared) in client.get(address("ballot", declared)).content.decode()
