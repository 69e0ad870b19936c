"""A lab, its lead and an open vote, for the tests of pages. The clock stands at noon on the day the vote opened."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory

from .factories import BallotFactory, members, open_ballot


@pytest.fixture
def lab(clock):
    return LabFactory(slug="asthma", public=True, open="choose")


@pytest.fixture
def lead(lab):
    return MembershipFactory(lab=lab, role=Role.LEAD).person


@pytest.fixture
def ballot(lab):
    members(3, nation="wales")
    members(3)
    return open_ballot(BallotFactory(lab=lab, reason_prompt="Why?"))


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Do something and run the tasks it left: the emails that went."""

    def act(doing):
        mail.outbox.clear()
        before = set(DBTaskResult.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            doing()
        for row in DBTaskResult.objects.exclude(pk__in=before):
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        return list(mail.outbox)

    return act
