"""What an upgrade refuses, and what it keeps of votes that are open."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qlabs.choose.ballots.models import SignedKey

from .factories import closed_ballot, declared_ballot, entries, members, open_ballot

pytestmark = pytest.mark.django_db
refuse = import_module("qlabs.choose.ballots.migrations.0006_no_vote_is_open").refuse


def test_votes_sealed_as_before_are_declared_before_the_upgrade():
    members(1)
    ballot = open_ballot()
    with pytest.raises(CommandError, match=r"^1 vote\(s\) are open"):
        refuse(apps, None)
    closed = closed_ballot(ballot)
    with pytest.raises(CommandError, match="close and declare them there, then upgrade"):
        refuse(apps, None)
    declared_ballot(closed)
    refuse(apps, None)


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_signed_before_the_upgrade_stays_signed_for_one_person():
    members(2)
    ballot = open_ballot()
    before = MigrationExecutor(connection)
    newest = before.loader.graph.leaf_nodes("ballots")[0]
    old = [("ballots", "0023_corrections_told")]
    before.migrate(old)
    rows = before.loader.project_state(old).apps.get_model("ballots", "RollEntry").objects
    rows.filter(pk=entries(ballot)[0].pk).update(blinded_hash="a" * 64)
    MigrationExecutor(connection).migrate([newest])
    assert list(SignedKey.objects.values_list("digest", "ballot")) == [("a" * 64, ballot.pk)]
