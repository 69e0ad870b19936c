import json

import pytest
from django.urls import reverse

from qlabs.choose.ballots import links
from qlabs.choose.ballots.models import RollEntry

from .factories import Voter, box_lines, entries, members, open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(clock):
    members(2, nation="wales", perspective="carer")
    members(1)
    return open_ballot(reason_prompt="Why?")


@pytest.fixture
def voter_(ballot, client):
    return Voter(entries(ballot)[0], client)


def choices(ballot):
    return [option.public_id for option in ballot.options.all()]


def test_the_same_sign_request_gets_the_same_signatures(voter_):
    first, second = voter_.sign(), voter_.sign()
    assert (first.status_code, first.json()) == (200, second.json())


def test_another_key_of_the_same_voter_is_refused(voter_, client):
    voter_.sign()
    answer = Voter(voter_.entry, client).sign()
    assert (answer.status_code, answer.json()["error"]) == (409, "other-key")


def test_a_key_signed_for_one_person_is_refused_for_another(ballot, client):
    """Two people at one browser: the second must not vote with the first one's key."""
    first, second, *_ = entries(ballot)
    seed = b"k" * 16
    assert Voter(first, client, seed=seed).cast(choices(ballot)[0]).status_code == 200
    answer = Voter(second, client, seed=seed).sign()
    assert (answer.status_code, answer.json()["error"]) == (409, "key-of-another")
    assert "somebody else" in answer.json()["sentence"]
    assert list(RollEntry.objects.filter(has_key=True)) == [first]
    assert Voter(second, client).cast(choices(ballot)[1]).status_code == 200
    assert {line.choice for line in box_lines("choice")} == set(choices(ballot)[:2])


def test_another_persons_key_is_refused_where_the_group_differs_too(ballot, client):
    first, _second, unstated, *_others = entries(ballot)
    Voter(first, client, seed=b"k" * 16).sign()
    assert Voter(unstated, client, seed=b"k" * 16).sign().json()["error"] == "key-of-another"


@pytest.mark.parametrize("borrowed", ["choice", "nation:wales", "reason"])
def test_no_single_key_that_was_signed_for_one_person_is_signed_for_another(ballot, client, borrowed):
    first, second, *_ = entries(ballot)
    voter, other = Voter(first, client), Voter(second, client)
    assert voter.sign().status_code == 200
    answer = other.sign(blinded=other.request()["blinded"] | {borrowed: voter.request()["blinded"][borrowed]})
    assert (answer.status_code, answer.json()["error"]) == (409, "key-of-another")
    assert other.sign().status_code == 200


def test_one_key_of_several_asked_anew_is_another_request(ballot, voter_, client):
    """Else somebody would get two group keys and count twice in a breakdown."""
    voter_.sign()
    other = Voter(voter_.entry, client).request()["blinded"]
    answer = voter_.sign(blinded=voter_.request()["blinded"] | {"nation:wales": other["nation:wales"]})
    assert (answer.status_code, answer.json()["error"]) == (409, "other-key")


@pytest.mark.parametrize("change", [{"choice": "00"}, {"nation:": "00" * 256}, {"choice": "ff" * 384}])
def test_a_wrong_sign_request_sets_no_flag(voter_, change):
    answer = voter_.sign(blinded=voter_.request()["blinded"] | change)
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")
    assert not RollEntry.objects.filter(has_key=True).exists()


def test_a_link_that_somebody_made_up_signs_nothing(ballot, client):
    token = links.token(entries(ballot)[0], ballot)
    wrong = ("A" if token[-1] != "A" else "B").join([token[:-1], ""])
    address = reverse("ballots:sign_by_link", args=[wrong])
    answer = client.post(address, json.dumps({"blinded": {"choice": "00"}}), content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "not-on-the-roll")
