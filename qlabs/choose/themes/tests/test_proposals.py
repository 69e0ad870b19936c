"""Proposals close at a moment of their own, and a late one is kept."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from qlabs.base.lab.models import Membership, Role, StageDates
from qlabs.base.lab.tests.factories import LabFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.themes.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CLOSES = datetime(2017, 2, 1, 17, tzinfo=LONDON)
TYPED = {"token": "a-form-that-was-opened", "title": "Waiting well", "summary": "People wait for surgery."}


@pytest.fixture
def lab():
    lab = LabFactory(slug="asthma", public=True)
    StageDates.objects.create(lab=lab, stage="choose", opens_at=CLOSES - timedelta(days=30), closes_at=CLOSES)
    return lab


@pytest.fixture
def member():
    return PersonFactory(member=True)


@pytest.fixture
def lead(lab):
    person = PersonFactory(member=True)
    Membership.objects.create(lab=lab, person=person, role=Role.LEAD)
    return person


def stored(lab):
    return list(lab.themes.order_by("pk").values_list("title", "summary", "state"))


def address(name, lab):
    return reverse(f"themes:{name}", args=[lab.slug])


def test_proposals_close_before_their_stage_and_a_late_theme_is_kept_as_a_draft(
    lab, member, client_as, clock
):
    lab.stage_dates.update(proposals_close_at=CLOSES - timedelta(hours=1))
    client = client_as(member)
    propose, index = address("propose", lab), address("index", lab)
    assert "until <strong>Wednesday 1 February 2017, 4pm</strong>" in client.get(index).content.decode()
    clock.move_to(CLOSES - timedelta(hours=1))
    answer = client.post(propose, TYPED)
    page = answer.content.decode()
    assert (answer.status_code, stored(lab)) == (409, [(TYPED["title"], TYPED["summary"], State.DRAFT)])
    assert "Proposals closed on Wednesday 1 February 2017, 4pm." in page
    assert "we kept what you typed as a draft" in page
    assert "Proposals closed on Wednesday 1 February 2017, 4pm." in client.get(propose).content.decode()
    page = client.get(index).content.decode()
    assert f'href="{propose}"' not in page
    assert "Proposals closed on Wednesday 1 February 2017, 4pm." in page


def test_who_may_date_the_stage_finds_where_proposals_are_closed(lab, member, lead, client_as):
    link = 'href="/labs/asthma/stages/choose/"'
    assert link in client_as(lead).get(address("index", lab)).content.decode()
    assert link not in client_as(member).get(address("index", lab)).content.decode()


def test_a_proposer_sees_the_suitability_questions_unasked(lab, member, client_as, clock):
    page = client_as(member).get(address("propose", lab)).content.decode()
    assert '<details class="nhsuk-details" id="suitability" open>' in page
