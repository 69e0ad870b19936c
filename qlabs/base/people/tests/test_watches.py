from datetime import timedelta

import pytest

from qlabs.base.people import actions, watches
from qlabs.base.people.models import Import
from qlabs.base.people.tests.factories import JOINED, PersonFactory

pytestmark = pytest.mark.django_db


def kept(at):
    rows = [{"name": "Ann", "email": "a@x.org"}]
    refused = [{"row": 3, "cells": ["Bob"], "reasons": {"0": "x"}}]
    return actions.keep_import(
        source="X",
        filename="x.csv",
        headings=["Name"],
        rows=rows,
        refused=refused,
        known=0,
        by=PersonFactory(),
        at=at,
    )


def test_a_list_is_forgotten_after_a_week_and_not_before(client_as):
    imported = kept(JOINED)
    watches.forget_old_lists(at=JOINED + timedelta(days=7, seconds=-1))
    assert len(Import.objects.get().rows) == 1
    for _time in range(2):
        watches.forget_old_lists(at=JOINED + timedelta(days=7))
    left = Import.objects.get()
    assert (left.rows, left.refused, left.filename, left.refused_rows) == ([], [], "", 1)
    assert client_as(PersonFactory(operator=True)).get(f"/people/import/{imported.pk}/").status_code == 404


def test_a_fault_with_one_list_holds_up_no_other(monkeypatch):
    lists, tried = [kept(JOINED), kept(JOINED)], []

    def breaking(*, imported, at):
        tried.append(imported.pk)
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "forget_import", breaking)
    watches.forget_old_lists(at=JOINED + timedelta(days=7))
    assert sorted(tried) == [imported.pk for imported in lists]
