"""More than a few cards need two members of the team, and everybody concerned hears of each card."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse

from qlabs.base.core.errors import Conflict
from qlabs.base.core.models import Event
from qlabs.base.lab.models import Role
from qlabs.base.lab.tests.factories import MembershipFactory
from qlabs.choose.ballots import links as codes
from qlabs.choose.ballots.tests.factories import NOON, BallotFactory, entries, members, open_ballot
from qlabs.choose.ballots.tests.reading import text
from qlabs.choose.stations import actions, letters, links
from qlabs.choose.stations.models import CardOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(lab):
    members(8)
    return open_ballot(BallotFactory(lab=lab))


@pytest.fixture
def colleague(lab, station):
    return MembershipFactory(lab=lab, role=Role.RESEARCHER).person


@pytest.fixture
def six(station):
    return [entry.pk for entry in entries(station.ballot)[:6]]


@pytest.fixture
def order(station, six, lead):
    return actions.ask_for_cards(station=station, pks=six, by=lead, at=NOON)


def cards_of(station):
    return reverse("stations:cards", args=["asthma", station.pk])


def page_of(order):
    return reverse("stations:print_cards", args=["asthma", order.pk])


def code_is_on(page, entry):
    return codes.station_code(entry, entry.ballot) in text(page)


def test_more_than_five_cards_are_asked_for_by_one_and_printed_by_another(
    station, six, lead, colleague, client_as
):
    asked = client_as(lead).post(cards_of(station), {"people": six}, follow=True)
    order = CardOrder.objects.get()
    assert "Somebody else on the team has to print them" in text(asked)
    assert page_of(order) in asked.content.decode()
    client = client_as(colleague)
    before, after = client.get(page_of(order)), client.post(page_of(order))
    every = entries(station.ballot)[:6]
    assert [code_is_on(page, entry) for page in (asked, before) for entry in every] == [False] * 12
    assert [code_is_on(after, entry) for entry in every] == [True] * 6
    assert all(entry.person.name in text(before) for entry in every)
    assert "no-store" in after["Cache-Control"]
    logged = Event.objects.filter(what__startswith="stations.cards_").order_by("position")
    people = sorted(entry.person_id for entry in every)
    assert [(event.what, event.by, event.facts["for_people"]) for event in logged] == [
        ("stations.cards_asked", lead, people),
        ("stations.cards_printed", colleague, people),
    ]


def test_whoever_asked_for_cards_does_not_print_them(order, lead, client_as):
    client = client_as(lead)
    assert "somebody else on the team has to print them" in text(client.get(page_of(order)))
    assert client.post(page_of(order)).status_code == 409
    order.refresh_from_db()
    assert order.printed_at is None


def test_five_cards_a_day_are_counted_over_all_leads_and_stations(station, lab, lead, ballot):
    first, *others = [entry.pk for entry in entries(ballot)[:6]]
    second = MembershipFactory(lab=lab, role=Role.LEAD).person
    there = actions.set_up(ballot=ballot, place="Ward 6", hours=72, by=lead, at=NOON)
    orders = [
        actions.ask_for_cards(station=station, pks=others, by=lead, at=NOON),
        actions.ask_for_cards(station=there, pks=[first], by=second, at=NOON + timedelta(hours=1)),
        actions.ask_for_cards(station=there, pks=[first], by=second, at=NOON + timedelta(hours=25)),
    ]
    assert [order.printed_by for order in orders] == [lead, None, second]


@pytest.mark.parametrize("late", ["printed already", "a day ago", "station closed"])
def test_cards_are_printed_once_and_in_time(order, lead, colleague, late):
    at = NOON
    if late == "printed already":
        actions.print_cards(order=order, by=colleague, at=at)
    elif late == "a day ago":
        at += timedelta(hours=24)
    else:
        actions.close(station=order.station, by=lead, at=at)
    with pytest.raises(Conflict):
        actions.print_cards(order=order, by=colleague, at=at)
    assert Event.objects.filter(what="stations.cards_printed").count() == (late == "printed already")


def test_an_order_that_does_not_wait_any_more_says_so(order, colleague, client_as):
    actions.print_cards(order=order, by=colleague, at=NOON)
    assert "These cards can not be printed any more" in text(client_as(colleague).get(page_of(order)))


def test_the_database_refuses_many_cards_printed_by_whoever_asked(order, lead):
    with pytest.raises(IntegrityError, match="stations_many_cards_need_two"):
        CardOrder.objects.filter(pk=order.pk).update(printed_by=lead, printed_at=NOON)


def test_the_email_names_both_and_says_how_to_make_the_card_useless(six, lead, colleague):
    letters.tell_of_cards.call(six[:1], lead.pk, colleague.pk)
    words = " ".join(mail.outbox[0].body.split())
    assert (
        f"{lead.name} asked for a card with your personal code, and {colleague.name} has printed it" in words
    )
    assert "If you did not ask for a card" in words
    assert reverse("people:security") in words


def test_the_log_names_for_whom_cards_were_printed(station, lead, client_as):
    ann = entries(station.ballot)[0]
    actions.ask_for_cards(station=station, pks=[ann.pk], by=lead, at=NOON)
    assert ann.person.name in text(client_as(lead).get(reverse("lab:log", args=["asthma"])))


def test_every_page_says_what_whoever_holds_a_code_can_see(station, lead, client_as, client):
    client_as(lead)
    pages = [
        reverse("stations:index", args=["asthma", station.ballot_id]),
        cards_of(station),
        reverse("stations:start", args=[links.token(station)]),
        reverse("hub:page", args=["secret-votes"]),
    ]
    assert [
        ("have voted" in words or "has voted" in words) for words in map(text, map(client.get, pages))
    ] == [True] * 4
