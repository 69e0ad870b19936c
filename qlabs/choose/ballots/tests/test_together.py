"""Keys that have voted together go on together."""

import pytest

from qlabs.choose.ballots import actions, queries
from qlabs.choose.ballots.errors import Impossible
from qlabs.choose.ballots.models import SealedVote

from .factories import LATER, Voter, box_lines, cast, entries, members, open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(clock):
    members(2, nation="wales", perspective="carer")
    members(1)
    return open_ballot(reason_prompt="Why?")


def choices(ballot):
    return [option.public_id for option in ballot.options.all()]


def test_two_voters_cannot_make_one_vote_of_each_others_lines(ballot, client):
    """Else an option gets a vote in a breakdown that it does not have in the whole."""
    one, other = (Voter(entry, client) for entry in entries(ballot)[:2])
    mine, hers = (votes_of(voter_, choices(ballot)) for voter_ in (one, other))
    mixed = mine[1, 0] | {"lines": [mine[1, 0]["lines"][0], *hers[1, 0]["lines"][1:]]}
    assert one.post(mixed).status_code == 200
    whole = one.post(mine[2, 1])
    assert whole.status_code == 422
    assert {line.choice for line in box_lines()} == {choices(ballot)[0]}


def votes_of(voter_, options):
    """{(counter, number of the option): the JSON of that vote}, all of one signing."""
    signed = voter_.credentials()
    return {
        (counter, number): voter_.vote(option, counter=counter, held=signed)
        for counter in (1, 2)
        for number, option in enumerate(options[:2])
    }


def test_a_box_whose_breakdown_contradicts_its_votes_stops_the_vote(ballot, client):
    for entry in entries(ballot)[:2]:
        cast(entry, ballot.options.first(), client=client)
    kept = queries.box(ballot.pk, ballot.code)
    group = next(line for line in box_lines() if line.scope == "nation:wales")
    SealedVote.objects.filter(digest=queries.digest(kept, group.scope, group.public_key, 1)).delete()
    with pytest.raises(Impossible, match="nation contradicts the votes"):
        actions.close_ballot(ballot=ballot, at=LATER)
