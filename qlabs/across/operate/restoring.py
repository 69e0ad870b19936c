"""An archive back into an empty, migrated database of either kind: checked whole first, then all or nothing is kept.

Back-ups leave open ballot boxes out, and do not know who votes after them. Every vote that was open is stopped.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from qlabs.base.core import events
from qlabs.choose.ballots import actions, guards, queries

from .archives import MANIFEST, Damaged, checked, content, opened, private
from .backups import models

UNFIT = (DeserializationError, IntegrityError, DataError, ValidationError, ValueError)


class NotEmpty(Exception):
    """There is something already where the archive would go."""


def restore(path, *, at, unsigned=False):
    """Fill an empty, migrated database and media folder; (the Manifest, the votes that were stopped).

    unsigned: take an archive that no secret key of this installation has signed.
    """
    with opened(path) as archive:
        _refuse_unless_empty()
        manifest = checked(archive, tables=[model._meta.label_lower for model in models()])
        if not (manifest.is_ours or unsigned):
            raise Damaged(
                "The archive is not signed with this installation's secret key. Set QLABS_SECRET_KEY, or "
                "QLABS_OLD_SECRET_KEYS, to the key of the installation that wrote it. If that key is lost and you "
                "know where the archive has been, add --unsigned."
            )
        with _files_put_back(archive, manifest.files), transaction.atomic():
            _load_all(archive, manifest.tables)
            _record(archive, manifest, at=at)
            return manifest, stop_votes(at=at)


def _load_all(archive, tables):
    with connection.constraint_checks_disabled(), _guards_dismissed():
        for table in tables:
            try:
                _load(table, content(archive, table.member))
            except UNFIT as problem:
                raise Damaged(f"{table.member} holds a row that cannot be stored.") from problem
    try:
        connection.check_constraints()
    except IntegrityError as problem:
        raise Damaged("A row in the archive points to a row that is not in it.") from problem
    _reset_sequences()


def _load(table, lines):
    for row in serializers.deserialize("jsonl", lines.decode()):
        if row.object._meta.label_lower != table.name:
            raise Damaged(f"{table.member} holds a row of another table.")
        row.save()
    if apps.get_model(table.name)._base_manager.count() != table.rows:
        raise Damaged(f"{table.member} holds a row twice, or the database was not empty.")


@contextmanager
def _guards_dismissed():
    """Ballots that were open or declared come back as they were, which their guards would refuse."""
    with connection.cursor() as cursor:
        guards.dismiss(connection.vendor, cursor.execute)
        yield
        guards.post_all(connection.vendor, cursor.execute)


def _record(archive, manifest, *, at):
    """Whoever kept a later head than the back-up's finds here why it is not in the log."""
    mark = hashlib.sha256(content(archive, MANIFEST)).hexdigest()
    facts = {"manifest_sha256": mark, "signed": manifest.is_ours}
    events.record(None, by=None, what="operate.restored", at=at, **facts)


def stop_votes(*, at):
    """Stop every open vote, also one without any vote on its roll: whoever voted since could vote a second time."""
    because = _(
        "The server had to be restored from a back-up. Back-ups never hold the votes of an open vote, so any votes "
        "that were cast are lost."
    )
    return [actions.stop_ballot(ballot=ballot, because=because, at=at) for ballot in queries.open_now()]


@contextmanager
def _files_put_back(archive, files):
    """The media folder filled; emptied again if what follows fails."""
    root, written = Path(settings.MEDIA_ROOT), []
    try:
        for file in files:
            target = root / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "xb", opener=private) as place:
                written.append(target)
                place.write(content(archive, file.member))
        yield
    except BaseException:
        for target in written:
            target.unlink()
        raise


def _refuse_unless_empty():
    for model in models():
        if model._meta.label_lower.startswith("people.") and model.objects.exists():
            raise NotEmpty(
                f"{model._meta.verbose_name_plural} are here already; restore into a new database."
            )
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(path.is_file() for path in root.rglob("*")):
        raise NotEmpty(f"Files are in {root} already; restore into an empty media folder.")


def _reset_sequences():
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
