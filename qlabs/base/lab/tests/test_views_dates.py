"""When proposals close, and who is invited to the team."""

from datetime import datetime

import pytest

from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.people.tests.factories import InvitationFactory, PersonFactory
from qlabs.base.ui.words import LONDON

from .factories import LabFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lead():
    return PersonFactory()


@pytest.fixture
def lab(lead):
    return LabFactory(slug="asthma", public=True, lead=lead, closed="choose")


@pytest.fixture
def web(client_as, lead, lab):
    return client_as(lead)


def moments(**given):
    days = {"opens_at": 1, "closes_at": 20} | given
    return {
        f"{name}-{part}": value
        for name, day in days.items()
        for part, value in (("day", str(day)), ("month", "3"), ("year", "2017"), ("time", "5pm"))
    }


def test_the_lead_sets_until_when_themes_can_be_proposed(web, lab):
    address = "/labs/asthma/stages/choose/"
    assert (
        "Enter a time before the stage closes"
        in web.post(address, moments(proposals_close_at=21)).content.decode()
    )
    assert (
        "Enter an end that is after the start"
        in web.post(address, moments(proposals_close_at=1)).content.decode()
    )
    web.post(address, moments(proposals_close_at=10))
    row = lab.stage_dates.get(stage="choose")
    assert row.proposals_close_at.isoformat() == "2017-03-10T17:00:00+00:00"
    assert Event.objects.get(what="lab.stages_dated").facts["after"]["choose"][2] == "2017-03-10T17:00+00:00"
    assert "Proposals close" in web.get(address).content.decode()
    assert "Proposals close" not in web.get("/labs/asthma/stages/frame/").content.decode()


def test_who_is_invited_stands_with_role_and_buttons(web, lab, lead, clock):
    asked = InvitationFactory(
        lab=lab, purpose="lab", role=Role.COACH, invited_at=datetime(2017, 1, 24, 12, tzinfo=LONDON)
    )
    fresh = InvitationFactory(
        lab=lab, purpose="lab", role=Role.FUNDER, invited_at=datetime(2017, 1, 31, 12, tzinfo=LONDON)
    )
    page = web.get("/labs/asthma/team/").content.decode()
    assert f"{asked.name}, QI coach" in page
    assert f"{fresh.name}, Funder" in page
    for name in ("remind", "cancel"):
        assert f'action="/labs/asthma/invitations/{asked.pk}/{name}/"' in page
    assert f'action="/labs/asthma/invitations/{fresh.pk}/remind/"' not in page
    assert "You can send it again from Tuesday 7 February 2017." in page
