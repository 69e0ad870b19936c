"""Accounts farmed while a vote is open, and receipts that somebody demands to see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qlabs.base.people.models import Person
from qlabs.choose.ballots import queries
from qlabs.choose.ballots.models import RollEntry

from .factories import OPENED, Voter, entries, members, open_ballot

pytestmark = pytest.mark.django_db


def test_of_500_accounts_made_while_the_vote_is_open_none_can_vote(client_as, clock):
    members(3)
    ballot = open_ballot()
    clock.move_to(OPENED + timedelta(hours=1))
    farmed = Person.objects.bulk_create(
        Person(
            name=f"Farmed {number}",
            email=f"farmed{number}@example.org",
            joined_at=OPENED,
            joined_how="operator",
        )
        for number in range(500)
    )
    assert RollEntry.objects.filter(person__in=farmed).count() == 0
    assert queries.roll_sha256(ballot.pk) == ballot.roll_sha256
    address = reverse("ballots:sign", args=[ballot.lab.slug, ballot.pk])
    answers = {
        client_as(person).post(address, "{}", content_type="application/json").status_code
        for person in farmed[:20]
    }
    assert answers == {403}


def test_a_receipt_is_the_same_whatever_is_chosen(client, clock):
    members(1)
    ballot = open_ballot()
    clock.move_to(OPENED + timedelta(hours=1))
    voter = Voter(entries(ballot)[0], client)
    seen = []
    for option in [*ballot.options.values_list("public_id", flat=True), ""]:
        assert voter.cast(option).status_code == 200
        seen.append(voter.receipt)
    assert len(set(seen)) == 1
