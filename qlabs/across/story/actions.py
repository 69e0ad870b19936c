"""Every write on a lab's story: one transaction and one event each. All take the moment, `at`."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from qlabs.base.core import events

from .models import Entry, Picture

FOLDER = "story"
WORDS = {"title", "happened_on", "text", "period"}


@transaction.atomic
def write_entry(*, lab, by, at, token, publish=True, picture=None, **words):
    """Add an entry. A form sent again is the same entry.

    words: title, happened_on (date), text (markdown), period ("Spring 2016").
    picture: (pictures.Clean, what it shows, caption) or None.
    """
    moments = {"is_published": publish, "published_at": at if publish else None, "changed_at": at}
    entry, is_new = Entry.objects.get_or_create(lab=lab, author=by, token=token, defaults=words | moments)
    if is_new:
        _add(entry, picture)
        events.record(lab, by=by, what="story.written", on=entry, at=at, published=publish)
    return entry


@transaction.atomic
def edit_entry(*, entry, by, at, publish=True, picture=None, **words):
    """Change an entry's words, publish it or take it back to a draft, and perhaps add a picture."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    for name in WORDS & set(words):
        setattr(entry, name, words[name])
    entry.is_published, entry.changed_at = publish, at
    if publish and entry.published_at is None:
        entry.published_at = at
    entry.save()
    _add(entry, picture)
    events.record(entry.lab, by=by, what="story.edited", on=entry, at=at, published=publish)
    return entry


@transaction.atomic
def delete_entry(*, entry, by, at):
    """Remove an entry with its pictures; the log keeps that there was one."""
    files = list(entry.pictures.values_list("file", flat=True))
    events.record(entry.lab, by=by, what="story.deleted", on=entry, at=at)
    entry.delete()
    transaction.on_commit(lambda: _remove(files))


@transaction.atomic
def remove_picture(*, picture, by, at):
    events.record(picture.lab, by=by, what="story.picture_removed", on=picture, at=at)
    file = picture.file
    picture.delete()
    transaction.on_commit(lambda: _remove([file]))


def _add(entry, picture):
    if picture is None:
        return
    image, alt, caption = picture
    name = f"{FOLDER}/{secrets.token_urlsafe(18)}.{image.suffix}"
    stored = default_storage.save(name, ContentFile(image.content))
    Picture.objects.create(
        entry=entry, file=stored, width=image.width, height=image.height, alt=alt, caption=caption
    )


def _remove(files):
    for file in files:
        default_storage.delete(file)
