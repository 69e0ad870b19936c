import pytest
from django.db import IntegrityError, connection, transaction

from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import actions
from qlabs.choose.ballots.models import Ballot, RollEntry, SealedVote

from .factories import LATER, NOON, BallotFactory, closed_ballot, entries, members, open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot():
    members(6, nation="wales")
    return open_ballot()


@pytest.mark.parametrize(
    "change", [{"question": "Another?"}, {"threshold": 2}, {"closes_at": LATER}, {"breakdowns": []}]
)
def test_the_database_refuses_to_change_an_open_ballot(ballot, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**change)


def test_the_database_refuses_to_change_or_add_an_option(ballot):
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.options.update(title="Something else")
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.options.create(title="A late one", position=9)


def test_the_database_refuses_to_take_an_option_off_an_open_ballot(ballot):
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.options.first().delete()
    draft = BallotFactory()
    draft.options.first().delete()
    assert (ballot.options.count(), draft.options.count()) == (3, 2)
    actions.discard_ballot(ballot=draft, by=PersonFactory(), at=NOON)
    assert not Ballot.objects.filter(pk=draft.pk).exists()


def test_the_database_refuses_a_late_voter_and_a_vote_after_the_close(ballot):
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(ballot=ballot, person=PersonFactory(member=True))
    actions.vote_for(entry=entries(ballot)[0], seed=b"s" * 16, choice="", reason="", at=NOON)
    row = SealedVote.objects.first()
    closed_ballot(ballot)
    row.digest = "f" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_box_has_no_hidden_row_number_on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one")
    for table in ("ballots_sealedvote", "ballots_countedvote", "ballots_reason"):
        with pytest.raises(Exception, match="no such column: rowid"), connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid FROM {table}")
