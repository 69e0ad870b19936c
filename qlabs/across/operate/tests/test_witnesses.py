"""Each morning the newest hashes of the log go to people elsewhere."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from qlabs.across.operate import witnesses
from qlabs.base.core import events
from qlabs.base.core.models import Event
from qlabs.base.core.verification import place_of, verify
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.ui.words import LONDON

MORNING = datetime(2017, 2, 1, 8, 5, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _two_witnesses(settings):
    settings.WITNESSES = ["ann@trust.example", "ben@charity.example"]


def sent():
    return Event.objects.filter(what="core.heads_sent")


@pytest.mark.django_db
def test_nothing_goes_before_eight_in_the_morning():
    witnesses.tell_daily(at=MORNING.replace(hour=7))
    assert not sent().exists()


@pytest.mark.django_db
def test_heads_go_once_a_day(django_capture_on_commit_callbacks):
    for at in (MORNING, MORNING.replace(hour=22), MORNING.replace(day=2)):
        witnesses.tell_daily(at=at)
    assert [(event.at, event.facts) for event in sent()] == [
        (MORNING, {"witnesses": 2}),
        (MORNING.replace(day=2), {"witnesses": 2}),
    ]


@pytest.mark.django_db
def test_without_witnesses_the_labs_are_anchored_all_the_same(settings):
    settings.WITNESSES = []
    lab = LabFactory()
    events.record(lab, by=None, what="lab.updated", at=MORNING)
    witnesses.tell_daily(at=MORNING)
    assert not sent().exists()
    assert Event.objects.get(what="core.heads_anchored").facts["heads"][0][:2] == [lab.pk, 1]
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_each_witness_gets_the_installations_head_and_those_of_public_labs(postbox, clock):
    shown = LabFactory(slug="asthma", title="Asthma care", public=True)
    hidden = LabFactory(slug="secret", title="A private lab")
    for lab in (shown, hidden):
        events.record(lab, by=None, what="lab.updated", at=MORNING)
    witnesses.tell_daily(at=MORNING)
    call_command("work", "--once")
    assert [letter["X-Envelope-To"] for letter in postbox.letters] == [
        "ann@trust.example",
        "ben@charity.example",
    ]
    [letter] = postbox.to("ann@trust.example")
    text = letter.get_content().replace("\r\n", "\n")
    assert letter["Subject"] == "The log of Q Labs on Wednesday 1 February 2017: please keep this email"
    assert f"--head {sent().get().hash}" in text
    assert place_of(sent().get().hash).number == 2
    assert "one of 2 witnesses" in text
    assert f"Asthma care, entry 1:\n{events.head(shown).hash}" in text
    assert "private" not in text
    assert events.head(hidden).hash not in text


@pytest.mark.django_db(transaction=True)
def test_a_witness_taken_off_meanwhile_gets_nothing(postbox, settings, clock):
    witnesses.tell_daily(at=MORNING)
    settings.WITNESSES = ["ann@trust.example"]
    call_command("work", "--once")
    assert [letter["X-Envelope-To"] for letter in postbox.letters] == ["ann@trust.example"]
    assert "@" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
