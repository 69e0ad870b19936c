"""Who rewrites all of the log is found by whoever kept a later head, and by nobody else."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qlabs.base.core import events
from qlabs.base.core.models import Chain, Event
from qlabs.base.core.verification import verify
from qlabs.base.lab.tests.factories import LabFactory

pytestmark = pytest.mark.django_db
AT = datetime(2017, 2, 1, 12, tzinfo=UTC)


def delete_the_newest(chain, keep=2):
    """Remove the newest events and set the head back."""
    Event.objects.filter(chain=chain, number__gt=keep).delete()
    last = Event.objects.filter(chain=chain).order_by("number").last()
    Chain.objects.filter(pk=chain.pk).update(number=last.number, hash=last.hash)


def delete_everything(chain):
    Event.objects.filter(chain=chain).delete()
    Chain.objects.filter(pk=chain.pk).delete()


def compute_anew(chain):
    """Change an early event and work out every hash after it."""
    previous = events.GENESIS
    for event in Event.objects.filter(chain=chain).order_by("number"):
        event.what = "core.never" if event.number == 2 else event.what
        event.previous = previous
        event.hash = previous = events.digest(event)
        event.save()
    Chain.objects.filter(pk=chain.pk).update(hash=previous)


@pytest.fixture(params=["installation", "lab"])
def chain(request):
    lab = LabFactory(slug="asthma") if request.param == "lab" else None
    for _ in range(4):
        events.record(lab, by=None, what="core.tried", at=AT)
    return Chain.objects.get(lab=lab)


def said(*words):
    out = StringIO()
    try:
        call_command("verify_log", *words, stdout=out)
    except CommandError as problem:
        return f"{out.getvalue()}FAILED: {problem}"
    return out.getvalue()


@pytest.mark.parametrize("attack", [delete_the_newest, delete_everything, compute_anew])
def test_a_rewritten_log_is_found_by_any_later_head_and_not_without_one(chain, attack):
    later = [event.hash for event in Event.objects.filter(chain=chain, number__gt=2)]
    attack(chain)
    assert verify() == []
    assert "FAILED" not in said()
    for head in later:
        assert f"{head}: NOT FOUND" in said(f"--head={head}")
        assert "FAILED: 1 of 1 heads is not in the log" in said(f"--head={head}")


def test_a_head_from_before_the_cut_is_still_found(chain):
    early = Event.objects.get(chain=chain, number=1).hash
    delete_the_newest(chain)
    where = "asthma" if chain.lab_id else "the installation"
    assert f"{early}: event 1 of {where}" in said(f"--head={early}")


def test_several_heads_are_asked_for_at_once_in_any_capitals(chain):
    heads = [event.hash for event in Event.objects.order_by("number")]
    answer = said(f"--head={heads[0].upper()}", f"--head={heads[3]}", f"--head={'ab' * 32}")
    assert [answer.count("event 1 of"), answer.count("event 4 of"), answer.count("NOT FOUND")] == [1, 1, 1]
    assert "FAILED: 1 of 3 heads" in answer


def test_an_untouched_log_is_told_chain_by_chain():
    lab = LabFactory(slug="asthma")
    events.record(None, by=None, what="core.tried", at=AT)
    events.record(lab, by=None, what="core.tried", at=AT)
    assert said() == (
        f"the installation: 1 events, none removed or changed. Head {events.head(None).hash}\n"
        f"asthma: 1 events, none removed or changed. Head {events.head(lab).hash}\n"
    )
    assert said("--lab=asthma") == (
        f"asthma: 1 events, none removed or changed. Head {events.head(lab).hash}\n"
    )


def test_asked_of_one_lab_a_head_of_another_chain_is_not_found():
    other = events.record(LabFactory(slug="other"), by=None, what="core.tried", at=AT)
    events.record(LabFactory(slug="asthma"), by=None, what="core.tried", at=AT)
    assert "NOT FOUND" in said("--lab=asthma", f"--head={other.hash}")
    assert "event 1 of other" in said("--lab=other", f"--head={other.hash}")


def test_a_lab_that_does_not_exist_is_said_so():
    assert said("--lab=nowhere") == "FAILED: There is no lab with the address nowhere."


def test_faults_are_named_with_their_chain(chain):
    Event.objects.filter(number=2).update(what="core.other")
    where = "asthma" if chain.lab_id else "the installation"
    assert said() == f"event 2 of {where}: was changed\nFAILED: 1 faults in the event log."
