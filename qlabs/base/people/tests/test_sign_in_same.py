"""What a stranger learns before sign-in: nothing, neither from pages nor from what is done to make them."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from qlabs.base.core import seals
from qlabs.base.people import letters
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.people.tests.signing_in import CONFIRM, LOGIN, ask, passkey, sent_code, wrong

pytestmark = pytest.mark.django_db(transaction=True)


def shape(text):
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


STEPS = {
    "the sign-in page": lambda client, email: client.get(LOGIN),
    "asking": ask,
    "the code page": lambda client, email: client.get(CONFIRM),
    "the code page again": lambda client, email: client.get(CONFIRM),
    "the sign-in page meanwhile": lambda client, email: client.get(LOGIN),
    "a wrong code": wrong,
    "a passkey meanwhile": passkey,
    "a second wrong code": wrong,
    "a third wrong code": wrong,
    "the code page afterwards": lambda client, email: client.get(CONFIRM),
    "asking again": ask,
    "no code at all": lambda client, email: client.post(CONFIRM, {}),
    "a code of whom nobody is": lambda client, email: client.post(CONFIRM, {"code": sent_code()}),
}


def trace(email, step, client):
    """All that a stranger, or a reader of the database, could compare after one step."""
    with CaptureQueriesContext(connection) as captured:
        answer = STEPS[step](client, email)
    session = client.session
    return {
        "step": step,
        "status": answer.status_code,
        "headers": {
            name: sorted(value.split("; ")) for name, value in answer.headers.items() if name != "Expires"
        },
        "cookies": sorted((name, one["max-age"], len(one.value)) for name, one in answer.cookies.items()),
        "text": shape(answer.content.decode()).replace(email, "?"),
        "queries": [statement(query["sql"]) for query in captured],
        "session": shape_of(dict(session)),
        "size of session": len(json.dumps(dict(session))),
        "tasks": [
            (row.task_path, len(row.args_kwargs["args"][0]))
            for row in DBTaskResult.objects.order_by("enqueued_at")
        ],
    }


def statement(sql):
    return re.sub(r"'[^']*'|\b\d[\d.]*\b|\b[0-9a-f-]{32,36}\b", "?", sql)


def shape_of(value):
    """The names in a session at every depth, and the kinds of what they hold."""
    if isinstance(value, dict):
        return {name: shape_of(one) for name, one in value.items()}
    return type(value).__name__


def walk(email, steps, clock):
    client, traces = Client(REMOTE_ADDR="192.0.2.7"), []
    for step in steps:
        traces.append(trace(email, step, client))
        clock.shift(1)
    cache.clear()
    DBTaskResult.objects.all().delete()
    return traces


def test_every_step_before_sign_in_is_the_same_for_known_and_unknown_addresses(clock):
    PersonFactory(email="aaaaa@example.org")
    PersonFactory(email="ccccc@example.org", is_active=False)
    steps = [step for step in STEPS if step != "a code of whom nobody is"]
    walk("warm1@example.org", steps, clock)
    known, unknown, closed = (walk(f"{letter * 5}@example.org", steps, clock) for letter in "abc")
    for one, other, third in zip(known, unknown, closed, strict=True):
        assert one == other
        assert one == third
    assert [len(one["queries"]) > 0 for one in known if one["step"] != "the sign-in page"].count(False) == 0


def test_the_right_code_of_nobody_is_a_wrong_one(clock):
    walked = walk("bbbbb@example.org", ["asking"], clock)
    other = walk("bbbbb@example.org", ["asking", "a code of whom nobody is"], clock)
    assert walked[0]["text"] == other[0]["text"]
    assert "This is not the code we sent." in other[1]["text"]


def test_a_code_that_ran_out_ends_the_same_for_known_and_unknown_addresses(clock):
    PersonFactory(email="aaaaa@example.org")
    traces = []
    for email in ("warm1@example.org", "aaaaa@example.org", "bbbbb@example.org"):
        client = Client()
        ask(client, email)
        clock.shift(timedelta(seconds=601))
        traces.append([trace(email, step, client) for step in ("a wrong code", "the code page")])
        DBTaskResult.objects.all().delete()
    assert traces[1] == traces[2]


def test_no_email_is_sent_and_nobody_is_looked_up_while_the_page_is_made(mailoutbox):
    person = PersonFactory(email="a@example.org")
    with CaptureQueriesContext(connection) as captured:
        for email in (person.email, "nobody@example.org"):
            ask(Client(), email)
    assert [query["sql"] for query in captured if "people_person" in query["sql"]] == []
    assert DBTaskResult.objects.count() == 2
    assert mailoutbox == []


def test_whoever_has_the_address_gets_the_code_and_a_stranger_is_told(mailoutbox):
    for email in (PersonFactory().email, "nobody@example.org", PersonFactory(is_active=False).email):
        ask(Client(), email)
    code = json.loads(
        seals.unseal(letters.ASKED, DBTaskResult.objects.earliest("enqueued_at").args_kwargs["args"][0])
    )["code"]
    call_command("work", "--once")
    assert [mail.subject for mail in mailoutbox] == [
        f"{code} is your sign-in code",
        "You asked to sign in",
        "Your account at Q Labs is closed",
    ]


def test_a_code_that_could_not_be_sent_in_time_is_not_sent_at_all(mailoutbox, clock):
    ask(Client(), PersonFactory().email)
    clock.shift(timedelta(seconds=601))
    call_command("work", "--once")
    assert mailoutbox == []
