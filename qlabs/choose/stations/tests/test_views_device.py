"""The pages on the shared device, without scripts: who comes, votes, leaves, and what is left for the next one."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from qlabs.base.people.actions import renew_links
from qlabs.base.people.models import Person
from qlabs.choose.ballots import links as codes
from qlabs.choose.ballots.actions import correct_roll
from qlabs.choose.ballots.models import RollEntry
from qlabs.choose.ballots.tests.factories import (
    LATER,
    NOON,
    BallotFactory,
    Voter,
    box_lines,
    cast,
    entries,
    members,
    open_ballot,
)
from qlabs.choose.ballots.tests.reading import text
from qlabs.choose.stations import actions
from qlabs.choose.stations.views.device import address

pytestmark = pytest.mark.django_db


def come_in(client, station, entry):
    """The first page for whoever types a personal code."""
    code = codes.station_code(entry, station.ballot)
    return client.post(address(station), {"code": code}, follow=True)


def vote(client, station, entry, option):
    """Both codes of whoever votes here without scripts."""
    come_in(client, station, entry)
    client.post(address(station, "vote"), {"choice": option.public_id, "reason": ""})
    return codes_on(client.post(address(station, "confirm"), follow=True))


def codes_on(answer):
    return re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4,6}", text(answer))


def test_two_people_vote_one_after_the_other_at_one_device(station, client):
    (ann, ben, *_others), (one, two, _three) = entries(station.ballot), station.ballot.options.all()
    first = vote(client, station, ann, one)
    assert client.post(address(station, "finish")).url == address(station)
    second = vote(client, station, ben, two)
    assert [len(first), len(second), len({*first, *second})] == [2, 2, 4]
    assert sorted(line.choice for line in box_lines("choice")) == sorted([one.public_id, two.public_id])


@pytest.mark.parametrize(
    "leave", [lambda client, way: client.post(f"{way}finish/"), lambda client, way: client.get(way)]
)
def test_nothing_is_left_for_the_next_one(station, client, leave):
    ann, option = entries(station.ballot)[0], station.ballot.options.first()
    vote(client, station, ann, option)
    assert len(codes_on(client.get(address(station, "receipt")))) == 2
    leave(client, address(station))
    for page in ("vote", "confirm", "receipt", "still_there"):
        assert client.get(address(station, page)).url == address(station)
    assert client.post(address(station, "sign"), "{}", content_type="application/json").status_code == 403


def test_no_code_stands_in_an_address_or_on_the_start_page(station, client):
    ann = entries(station.ballot)[0]
    code = codes.station_code(ann, station.ballot)
    came = come_in(client, station, ann)
    assert not any(code in url for url, _status in came.redirect_chain)
    assert code not in came.content.decode() + client.get(address(station)).content.decode()
    assert ann.person.name not in text(come_in(client, station, ann))


def test_the_code_of_somebody_taken_off_the_list_of_voters_says_so(station, client):
    members(6)
    ballot = open_ballot(BallotFactory(lab=station.ballot.lab))
    entry, lead = entries(ballot)[0], station.by
    code = codes.station_code(entry, ballot)
    station = actions.set_up(ballot=ballot, place="Ward 6", hours=12, by=lead, at=NOON)
    correct_roll(entry=entry, reason="Is on the list twice.", by=entry.person, at=NOON)
    answer = client.post(address(station), {"code": code}, follow=True)
    assert "somebody who was taken off the list of voters" in text(answer)


def test_the_browsers_own_part_is_signed_for_whoever_typed_her_code(station, client):
    ann, voter = entries(station.ballot)[0], Voter(entries(station.ballot)[0], client)
    assert 'data-keep="no"' in come_in(client, station, ann).content.decode()
    request = json.dumps(voter.request())
    signed = client.post(address(station, "sign"), request, content_type="application/json")
    assert set(signed.json()["signed"]) == set(voter.parts)
    assert list(RollEntry.objects.filter(has_key=True)) == [ann]


def test_a_code_that_is_wrong_or_missing_is_said_to_be_and_not_shown_again(station, client):
    for typed, sentence in (("", "Enter your personal code"), ("7K3M-7K3M-7K3M-7K3M", "Check your code")):
        answer = client.post(address(station), {"code": typed}, follow=True)
        assert sentence in text(answer)
        assert "7K3M" not in answer.content.decode()
        assert sentence not in text(client.get(address(station)))


def use_up(client, station, times=70):
    for _try in range(times):
        client.post(address(station), {"code": "7K3M-7K3M-7K3M-7K3M"})


def test_guessing_codes_is_limited_in_each_place(station, client):
    ann = entries(station.ballot)[0]
    use_up(client, station)
    assert "Too many codes were tried here" in text(come_in(client, station, ann))
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert "Your choice" in text(come_in(client, station, ann))


def test_a_queue_of_a_hundred_right_codes_goes_on(station, client):
    ann = entries(station.ballot)[0]
    come_in(client, station, ann)
    answers = [
        client.post(address(station), {"code": codes.station_code(ann, station.ballot)})
        for _voter in range(100)
    ]
    assert {answer.url for answer in answers} == {address(station, "vote")}


def test_a_stranger_who_uses_up_all_tries_does_not_stop_the_device_of_the_station(station, client):
    ann, ben, *_others = entries(station.ballot)
    come_in(client, station, ann)
    use_up(Client(), station)
    assert "Your choice" in text(come_in(client, station, ben))


def test_a_device_on_which_the_team_opened_the_station_is_known_before_the_first_vote(
    station, lead, client_as
):
    device = client_as(lead)
    device.get(address(station))
    device.post(reverse("account_logout"))
    use_up(Client(), station)
    assert "Your choice" in text(come_in(device, station, entries(station.ballot)[0]))


@pytest.mark.parametrize("kept", ["", "made up", "of another station"])
def test_a_device_is_known_by_what_we_signed_for_this_station_only(station, lead, client_as, kept):
    ann, device = entries(station.ballot)[0], client_as(lead)
    if kept == "of another station":
        other = actions.set_up(ballot=station.ballot, place="Ward 6", hours=12, by=lead, at=NOON)
        device.get(address(other))
        kept = device.cookies["station_device"].value
    stranger = Client()
    stranger.cookies["station_device"] = kept
    use_up(stranger, station)
    assert "Too many codes" in text(come_in(stranger, station, ann))


def test_guessing_is_limited_on_a_known_device_too(station, client):
    ann = entries(station.ballot)[0]
    come_in(client, station, ann)
    use_up(client, station)
    assert "Too many codes" in text(come_in(client, station, ann))


def test_one_code_does_not_make_ever_more_known_devices(station):
    ann = entries(station.ballot)[0]
    devices = [Client() for _number in range(25)]
    for device in devices:
        come_in(device, station, ann)
    assert sum("station_device" in device.cookies for device in devices) == 20


@pytest.mark.parametrize("end", ["renewed", "closed account"])
def test_who_stands_at_a_station_goes_no_further_once_her_links_are_renewed(station, client, end):
    ann, option = entries(station.ballot)[0], station.ballot.options.first()
    come_in(client, station, ann)
    client.post(address(station, "vote"), {"choice": option.public_id, "reason": ""})
    if end == "renewed":
        renew_links(person=ann.person, by=ann.person, at=NOON)
    else:
        Person.objects.filter(pk=ann.person_id).update(is_active=False)
    signed = client.post(address(station, "sign"), "{}", content_type="application/json")
    answer = client.post(address(station, "confirm"))
    assert (signed.status_code, answer.status_code) == (403, 410)
    assert "Your code is not good any more" in text(answer)
    assert (RollEntry.objects.filter(has_key=True).count(), len(box_lines("choice"))) == (0, 0)
    assert client.get(address(station, "vote")).url == address(station)


def test_a_card_of_somebody_who_voted_opens_nothing_but_the_change(station, client):
    ann, option = entries(station.ballot)[0], station.ballot.options.first()
    cast(ann, option, client=client)
    answer = come_in(client, station, ann)
    assert "You voted, or started to vote" in text(answer)
    assert "Your choice" in text(client.get(f"{address(station, 'vote')}?change"))


def test_a_vote_is_changed_at_a_station_with_the_change_code(station, client):
    ann, (one, two, _three) = entries(station.ballot)[0], station.ballot.options.all()
    _receipt, change_code = vote(client, station, ann, one)
    client.post(address(station, "finish"))
    come_in(client, station, ann)
    client.post(address(station, "vote"), {"choice": two.public_id, "code": change_code})
    client.post(address(station, "confirm"))
    assert [line.choice for line in box_lines("choice")] == [one.public_id, two.public_id]


@pytest.mark.parametrize("end", ["closed", "late", "vote over"])
def test_a_station_that_is_over_says_so_and_takes_nothing(station, client, lead, clock, end):
    ann = entries(station.ballot)[0]
    come_in(client, station, ann)
    if end == "closed":
        actions.close(station=station, by=lead, at=NOON)
    else:
        clock.move_to(NOON + timedelta(hours=13) if end == "late" else LATER)
    for page in ("start", "vote", "confirm", "receipt"):
        answer = client.get(address(station, page))
        assert (answer.status_code, "This voting station is closed" in text(answer)) == (410, True)
    assert client.post(address(station), {"code": codes.station_code(ann, station.ballot)}).status_code == 410
    assert client.post(address(station, "sign"), "{}", content_type="application/json").status_code == 403


def test_a_made_up_station_is_not_found(ballot, client):
    assert client.get(reverse("stations:start", args=["5-x"])).status_code == 404


def test_whoever_set_the_device_up_is_asked_to_sign_out_first(station, lead, client_as):
    client = client_as(lead)
    assert "You are signed in on this device" in text(client.get(address(station)))
    out = client.post(reverse("account_logout"), {"next": address(station)})
    assert out.url == address(station)
    page = client.get(address(station)).content.decode()
    assert "You are signed in on this device" not in page
    assert "/account/" not in page
