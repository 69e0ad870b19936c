import json

import pytest

from qlabs.base.core.models import Event

from .factories import declared_ballot, members, open_ballot

pytestmark = pytest.mark.django_db


def test_the_ballot_file_says_where_the_labs_log_stood():
    members(6)
    file = json.loads(declared_ballot(open_ballot()).file.content)
    closed = Event.objects.get(what="ballots.closed")
    assert file["log_head"] == {"number": closed.number, "sha256": closed.hash}
