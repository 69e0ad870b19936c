import pytest

from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import LabFactory, MembershipFactory
from qlabs.base.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return LabFactory(slug="asthma", title="Asthma in schools", public=True, open="choose")


PAGES = ("/labs/asthma/", "/labs/asthma/themes/", "/labs/asthma/ballots/", "/labs/asthma/story/")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_lab_says_where_the_lab_stands_and_leads_to_its_places(client, lab, address):
    page = client.get(address).content.decode()
    assert "labs-lab labs-stage--choose" in page
    assert "Stage 1 of 6" in page
    assert all(f'<a href="{place}"' in page for place in PAGES)
    assert page.count(f'<a href="{address}" aria-current="page">') == 2  # tabs, and their fold on a phone


def test_the_team_has_a_tab_of_its_own(client_as, client, lab):
    assert "For the team" not in client.get("/labs/asthma/story/").content.decode()
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person
    assert "For the team" in client_as(lead).get("/labs/asthma/story/").content.decode()


def test_the_trail_above_a_page_does_not_repeat_the_tabs(client, lab):
    assert "nhsuk-breadcrumb" not in client.get("/labs/asthma/story/").content.decode()


def test_a_public_page_has_a_title_words_and_a_picture_for_link_previews(client, lab):
    page = client.get("/labs/asthma/story/").content.decode()
    assert '<meta property="og:title" content="The story so far – Asthma in schools">' in page
    assert "images/drawings/choose" in page
    assert '<meta property="og:description" content="' in page


def test_a_private_lab_has_no_link_preview(client_as):
    lab = LabFactory(slug="quiet", title="Quiet", public=False, open="choose")
    lead = MembershipFactory(lab=lab, role=Role.LEAD, person=PersonFactory(member=True)).person
    assert "og:" not in client_as(lead).get("/labs/quiet/").content.decode()
