"""People to test with. PersonFactory() is a stranger with an account; PersonFactory(member=True) may vote."""

from datetime import datetime
from zoneinfo import ZoneInfo

import factory

from qlabs.base.people.models import (
    Invitation,
    Joined,
    Nation,
    Organisation,
    OrganisationKind,
    Person,
    Perspective,
)

JOINED = datetime(2016, 9, 1, 12, tzinfo=ZoneInfo("Europe/London"))


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.NHS


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    class Params:
        member = factory.Trait(joined_at=JOINED, joined_how=Joined.OPERATOR)
        operator = factory.Trait(is_operator=True)
        profiled = factory.Trait(
            perspective=Perspective.CARER,
            nation=Nation.WALES,
            region="Gwynedd",
            organisation=factory.SubFactory(OrganisationFactory),
        )

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(PersonFactory, member=True)
    name = factory.LazyAttribute(lambda invitation: invitation.person.name)
    email = factory.LazyAttribute(lambda invitation: invitation.person.email)
    nonce = factory.Sequence(lambda n: f"{n:032x}")
    invited_at = datetime(2017, 1, 20, 12, tzinfo=ZoneInfo("Europe/London"))
    sent_at = invited_at
    expires_at = datetime(2017, 3, 21, 12, tzinfo=ZoneInfo("Europe/London"))
