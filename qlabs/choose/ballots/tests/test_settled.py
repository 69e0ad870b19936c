import pytest
from django.db import IntegrityError, transaction

from qlabs.choose.ballots import forms, queries, settled
from qlabs.choose.ballots.models import Ballot

from .factories import BallotFactory, open_ballot

pytestmark = pytest.mark.django_db
COLUMNS = {field.attname: field for field in Ballot._meta.concrete_fields}
OTHER = {
    "DateTimeField": "2030-01-01T00:00Z", "JSONField": ["nation"], "PositiveSmallIntegerField": 77,
    "PositiveIntegerField": 77, "ForeignKey": 77, "OneToOneField": 77, "BigAutoField": 77,
}  # fmt: skip


def test_every_field_of_a_ballot_is_settled_at_the_opening_or_runs_on():
    assert sorted([*settled.SETTINGS, *settled.RUNNING]) == sorted(COLUMNS)


@pytest.mark.parametrize("name", settled.SETTINGS)
def test_the_database_refuses_to_change_what_is_settled(name):
    ballot = open_ballot()
    value = OTHER.get(COLUMNS[name].get_internal_type(), "other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**{name: value})


@pytest.mark.parametrize("name", settled.names(settled.Goes.HASH))
def test_the_fingerprint_of_a_ballot_covers_what_is_settled(name):
    ballot = BallotFactory()
    before = queries.frozen_sha256(ballot)
    value = OTHER.get(COLUMNS[name].get_internal_type(), "other")
    setattr(ballot, name, COLUMNS[name].to_python(value))
    assert queries.frozen_sha256(ballot) != before


def test_the_form_asks_for_what_a_lead_settles_in_the_order_of_the_table():
    asked = [name for name in forms.BallotForm(themes=[], at=None).fields if name != "themes"]
    assert asked == list(settled.names(settled.Goes.FORM))
