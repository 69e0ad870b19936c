"""What an upgrade refuses."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management.base import CommandError

from .factories import closed_ballot, declared_ballot, members, open_ballot

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
