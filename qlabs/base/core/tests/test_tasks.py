import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from qlabs.base.core import logs, tasks
from qlabs.base.core.management.commands import work

ran = []


@task
def note(word):
    ran.append(word)


@task
def fail_once(word):
    ran.append(word)
    if ran.count(word) < 2:
        raise ConnectionError(word)


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


@pytest.mark.django_db(transaction=True)
def test_a_task_runs_only_when_its_transaction_commits():
    with pytest.raises(LookupError), transaction.atomic():
        tasks.later(note, "rolled back")
        raise LookupError
    with transaction.atomic():
        tasks.later(note, "committed")
    call_command("work", "--once")
    assert ran == ["committed"]


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_is_tried_again_only_after_its_wait():
    fail_once.enqueue("letter")
    call_command("work", "--once")
    tasks.revive(at=timezone.now())
    call_command("work", "--once")
    assert ran == ["letter"]
    tasks.revive(at=timezone.now() + timedelta(seconds=31))
    DBTaskResult.objects.update(run_after=timezone.now())
    call_command("work", "--once")
    assert ran == ["letter", "letter"]
    assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


@pytest.mark.django_db
def test_each_wait_is_twice_the_one_before():
    note.enqueue("x")
    end = timezone.now()
    DBTaskResult.objects.update(status="FAILED", finished_at=end, worker_ids=["a", "b", "c"])
    tasks.revive(at=end + timedelta(seconds=119))
    assert DBTaskResult.objects.get().status == "FAILED"
    tasks.revive(at=end + timedelta(seconds=120))
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.django_db
def test_a_task_is_given_up_after_fourteen_attempts():
    note.enqueue("x")
    DBTaskResult.objects.update(
        status="FAILED", finished_at=timezone.now(), worker_ids=list("abcdefghijklmn")
    )
    tasks.revive(at=timezone.now() + timedelta(days=30))
    assert DBTaskResult.objects.get().status == "FAILED"


@task
def complain(address):
    raise ConnectionError(f"{address} was refused\nby the relay")


@pytest.mark.django_db(transaction=True)
def test_what_a_task_was_called_with_is_forgotten_when_it_is_done():
    note.enqueue("ada@example.org", extra="canary")
    note.enqueue("ada@example.org")
    call_command("work", "--once")
    rows = DBTaskResult.objects.order_by("enqueued_at")
    assert [row.args_kwargs["args"] for row in rows] == [["ada@example.org"], []]
    assert [row.status for row in rows] == ["FAILED", "SUCCESSFUL"]  # the first takes no extra


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_keeps_its_words_for_the_next_attempt_and_loses_them_after_the_last():
    complain.enqueue("ada@example.org")
    call_command("work", "--once")
    row = DBTaskResult.objects.get()
    assert row.args_kwargs["args"] == ["ada@example.org"]
    DBTaskResult.objects.update(status="READY", worker_ids=list("abcdefghijklm"), run_after=timezone.now())
    call_command("work", "--once")
    row.refresh_from_db()
    assert row.args_kwargs == {"args": [], "kwargs": {}, "given_up": True}


@pytest.mark.django_db(transaction=True)
def test_a_failure_leaves_the_places_of_the_error_and_none_of_its_words():
    complain.enqueue("ada@example.org")
    call_command("work", "--once")
    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "builtins.ConnectionError"
    assert "test_tasks.py" in row.traceback
    assert [word for word in ("ada@example.org", "relay") if word in row.traceback] == []


@pytest.mark.django_db
def test_a_task_whose_worker_died_is_queued_again():
    note.enqueue("x")
    start = timezone.now()
    DBTaskResult.objects.update(status="RUNNING", started_at=start)
    tasks.revive(at=start + timedelta(minutes=9))
    assert DBTaskResult.objects.get().status == "RUNNING"
    tasks.revive(at=start + timedelta(minutes=10))
    assert DBTaskResult.objects.get().status == "READY"


# Faults -----------------------------------------------------------------------


@pytest.fixture
def watched(monkeypatch):
    """Three watches, of which the second has a fault, and the list of those that were called."""
    called = []

    def second(*, at):
        called.append("second")
        raise FAULTS.pop()

    watches = [lambda *, at: called.append("first"), second, lambda *, at: called.append("third")]
    monkeypatch.setattr(tasks, "_watches", watches)
    return called


FAULTS = []


@pytest.mark.parametrize("fault", [ValueError("ada@example.org"), OperationalError("ada@example.org")])
@pytest.mark.django_db(transaction=True)
def test_a_fault_in_one_watch_stops_neither_the_others_nor_the_tasks(watched, fault, caplog):
    FAULTS.append(fault)
    note.enqueue("letter")
    with caplog.at_level(logging.ERROR, logger="qlabs"):
        call_command("work", "--once")
    assert (watched, ran) == (["first", "second", "third"], ["letter"])
    [line] = [logs.Line().format(record) for record in caplog.records if record.name.startswith("qlabs")]
    assert f"[{type(fault).__name__} at " in line
    assert "test_tasks.py" in line
    assert "ada@example.org" not in line


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_reviving_tasks_or_in_running_them_stops_nothing_else(watched, monkeypatch, caplog):
    FAULTS.append(ValueError())

    def broken(*_args, **_facts):
        raise ValueError

    monkeypatch.setattr(tasks, "revive", broken)
    monkeypatch.setattr(work, "_drain", broken)
    call_command("work", "--once")
    assert (watched, len(caplog.records)) == (["first", "second", "third"], 3)


@pytest.mark.django_db
def test_one_row_with_a_fault_does_not_hold_up_the_rows_after_it(caplog):
    done = []

    def divide(*, number):
        done.append(1 // number)

    for number in (1, 0, 1):
        tasks.apart(divide, number=number)
    assert (done, len(caplog.records)) == ([1, 1], 1)


def test_who_stops_the_worker_stops_it():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tasks.apart(interrupted)
