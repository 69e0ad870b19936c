from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from qlabs.across.story import actions, pictures
from qlabs.across.story.models import Entry, Picture
from qlabs.base.core.models import Event
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory

from .factories import SPRING, EntryFactory

pytestmark = pytest.mark.django_db
LATER = SPRING + timedelta(days=2)
IMAGE = pictures.Clean(b"pixels", "jpg", 640, 480)
WORDS = {"title": "The idea", "happened_on": date(2015, 5, 1)}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def told():
    return list(Event.objects.order_by("position").values_list("what", "on_id", "at", "facts"))


def test_an_entry_is_written_and_logged_once_at_its_moment():
    lab, by = LabFactory(), PersonFactory()
    for _ in range(2):
        entry = actions.write_entry(
            lab=lab, by=by, at=SPRING, token="t", text="Small.", period="2015", **WORDS
        )
    stored = Entry.objects.values_list(
        "title", "text", "period", "author", "published_at", "changed_at"
    ).get()
    assert stored == ("The idea", "Small.", "2015", by.pk, SPRING, SPRING)
    assert told() == [("story.written", str(entry.pk), SPRING, {"published": True})]


def test_a_draft_is_published_later():
    entry = actions.write_entry(
        lab=LabFactory(), by=PersonFactory(), at=SPRING, token="t", publish=False, **WORDS
    )
    assert (entry.is_published, entry.published_at) == (False, None)
    actions.edit_entry(entry=entry, by=entry.author, at=LATER, title="Better")
    stored = Entry.objects.values_list("title", "happened_on", "is_published", "published_at").get()
    assert stored == ("Better", WORDS["happened_on"], True, LATER)


def test_a_picture_is_kept_under_a_name_that_tells_nothing():
    entry = actions.write_entry(
        lab=LabFactory(), by=PersonFactory(), at=SPRING, token="t", picture=(IMAGE, "A map", "Ours"), **WORDS
    )
    stored = Picture.objects.get()
    facts = (stored.entry, stored.width, stored.height, stored.alt, stored.caption)
    assert facts == (entry, 640, 480, "A map", "Ours")
    assert (len(stored.file), Path(default_storage.path(stored.file)).read_bytes()) == (
        len("story/") + 24 + 4,
        b"pixels",
    )


def test_deleting_removes_the_files_only_when_it_is_certain(django_capture_on_commit_callbacks):
    entry = EntryFactory()
    actions.edit_entry(entry=entry, by=entry.author, at=LATER, picture=(IMAGE, "A map", ""))
    file = Picture.objects.get().file
    with django_capture_on_commit_callbacks(execute=False) as later:
        actions.delete_entry(entry=entry, by=entry.author, at=LATER)
    assert (default_storage.exists(file), Entry.objects.count(), len(later)) == (True, 0, 1)
    later[0]()
    assert default_storage.exists(file) is False
    assert [event[0] for event in told()] == ["story.edited", "story.deleted"]


def test_removing_a_picture_leaves_the_entry(django_capture_on_commit_callbacks):
    entry = EntryFactory()
    actions.edit_entry(entry=entry, by=entry.author, at=LATER, picture=(IMAGE, "A map", ""))
    picture = Picture.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(picture=picture, by=entry.author, at=LATER)
    assert (default_storage.exists(picture.file), list(entry.pictures.all())) == (False, [])
    assert told()[-1][0] == "story.picture_removed"
