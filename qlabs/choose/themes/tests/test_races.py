"""The last minute: many people at once, and one form sent by many hands, lose and double nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.themes.models import Theme

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.ON_POSTGRES,
        reason="SQLite in memory has no writers at once; the benchmark's burst runs on an SQLite file",
    ),
]
PLACE = "/labs/asthma/themes/propose/"


def send(job):
    person, token, title = job
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    try:
        return client.post(PLACE, {"token": token, "title": title, "summary": "In short."}).status_code
    finally:
        connections.close_all()


def sent(jobs):
    with ThreadPoolExecutor(8) as hands:
        return list(hands.map(send, jobs))


def test_a_hundred_proposals_at_once_are_all_kept():
    LabFactory(slug="asthma", public=True, open="choose")
    jobs = [(PersonFactory(member=True), f"form-number-{n:08}", f"Theme {n:03}") for n in range(100)]
    assert sent(jobs) == [302] * 100
    assert sorted(Theme.objects.values_list("title", flat=True)) == [title for *_, title in jobs]


def test_one_form_sent_eight_times_at_once_is_one_theme():
    LabFactory(slug="asthma", public=True, open="choose")
    person = PersonFactory(member=True)
    assert sent([(person, "one-form-sent-by-many", "Waiting well")] * 8) == [302] * 8
    assert list(Theme.objects.values_list("title", "state")) == [("Waiting well", "proposed")]
