"""The vote page says in whose name a vote is cast, and one browser never shows the codes of who voted in it before."""

import pytest

from qlabs.base.people.models import Person
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots.models import RollEntry

from .factories import entries
from .reading import address, link_of, text

pytestmark = pytest.mark.django_db
OTHER = "is signed in in this browser"


@pytest.fixture
def morag(ballot):
    pk = entries(ballot)[0].pk
    Person.objects.filter(pk=RollEntry.objects.get(pk=pk).person_id).update(name="Morag Member-Thimble")
    return RollEntry.objects.select_related("person", "ballot").get(pk=pk)


def test_the_vote_page_says_in_whose_name_by_link_and_signed_in(ballot, morag, client, client_as):
    pages = client.get(link_of(morag)), client_as(morag.person).get(address("ballot", ballot))
    for page in pages:
        assert "You are voting as Morag Member-Thimble" in text(page)
        assert OTHER not in text(page)


def test_a_link_opened_while_somebody_else_is_signed_in_says_so_and_offers_to_sign_out(morag, client_as):
    page = client_as(PersonFactory(name="Ben Other")).get(link_of(morag))
    assert f"Ben Other {OTHER}" in text(page)
    assert "You are voting as Morag Member-Thimble" in text(page)
    assert page.content.decode().count('action="/account/logout/"') == 2


def test_codes_shown_without_scripts_are_gone_once_another_voter_opens_her_page(ballot, client):
    ann, ben, *_others = entries(ballot)
    client.post(link_of(ann), {"choice": ballot.options.first().public_id})
    client.post(link_of(ann, "confirm_by_link"))
    assert "shown in this browser for 10 minutes" in text(client.get(link_of(ann, "done_by_link")))
    client.get(link_of(ben))
    assert "shown in this browser for 10 minutes" not in text(client.get(link_of(ann, "done_by_link")))
