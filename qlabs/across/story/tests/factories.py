from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from qlabs.across.story.models import Entry, Picture
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory

SPRING = datetime(2017, 4, 3, 9, tzinfo=ZoneInfo("Europe/London"))


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    class Params:
        draft = factory.Trait(is_published=False, published_at=None)

    lab = factory.SubFactory(LabFactory)
    author = factory.SubFactory(PersonFactory)
    token = factory.Sequence("form-{}".format)
    title = factory.Sequence("Chapter {}".format)
    text = "We met in *Leeds*."
    happened_on = date(2016, 6, 14)
    is_published = True
    published_at = SPRING
    changed_at = SPRING


class PictureFactory(DjangoModelFactory):
    """A row without a file behind it."""

    class Meta:
        model = Picture

    entry = factory.SubFactory(EntryFactory)
    file = factory.Sequence("story/picture-{}.jpg".format)
    width, height = 800, 600
    alt = "People round a table"
