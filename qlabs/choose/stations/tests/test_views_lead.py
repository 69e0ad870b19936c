"""The lead sets stations up and prints cards; the log and every card's owner hear of it."""

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from qlabs.base.core.models import Event
from qlabs.base.people.tests.factories import PersonFactory
from qlabs.choose.ballots import letters as ballot_letters
from qlabs.choose.ballots import links as codes
from qlabs.choose.ballots.tests.factories import NOON, cast, entries
from qlabs.choose.ballots.tests.reading import text
from qlabs.choose.stations import actions, letters
from qlabs.choose.stations.models import Station
from qlabs.choose.stations.views.device import address

pytestmark = pytest.mark.django_db


def index_of(ballot):
    return reverse("stations:index", args=[ballot.lab.slug, ballot.pk])


def cards_of(station):
    return reverse("stations:cards", args=[station.lab.slug, station.pk])


def logged(what):
    return list(Event.objects.filter(what=what).values_list("by", "facts"))


def test_a_lead_comes_from_the_turnout_page_and_sets_a_station_up(ballot, lead, client_as):
    client = client_as(lead)
    status = client.get(reverse("ballots:status", args=["asthma", ballot.pk])).content.decode()
    assert f'href="{index_of(ballot)}"' in status
    page = client.post(index_of(ballot), {"place": "Ward 5", "hours": "4"}, follow=True)
    station = Station.objects.get()
    assert address(station) in page.content.decode()
    assert (station.place, (station.until - NOON).total_seconds()) == ("Ward 5", 4 * 3600)
    assert [(by, facts["ballot"]) for by, facts in logged("stations.set_up")] == [(lead.pk, ballot.pk)]


def test_a_station_takes_no_votes_after_the_vote(ballot, lead):
    station = actions.set_up(ballot=ballot, place="Ward 5", hours=0, by=lead, at=NOON)
    assert station.until == ballot.closes_at


def test_a_missing_place_is_asked_for_and_nothing_is_lost(ballot, lead, client_as):
    page = client_as(lead).post(index_of(ballot), {"place": "", "hours": "72"})
    assert "Enter where the device stands" in text(page)
    assert 'value="72" checked' in page.content.decode()
    assert Station.objects.count() == 0


def test_a_lead_closes_a_station_and_the_log_says_so(station, lead, client_as, client):
    client_as(lead).post(reverse("stations:close", args=["asthma", station.pk]))
    assert client.get(address(station)).status_code == 410
    assert [by for by, _facts in logged("stations.closed")] == [lead.pk]


@pytest.mark.parametrize("who", [None, "member", "other"])
def test_nobody_but_the_lead_prints_cards_or_sets_up_stations(station, client, client_as, who):
    person = entries(station.ballot)[0].person if who == "member" else PersonFactory()
    client = client_as(person) if who else client
    for page in (index_of(station.ballot), cards_of(station)):
        assert client.get(page).status_code in (302, 403)


def test_cards_show_names_codes_and_the_station_and_are_logged(
    station, lead, client_as, django_capture_on_commit_callbacks
):
    ann, ben, cas, *_others = entries(station.ballot)
    client = client_as(lead)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(cards_of(station), {"people": [ann.pk, ben.pk]})
    shown = text(page)
    for entry in (ann, ben):
        assert entry.person.name in shown
        assert codes.station_code(entry, station.ballot) in shown
    assert codes.station_code(cas, station.ballot) not in shown
    assert address(station) in shown
    assert "no-store" in page["Cache-Control"]
    assert [(by, facts["cards"], facts["for_people"]) for by, facts in logged("stations.cards_printed")] == [
        (lead.pk, 2, sorted([ann.person_id, ben.person_id]))
    ]
    task = DBTaskResult.objects.get(task_path__endswith="tell_of_cards")
    assert task.args_kwargs["args"] == [[ann.pk, ben.pk], lead.pk, lead.pk]


def test_pages_of_cards_say_the_risk(station, lead, client_as):
    client, pk = client_as(lead), entries(station.ballot)[0].pk
    for page in (client.get(cards_of(station)), client.post(cards_of(station), {"people": [pk]})):
        assert "Anyone who has a card can vote once in that person's name" in text(page).replace("&#39;", "'")


def test_the_page_of_cards_says_that_ticks_are_not_kept_by_a_search(station, lead, client_as):
    assert "before you search again or turn the page" in text(client_as(lead).get(cards_of(station)))


def test_the_page_of_cards_tells_nobody_who_has_voted(station, lead, client_as, client):
    ann, _ben, _cas, *_others = entries(station.ballot)
    before = text(client_as(lead).get(cards_of(station)))
    cast(ann, None, client=client)
    assert text(client_as(lead).get(cards_of(station))) == before
    assert codes.station_code(ann, station.ballot) in text(
        client.post(cards_of(station), {"people": [ann.pk]})
    )


@pytest.mark.parametrize("people", [[], ["x"], ["999999"]])
def test_a_card_needs_somebody_on_the_list(station, lead, client_as, people):
    page = client_as(lead).post(cards_of(station), {"people": people})
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert logged("stations.cards_printed") == []


def test_whoever_a_card_was_printed_for_hears_by_whom(station, lead):
    ann, ben, _cas, *_others = entries(station.ballot)
    letters.tell_of_cards.call([ann.pk, ben.pk], lead.pk)
    assert [letter.to for letter in mail.outbox] == [[ann.person.email], [ben.person.email]]
    words = mail.outbox[0].body
    assert f"{lead.name} has printed a card with your personal code" in words
    assert codes.station_code(ann, station.ballot) not in words


def test_the_code_stands_in_the_invitation_and_the_reminder(ballot):
    ann = entries(ballot)[0]
    ballot_letters.invite.call([ann.pk])
    ballot_letters.remind.call([ann.pk], 1)
    code = codes.station_code(ann, ballot)
    assert [code in letter.body for letter in mail.outbox] == [True, True]
