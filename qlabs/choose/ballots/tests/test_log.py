"""What the lab's log says of a vote."""

import pytest

from .reading import text

pytestmark = pytest.mark.django_db


def test_the_log_says_in_sentences_where_the_voters_come_from(ballot, lead, client_as):
    page = text(client_as(lead).get(f"/labs/{ballot.lab.slug}/log/"))
    assert "Where the voters come from: 6 added by an operator; " in page
    assert "How: operator" not in page
    assert f"Check code of the vote: {ballot.check_code}" in page
