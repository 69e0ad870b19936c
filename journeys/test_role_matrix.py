"""Every url x every role, against a table that was read by a person: journeys/role_matrix.csv.

`python -m journeys.role_matrix` writes the table anew; read what changed before you commit it.
A cell is the status, "sign-in" where a stranger is sent to sign in, "again" where she has to prove who she is once
more, and "on" for any other redirect.
"""

import csv
import json
import os
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from journeys.role_matrix import TABLE, WRITE, expected
from journeys.world import ROLES, patterns, read, undone

HEAD = ("url", "case", "method", *ROLES)
JSON = {"content_type": "application/json", "data": "{}"}
KEPT_BY_SESSIONS = ('"django_session"', '"core_cache"')
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
SOME_ROLES = ("stranger", "member", "lead", "other-lead", "operator")

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("role_matrix")]


EXPECTED = expected()
PLACES = sorted({key[:2] for key in EXPECTED})


@contextmanager
def writes_noted():
    """A list that fills with the statements that write anything but a session."""
    seen = []

    def note(execute, sql, params, many, context):
        if sql.startswith(WRITING) and not any(table in sql for table in KEPT_BY_SESSIONS):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def ask(world, role, method, name, kwargs):
    """One request, whose writes are taken back; the response and what was written."""
    cache.clear()  # it counts tries
    with undone(), writes_noted() as written:
        response = getattr(world.client(role), method.lower())(reverse(name, kwargs=kwargs))
        read(response)
    return response, written


def cell(response):
    if response.status_code not in (301, 302):
        return str(response.status_code)
    if response.url.startswith("/account/login/"):
        return "sign-in"
    return "again" if "reauthenticate" in response.url else "on"


def observed(world, method, name, kwargs):
    """{role: cell}; looking must not write."""
    found = {role: ask(world, role, method, name, kwargs) for role in ROLES}
    assert method == "POST" or {role: written for role, (_answer, written) in found.items() if written} == {}
    return {role: cell(answer) for role, (answer, _written) in found.items()}


# The table -------------------------------------------------------------------


@pytest.mark.skipif(WRITE in os.environ, reason="the table is being written")
def test_every_url_has_its_rows(world):
    wanted = {(*place, method) for place in world.addresses() for method in ("GET", "POST")}
    assert set(EXPECTED) == wanted
    assert {key[0] for key in EXPECTED} == {name for name, _converters in patterns()}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("name", "case"), PLACES)
def test_everybody_gets_what_the_table_says(world, name, case, method):
    wanted = EXPECTED[name, case, method]
    assert observed(world, method, name, world.addresses()[name, case]) == wanted
    assert "500" not in wanted.values()


@pytest.mark.skipif(WRITE not in os.environ, reason="only when asked for")
def test_write_the_table(world):
    rows = [
        {"url": name, "case": case, "method": method, **observed(world, method, name, kwargs)}
        for (name, case), kwargs in sorted(world.addresses().items())
        for method in ("GET", "POST")
    ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# What holds for every url ----------------------------------------------------


@pytest.mark.parametrize("method", ["HEAD", "PUT"])
@pytest.mark.parametrize(("name", "case"), [place for place in PLACES if "private" not in place[1]])
def test_other_methods_neither_write_nor_break(world, name, case, method):
    kwargs = world.addresses()[name, case]
    found = {role: ask(world, role, method, name, kwargs) for role in ("stranger", "lead", "operator")}
    assert {role: written for role, (_answer, written) in found.items() if written} == {}
    assert all(answer.status_code < 500 for answer, _written in found.values())


@pytest.mark.parametrize(
    ("name", "converters"),
    [(name, kinds) for name, kinds in patterns() if "slug" in kinds and {"pk", "position"} & set(kinds)],
)
def test_a_row_of_another_lab_is_not_found_here(world, name, converters):
    found = {
        ask(world, role, method, name, kwargs)[0].status_code
        for kwargs in world.swapped(name, converters)
        for role in SOME_ROLES
        for method in ("GET", "POST")
    }
    assert found <= {404, 405}


@pytest.mark.parametrize(("name", "case"), [place for place in PLACES if "private" not in place[1]])
def test_nothing_is_written_without_the_forms_token(world, name, case):
    if name == "ballots:box":
        return  # it knows nobody, so there is nothing to forge
    address = reverse(name, kwargs=world.addresses()[name, case])
    with undone():
        assert world.client("lead", enforce_csrf_checks=True).post(address).status_code in (403, 404, 405)


def test_the_box_takes_no_cookie_and_sets_none(world):
    kwargs = world.addresses()["ballots:box", ""]
    with undone():
        answer = world.client("member").post(reverse("ballots:box", kwargs=kwargs), **JSON)
    assert (answer.status_code, json.loads(answer.content)["error"], len(answer.cookies)) == (
        400,
        "malformed",
        0,
    )
