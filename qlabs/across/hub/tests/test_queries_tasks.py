"""The queue as operators see it."""

from datetime import datetime, timedelta
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest
from django.apps import apps
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from qlabs.across.hub import queries
from qlabs.across.hub.queries.tasks import NAMES
from qlabs.base.ui.words import LONDON

AT = datetime(2017, 2, 15, 12, tzinfo=LONDON)


def task(**facts):
    facts = {"task_path": "qlabs.x.letters.send", "args_kwargs": {}, "backend_name": "default", **facts}
    row = DBTaskResult.objects.create(**facts)
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=facts.get("enqueued_at", AT))
    return row


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "facts", "stuck"),
    [
        (14, {}, False),
        (16, {}, True),
        (16, {"status": "SUCCESSFUL"}, False),
        (16, {"run_after": AT + timedelta(hours=1)}, False),
    ],
)
def test_tasks_are_stuck_when_one_is_long_due(minutes, facts, stuck):
    task(enqueued_at=AT - timedelta(minutes=minutes), **facts)
    assert queries.are_stuck(AT) is stuck


@pytest.mark.django_db
def test_the_queue_counts_what_stands_alike_newest_first():
    """Two waiting, one failed of the same kind, one of a kind without a name; what is done is not listed."""
    path, hour = "qlabs.choose.ballots.letters.invite", timedelta(hours=1)
    waiting = {task(task_path=path, enqueued_at=AT - hour * back).pk for back in (2, 3)}
    failed = task(task_path=path, enqueued_at=AT - hour, status="FAILED", exception_class_path="a.b.Down")
    other = task()
    task(status="SUCCESSFUL")
    found = [queries.described(row) for row in queries.queued()]
    assert found[2].pk in waiting
    assert [(one.name, one.status, one.count, one.first, one.last, one.error) for one in found] == [
        ("qlabs.x.letters.send", "READY", 1, AT, AT, ""),
        ("Invitations to vote", "FAILED", 1, AT - hour, AT - hour, "Down"),
        ("Invitations to vote", "READY", 2, AT - 3 * hour, AT - 2 * hour, ""),
    ]
    assert [found[0].pk, found[1].pk] == [other.pk, failed.pk]
    assert [row["status"] for row in queries.queued(state="failed")] == ["FAILED"]
    assert {row["status"] for row in queries.queued(state="waiting")} == {"READY"}


@pytest.mark.django_db
def test_a_task_that_was_given_up_is_not_tried_again_with_those_like_it():
    facts = {"status": "FAILED", "exception_class_path": "a.b.Down"}
    given_up, failed = task(args_kwargs={"args": [], "kwargs": {}, "given_up": True}, **facts), task(**facts)
    assert sorted((one.is_given_up, one.count) for one in map(queries.described, queries.queued())) == [
        (False, 1),
        (True, 1),
    ]
    assert set(queries.alike(given_up)) == set(queries.alike(failed)) == {failed}


def test_no_task_is_called_with_a_code_a_link_or_an_address():
    """What names a person is her number; the one task that needs an address has it sealed."""
    names = {
        name
        for app in apps.get_app_configs()
        for one in _tasks(app)
        for name in signature(one.func).parameters
    }
    assert (
        names & {"email", "emails", "address", "code", "token", "link", "nonce", "name", "key", "secret"}
        == set()
    )
    assert "asked" in names


def test_every_task_has_a_name_that_people_say():
    written = {one.module_path for app in apps.get_app_configs() for one in _tasks(app)}
    assert written == set(NAMES)
    assert len(written) >= 10


def _tasks(app):
    """The tasks of one of our apps: they are written in letters, and in actions that finish later."""
    if app.name.startswith("qlabs."):
        files = [*Path(app.path).glob("letters.py"), *Path(app.path).glob("actions*/**/*.py")]
        for name in [".".join(file.relative_to(app.path).with_suffix("").parts) for file in files]:
            module = import_module(f"{app.name}.{name}")
            yield from (one for one in vars(module).values() if isinstance(one, Task))
