"""What has to know the product's tables: pages of the big demo, people who propose, what was kept."""

import time
from datetime import timedelta
from importlib import import_module
from statistics import median

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qlabs.across.demo.content import names
from qlabs.across.operate.management.commands.proof_scene import told
from qlabs.base.lab import actions as labs
from qlabs.base.lab.models import Lab
from qlabs.base.people.models import Person
from qlabs.choose.ballots import actions as ballots
from qlabs.choose.ballots.models import Ballot, RollEntry, State
from qlabs.choose.themes.models import Theme

BACKEND = settings.AUTHENTICATION_BACKENDS[1]
WARM = 3
TITLE = "Last minute"


def measure_pages(*, times):
    """[[page, who, status, queries, CPU ms, wall ms, kB]]: medians of so many requests, after warming up."""
    return [[name, who, *_cost(_client(who), path, times)] for name, who, path in _pages()]


def _pages():
    declared, opened = (_newest(state) for state in (State.DECLARED, State.OPEN))
    lab = declared.lab.slug
    theme = Theme.objects.filter(lab=declared.lab, options__ballot=declared).first()
    yield "home", "stranger", reverse("hub:home")
    yield "labs", "stranger", reverse("hub:labs")
    yield "lab home", "stranger", reverse("hub:lab", args=[lab])
    yield "lab home", "lead", reverse("hub:lab", args=[lab])
    yield "themes", "member", reverse("themes:index", args=[lab])
    yield "theme", "member", reverse("themes:theme", args=[lab, theme.pk])
    yield "story", "stranger", reverse("story:index", args=[lab])
    yield "vote page", "member", reverse("ballots:ballot", args=[opened.lab.slug, opened.pk])
    yield "result", "stranger", reverse("ballots:ballot", args=[lab, declared.pk])
    yield "members", "operator", reverse("people:members")
    yield "waiting", "member", reverse("hub:waiting")


def _newest(state):
    return Ballot.objects.filter(state=state).select_related("lab").first()


def _client(who):
    """A browser of the demo's lead, operator or some member who has not voted yet; or of nobody."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if who != "stranger":
        client.force_login(_person(who), backend=BACKEND)
    return client


def _person(who):
    if who == "member":
        waiting = RollEntry.objects.filter(ballot=_newest(State.OPEN), has_key=False)
        return waiting.filter(person__is_operator=False, person__memberships=None).first().person
    return Person.objects.get(email={"lead": names.LEAD, "operator": names.OPERATOR}[who].email)


def _cost(client, path, times):
    for _ in range(WARM):
        response = client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
        queries = len(asked)
    spent = [_one(client, path) for _ in range(times)]
    cpu, wall = (median(column) for column in zip(*spent, strict=True))
    return response.status_code, queries, cpu * 1000, wall * 1000, len(response.content) / 1000


def _one(client, path):
    cpu, wall = time.process_time(), time.perf_counter()
    client.get(path)
    return time.process_time() - cpu, time.perf_counter() - wall


def plain_ballot(*, like):
    """Another ballot in the same lab without breakdowns, open to the same voters."""
    first, at = Ballot.objects.select_related("lab").get(pk=like), timezone.now()
    lead = Person.objects.get(email=names.LEAD.email)
    made = ballots.create_ballot(
        lab=first.lab, question="Which theme, plainly?", breakdowns=[], closes_at=first.closes_at, by=lead, at=at,
        options=[(f"Theme {number}", "") for number in range(5)],
    )  # fmt: skip
    return told(ballots.open_ballot(ballot=made, by=lead, at=at))


def burst_scene(*, proposers):
    """A public lab that takes themes, its pages, and that many signed-in members' cookies."""
    now = timezone.now()
    lab = Lab.objects.filter(is_public=True, archived_at=None).order_by("-pk").first()
    dates = {"choose": (now - timedelta(days=1), now + timedelta(days=1))}
    labs.set_stage_dates(lab=lab, dates=dates, by=Person.objects.get(email=names.LEAD.email), at=now)
    members = Person.objects.filter(joined_at__isnull=False, is_active=True).order_by("-pk")[:proposers]
    themes = Theme.objects.filter(lab=lab, submitted_at__isnull=False)[:5]
    return {
        "propose": reverse("themes:propose", args=[lab.slug]),
        "titles": [f"{TITLE} {number}" for number in range(proposers)],
        "sessions": [_session(person) for person in members],
        "pages": [
            reverse("themes:index", args=[lab.slug]),
            reverse("hub:lab", args=[lab.slug]),
            *(reverse("themes:theme", args=[lab.slug, theme.pk]) for theme in themes),
        ],
    }


def upload_scene():
    """The pages of the burst, and where files go: (address, name of the field, cookie) by the file's ending."""
    lead = Person.objects.get(email=names.LEAD.email)
    lab = Lab.objects.filter(memberships__person=lead, memberships__role="lead", archived_at=None).first()
    operator = _session(Person.objects.get(email=names.OPERATOR.email))
    return {
        "pages": burst_scene(proposers=1)["pages"],
        "xlsx": [reverse("people:import"), "file", operator],
        "png": [reverse("story:write", args=[lab.slug]), "picture", _session(lead)],
    }


def _session(person):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def proposed():
    """The titles of the burst that really became themes, once each."""
    kept = Theme.objects.filter(title__startswith=TITLE, submitted_at__isnull=False)
    return sorted(kept.values_list("title", flat=True))
