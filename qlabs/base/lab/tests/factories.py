from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from qlabs.base.lab import stages
from qlabs.base.lab.models import Funding, Lab, Membership, Role, StageDates
from qlabs.base.people.tests.factories import PersonFactory

OPENED = datetime(2017, 1, 9, 9, tzinfo=UTC)
LONG_AGO, SOME_DAY = datetime(2010, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)


class LabFactory(DjangoModelFactory):
    """A private lab without stages; LabFactory(public=True, open="choose") for one with its first stage open.

    open: a stage key or several; those stages are open whenever the test runs.
    Without `forty_weeks=True` it has no last day, so that it runs whenever the test does.
    closed: the same for stages that closed on 9 February 2017. lead: the person who leads it.
    """

    class Meta:
        model = Lab
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    class Params:
        public = factory.Trait(is_public=True)
        archived = factory.Trait(archived_at=OPENED)
        forty_weeks = factory.Trait(ends_on=date(2017, 10, 16))

    slug = factory.Sequence(lambda number: f"lab-{number}")
    title = factory.Sequence(lambda number: f"Lab number {number}")
    starts_on = date(2017, 1, 9)
    ends_on = None

    @factory.post_generation
    def open(self, create, keys):
        for key in _keys(keys):
            StageDates.objects.create(lab=self, stage=key, opens_at=LONG_AGO, closes_at=SOME_DAY)

    @factory.post_generation
    def closed(self, create, keys):
        for key in _keys(keys):
            StageDates.objects.create(
                lab=self, stage=key, opens_at=OPENED, closes_at=OPENED + timedelta(days=31)
            )

    @factory.post_generation
    def lead(self, create, person):
        if person:
            MembershipFactory(lab=self, person=person, role=Role.LEAD)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    lab = factory.SubFactory(LabFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.RESEARCHER


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = Funding

    lab = factory.SubFactory(LabFactory)
    funder = "The Health Foundation"
    pounds = 250_000
    starts_on = date(2016, 12, 1)
    ends_on = date(2017, 11, 30)


def _keys(keys):
    """None, one stage key, several, or "all"."""
    if keys == "all":
        return [stage.key for stage in stages.STAGES]
    return [keys] if isinstance(keys, str) else keys or []
