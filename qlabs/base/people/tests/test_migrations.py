"""Members, lists and invitations from before ways of joining were kept."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qlabs.base.people.models import Import, Invitation, Person

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("people", name)])
    return executor.loader.project_state([("people", name)]).apps


def test_what_is_known_from_before_is_told_as_from_before():
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("people")[0][1]
    apps = migrate("0004_address_changes")
    people, lists, invitations = (
        apps.get_model("people", name) for name in ("Person", "Import", "Invitation")
    )
    member = people.objects.create(name="Mo", email="m@x.org", joined_at=AT)
    guest = people.objects.create(name="Gwen", email="g@x.org")
    for name, moment in (("confirmed", AT), ("waiting", None)):
        lists.objects.create(by=member, filename=name, uploaded_at=AT, confirmed_at=moment)
    for person in (member, guest):
        invitations.objects.create(person=person, nonce="x", invited_at=AT, expires_at=AT)
    migrate(newest)
    assert dict(Person.objects.values_list("name", "joined_how")) == {"Mo": "before", "Gwen": ""}
    assert set(Import.objects.values_list("filename", "source", "confirmed_how", "confirmed_by")) == {
        ("confirmed", "Imported before sources were kept", "before", member.pk),
        ("waiting", "", "", None),
    }
    assert set(Invitation.objects.values_list("name", "email")) == {("Mo", "m@x.org"), ("Gwen", "g@x.org")}
