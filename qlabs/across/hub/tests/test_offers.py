"""What a lab's page offers: to propose a theme, and to print cards that somebody else asked for."""

from datetime import datetime

import pytest

from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.base.ui.words import LONDON
from qlabs.choose.ballots.tests.factories import NOON, BallotFactory, open_ballot
from qlabs.choose.stations import actions as stations

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hour", "is_open"), [(13, True), (12, False)])
def test_a_labs_page_offers_to_propose_a_theme_until_proposals_close(clock, client_as, hour, is_open):
    lab = LabFactory(slug="asthma", public=True, open="choose")
    lab.stage_dates.update(proposals_close_at=datetime(2017, 2, 1, hour, tzinfo=LONDON))
    page = client_as(PersonFactory(member=True)).get("/labs/asthma/").content.decode()
    assert ('href="/labs/asthma/themes/propose/"' in page) == is_open
    assert ("You can propose a theme until Wednesday 1 February 2017, 1pm." in page) == is_open
    assert ("Proposals closed on Wednesday 1 February 2017, midday." in page) != is_open


def test_cards_that_were_asked_for_wait_for_somebody_else_on_the_team(clock, client_as):
    lab = LabFactory(slug="asthma", public=True, open="choose")
    lead, coach = (MembershipFactory(lab=lab, role=role).person for role in ("lead", "coach"))
    station = stations.set_up(
        ballot=open_ballot(BallotFactory(lab=lab)), place="Room", hours=2, by=lead, at=NOON
    )
    pks = [entry.pk for entry in station.ballot.roll.all()]
    stations.ask_for_cards(station=station, pks=pks, by=lead, at=NOON)
    order = stations.ask_for_cards(station=station, pks=pks, by=lead, at=NOON)
    link = f'href="/labs/asthma/card-orders/{order.pk}/"'
    assert link in client_as(coach).get("/labs/asthma/").content.decode()
    assert link not in client_as(lead).get("/labs/asthma/").content.decode()
