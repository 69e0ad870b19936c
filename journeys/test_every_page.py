"""What every page keeps to: few queries however many rows, and little to send."""

import gzip
import re

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from journeys.role_matrix import expected
from journeys.world import NOW, read
from qlabs.across.story.tests.factories import EntryFactory, PictureFactory
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.actions import keep_import
from qlabs.choose.ballots.models import Reason
from qlabs.choose.ballots.tests.factories import BallotFactory, closed_ballot, members, open_ballot
from qlabs.choose.themes.tests.factories import ThemeFactory

MOST_BYTES = 120 * 1024
TABLE = expected()


# Queries ---------------------------------------------------------------------


def roll(lab, count):
    members(count)
    return reverse("ballots:roll", args=[lab.slug, open_ballot(BallotFactory(lab=lab, breakdowns=[])).pk])


def reasons(lab, count):
    members(1)
    ballot = closed_ballot(open_ballot(BallotFactory(lab=lab, breakdowns=[])))
    for number in range(count):
        Reason.objects.create(ballot=ballot, choice="", text=f"Because {number}.")
    return reverse("ballots:reasons", args=[lab.slug, ballot.pk])


def themes_to_choose(lab, count):
    ThemeFactory.create_batch(count, lab=lab, shortlisted=True)
    return reverse("ballots:new", args=[lab.slug])


def pictures(lab, count):
    entry = EntryFactory(lab=lab)
    PictureFactory.create_batch(count, entry=entry)
    return reverse("story:edit", args=[lab.slug, entry.pk])


def refused_rows(lab, count):
    operator = lab.memberships.get().person
    operator.is_operator = True
    operator.save()
    rows = [{"row": number, "cells": ["x"], "reasons": {"0": "is wrong"}} for number in range(count)]
    imported = keep_import(
        source="X", filename="a.csv", headings=["Name"], rows=[], refused=rows, known=0, by=operator, at=NOW
    )
    return reverse("people:preview", args=[imported.pk])


def stages(lab, count):
    for key in ("frame", "understand", "generate")[:count]:
        lab.stage_dates.create(stage=key, opens_at=NOW)
    return reverse("lab:stages", args=[lab.slug])


@pytest.mark.django_db
@pytest.mark.parametrize("make", [roll, reasons, themes_to_choose, pictures, refused_rows, stages])
def test_a_list_costs_the_same_however_long(clock, client_as, make, django_assert_max_num_queries):
    costs = {}
    for count in (1, 3):
        lab = LabFactory(public=True, open="choose")
        lead = MembershipFactory(lab=lab, role=Role.LEAD).person
        address, client = make(lab, count), client_as(lead)
        with django_assert_max_num_queries(10) as captured:
            assert client.get(address).status_code == 200
        costs[count] = len(captured)
    assert costs[1] == costs[3]


# Weight ----------------------------------------------------------------------


def is_public(name, case):
    return TABLE[name, case, "GET"]["stranger"] == "200" and name != "ui:gallery"


def pieces(text, *, base=""):
    """Paths under static/ of all that a page, a style sheet or a script asks the browser to fetch."""
    yield from re.findall(r'(?:src|href)="/static/([^"?]+)', text)
    for path in re.findall(r'(?:from |import\s*\(?)"\./([^"]+)"|url\(["\']?([^"\')]+)', text):
        name = path[0] or path[1]
        if not name.startswith("data:"):
            yield name.removeprefix("/static/") if name.startswith("/") else base + name


def weight_of_static(path, seen):
    """Bytes of one static file, and of what it asks for, as they are sent."""
    if path in seen:
        return 0
    seen.add(path)
    with open(finders.find(path), "rb") as file:
        content = file.read()
    if not path.endswith((".css", ".js", ".svg", ".json")):
        return len(content)
    base = path.rpartition("/")[0] + "/"
    parts = pieces(content.decode(), base=base) if path.endswith((".css", ".js")) else ()
    return len(brotli.compress(content)) + sum(weight_of_static(part, seen) for part in parts)


@pytest.mark.django_db
def test_no_public_page_weighs_more_than_120_kb(world):
    weights = {}
    for (name, case), kwargs in world.addresses().items():
        if is_public(name, case):
            page = read(world.client("stranger").get(reverse(name, kwargs=kwargs)))
            if not page.startswith((b"\xff\xd8", b"{", b"#!")):
                seen = set()
                static = sum(weight_of_static(path, seen) for path in pieces(page.decode()))
                weights[name, case] = len(gzip.compress(page)) + static
    assert {place: weight for place, weight in weights.items() if weight > MOST_BYTES} == {}
    assert len(weights) > 20
    assert min(weights[place] for place in (("hub:home", ""), ("ballots:by_link", "open"))) > 20_000


test_no_public_page_weighs_more_than_120_kb = pytest.mark.django_db(
    test_no_public_page_weighs_more_than_120_kb
)
