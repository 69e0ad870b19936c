from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.housekeeping import forget

pytestmark = pytest.mark.django_db


@task
def note(word):
    return word


@pytest.mark.parametrize(
    ("status", "age", "kept"),
    [
        ("SUCCESSFUL", timedelta(minutes=59), True),
        ("SUCCESSFUL", timedelta(minutes=61), False),
        ("FAILED", timedelta(days=29), True),
        ("FAILED", timedelta(days=31), False),
        ("READY", timedelta(days=31), True),
    ],
)
def test_done_tasks_are_forgotten_and_waiting_ones_are_not(status, age, kept):
    at = timezone.now()
    note.enqueue("ada@example.org")
    DBTaskResult.objects.update(status=status, finished_at=at - age)
    forget(at=at)
    assert DBTaskResult.objects.exists() is kept


def test_an_ended_session_is_forgotten():
    at = timezone.now()
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=at - timedelta(seconds=1))
    Session.objects.create(session_key="b" * 32, session_data="", expire_date=at + timedelta(seconds=1))
    forget(at=at)
    assert [session.session_key for session in Session.objects.all()] == ["b" * 32]
