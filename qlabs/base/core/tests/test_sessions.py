import json

import pytest
from django.apps import apps
from django.contrib.sessions.backends import db as djangos
from django.contrib.sessions.models import Session
from django.test import Client
from django_tasks_db.models import DBTaskResult

from qlabs.base.core import seals, sessions
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/account/profile/"


@pytest.fixture
def signed_in(client_as):
    client = client_as(PersonFactory())
    session = client.session
    session["word"] = "canary"
    session.save()
    return client


def open_with(key):
    client = Client()
    client.cookies["sessionid"] = key
    return client.get(PAGE).status_code


def test_the_cookie_signs_in_and_a_copy_of_the_table_does_not(signed_in):
    [row] = Session.objects.all()
    assert open_with(signed_in.cookies["sessionid"].value) == 200
    assert open_with(row.session_key) == 302
    assert signed_in.cookies["sessionid"].value not in (row.session_key, row.session_data)


def test_a_session_is_not_read_with_the_table_and_the_secret_key(signed_in):
    [row] = Session.objects.all()
    assert sessions.SessionStore(row.session_key).decode(row.session_data) == {}
    assert djangos.SessionStore().decode(row.session_data) == {}
    assert signed_in.session["word"] == "canary"


def test_a_session_written_for_another_row_opens_nothing(signed_in):
    mine = Client()
    mine.force_login(PersonFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    hers = Session.objects.get(session_key=sessions.row_key(signed_in.cookies["sessionid"].value))
    key = sessions.row_key(mine.cookies["sessionid"].value)
    Session.objects.filter(session_key=key).update(session_data=hers.session_data)
    assert mine.get(PAGE).status_code == 302


def test_a_session_opens_after_the_secret_key_was_changed(signed_in, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a newer key"
    assert signed_in.session["word"] == "canary"


@pytest.mark.parametrize("key", ["x" * 32, "\x00" * 32, "é" * 32, "x" * 500])
def test_a_key_that_nobody_has_opens_nothing(key):
    assert sessions.SessionStore(key).load() == {}


def test_a_session_that_ends_leaves_no_row(signed_in):
    signed_in.post("/account/logout/")
    assert not Session.objects.exists()


def test_the_upgrade_ends_sessions_and_forgets_codes(signed_in):
    from importlib import import_module

    path = "qlabs.base.people.letters."
    for name in ("sign_in_code", "invitations"):
        DBTaskResult.objects.create(
            task_path=path + name, args_kwargs={}, backend_name="default", traceback="ada@example.org"
        )
    import_module("qlabs.base.core.migrations.0008_end_open_sign_ins").end(apps, None)
    assert not Session.objects.exists()
    assert [(row.task_path, row.traceback) for row in DBTaskResult.objects.all()] == [
        (f"{path}invitations", "")
    ]


def test_what_is_sealed_for_one_purpose_is_not_read_for_another_nor_when_changed():
    sealed = seals.seal("one", json.dumps("canary"))
    assert "canary" not in sealed
    assert seals.unseal("one", sealed) == '"canary"'
    assert [seals.unseal("other", sealed), seals.unseal("one", sealed[:-3]), seals.unseal("one", "é")] == [
        None
    ] * 3


def test_what_is_sealed_for_some_seconds_is_not_read_later(clock):
    sealed = seals.seal("one", "canary")
    clock.shift(60)
    assert seals.unseal("one", sealed, seconds=60) == "canary"
    clock.shift(1)
    assert seals.unseal("one", sealed, seconds=60) is None
