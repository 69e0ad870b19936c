import pytest
from django.db import IntegrityError, transaction

from .factories import EntryFactory, PictureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "constraint", "facts"),
    [
        (EntryFactory, "story_entry_has_title", {"title": ""}),
        (EntryFactory, "story_published_has_moment", {"published_at": None}),
        (PictureFactory, "story_picture_has_words", {"alt": ""}),
        (PictureFactory, "story_picture_fits", {"width": 1601}),
        (PictureFactory, "story_picture_fits", {"height": 0}),
    ],
)
def test_the_database_refuses_broken_rows(factory, constraint, facts):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**facts)


def test_one_form_is_one_entry_of_one_author():
    entry = EntryFactory()
    EntryFactory(lab=entry.lab, token=entry.token)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(lab=entry.lab, token=entry.token, author=entry.author)
